#!/usr/bin/env bash
# tieqiao backup and restore: alone and served, what is refused and how, killed in the middle; then under constant writes over
# HTTP (tests/fault/backup.mjs).
#   tests/backup.sh [KILLS]
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
kills=${1:-6}
records=$(cat example/lanzhou/*.jsonl | wc -l) # of the example city
tieqiao=${TQ_BUILD:-build}/src/cli/tieqiao
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill -9 "$server" 2>/dev/null; rm -rf "$folder"' EXIT

places() { (cd "$1" && find . -mindepth 1 | sort | paste -sd ' '); }

"$tieqiao" init --data "$folder/data" >"$folder/said" 2>&1
"$tieqiao" import example/lanzhou --data "$folder/data" >"$folder/said" 2>&1 || cat "$folder/said"
checked=$("$tieqiao" check --data "$folder/data" 2>&1)
holds 'a city to back up' "$(grep -q '都与账本相符' <<<"$checked" || echo "$checked")"

# The same alone and served.
walk() { # HOW
    local kept=$folder/kept-$1 file=$folder/one-$1.db
    mkdir "$kept"
    ask backup "$kept"
    holds "$1: a backup into a folder is named by its time" "$(
        lacks 0 '备份在 ' '已读回核对' "记录 $records 条"
        [[ $(places "$kept") =~ ^\./tieqiao-[0-9]{8}-[0-9]{6}\.db$ ]] || places "$kept")"
    holds "$1: it is for its owner alone" "$(differs 600 "$(stat -c %a "$kept"/*.db)")"
    holds "$1: who shares a disk with the data is told" "$(lacks 0 '在同一块磁盘上')"
    ask backup "$file"
    holds "$1: a backup into a file" "$(lacks 0 "备份在 $file："; [ -f "$file" ] || echo 'it is not there')"
    echo precious >"$folder/precious"
    ask backup "$folder/precious"
    holds "$1: no file is overwritten" "$(lacks 1 "已经有 $folder/precious" '换一个文件名'; differs precious "$(cat "$folder/precious")")"
    rm "$folder/precious"
    ask backup "$folder/nowhere/b.db"
    holds "$1: a folder that is not there" "$(lacks 1 "放备份的目录 $folder/nowhere 打不开" '先建好')"
    ask backup "$folder/nowhere/"
    holds "$1: a folder that is not there, named as one" "$(lacks 1 "放备份的目录 $folder/nowhere/ 打不开")"
    ask backup "$file/b.db"
    holds "$1: a file for a folder" "$(lacks 1 "$file 不是目录")"
    ask backup /sys/
    holds "$1: a folder that cannot be written" "$(lacks 1 '放备份的目录 /sys 不能写入' '换一个程序可写的目录')"
    ask backup "$folder/data/b.db"
    holds "$1: not into the data folder" "$(lacks 1 '备份不能放在数据目录' '放到别处')"
    mkdir -p "$folder/data/uploads"
    ln -sfn "$folder/data/uploads" "$folder/link"
    ask backup "$folder/link/"
    holds "$1: nor below it by a link" "$(lacks 1 '备份不能放在数据目录')"
    touch "$kept"/tieqiao-2024010{1,2,3,4}-000000.db "$kept/tieqiao-20240101-00000.db" "$kept/other.db" \
        "$kept/.tieqiao-20240101-000000.db.abcdef.part"
    touch -d '2 days ago' "$kept/.tieqiao-20240101-000000.db.ghijkl.part" "$kept/.other.db.ghijkl.part"
    ask backup "$kept/" --keep 3
    holds "$1: --keep leaves the newest, and touches nothing else" "$(
        lacks 0 '删去旧备份 3 份'
        differs './.other.db.ghijkl.part ./.tieqiao-20240101-000000.db.abcdef.part ./other.db ./tieqiao-20240101-00000.db ./tieqiao-20240104-000000.db' \
            "$(places "$kept" | sed -E 's| \./tieqiao-202[5-9][0-9]{4}-[0-9]{6}\.db||g')"
        differs 2 "$(find "$kept" -name 'tieqiao-202[5-9]*' | wc -l)")"
    ask backup "$folder/two-$1.db" --keep 3
    holds "$1: --keep is for folders" "$(lacks 1 '--keep 只用于放备份的目录')"
}

walk alone
for words in '' "$folder/x.db --keep 0" "$folder/x.db --keep many" "$folder/x.db --keep" "$folder/x.db $folder/y.db" --fast $'\xb1\xc3.db'; do
    # shellcheck disable=SC2086
    ask backup $words
    holds "words that are off: backup ${words//$'\xb1\xc3'/(no text)}" "$(lacks 2)"
done
serve
walk served
holds 'served: a folder in use is not restored into' "$(ask restore "$folder/one-alone.db" --replace; lacks 1 '正被另一个进程')"
unserve TERM
said=$("$tieqiao" backup "$folder/x.db" --data "$folder/nothing" 2>&1)
status=$?
holds 'where no city is, none is made to be backed up' "$(lacks 1 "$folder/nothing 里没有记录库" '--data'; [ ! -e "$folder/nothing" ] || echo 'a folder was made')"
python3 - "$folder/data/tieqiao.db" <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE schema_version SET number = number + 100 WHERE number = (SELECT max(number) FROM schema_version)")
db.execute("CREATE TABLE kept AS SELECT * FROM schema_version WHERE number > 100")
db.execute("DELETE FROM schema_version WHERE number > 100")
db.commit()
END
for verb in "backup $folder/old.db" check; do
    # shellcheck disable=SC2086
    ask $verb
    holds "a city of an older program is left as it is: ${verb%% *}" "$(lacks 1 '数据库的结构是旧的' '用原来那一版程序'; [ ! -e "$folder/old.db" ] || echo 'it made one')"
done
python3 - "$folder/data/tieqiao.db" <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("INSERT INTO schema_version SELECT number - 100, title, checksum, applied_ms FROM kept")
db.execute("DROP TABLE kept")
db.commit()
END
full=$(unshare -rm bash -c "mount -t tmpfs -o size=1m none $folder/kept-alone && '$tieqiao' backup $folder/kept-alone/ --data $folder/data; ls -A $folder/kept-alone" 2>&1)
case $full in
*unshare* | *mount:*) echo "# a full disk left out: no small tmpfs can be had here" ;;
*) holds 'a disk that is too small is told before anything is written' "$(
    said=$full status=0 lacks 0 '✗ 放副本的磁盘空间不足。还剩 ' 'MiB，需要 '; grep -v ✗ <<<"$full")" ;;
esac

# --- restoring

restore() { # INTO FILE WORD…
    said=$("$tieqiao" restore "${@:2}" --data "$folder/$1" 2>&1)
    status=$?
}
restore new "$folder/one-served.db"
holds 'a backup is restored into a new folder' "$(lacks 0 '已恢复到' "记录 $records 条 $records 版" '所有人要重新登录')"
holds 'nothing of the way is left there' "$(differs './.ready ./LOCK ./index ./tieqiao.db' "$(places "$folder/new" | sed -E 's| \./index/[^ ]+||g')")"
holds 'what was restored is what was backed up' "$(differs "$checked" "$("$tieqiao" check --data "$folder/new" 2>&1)")"
holds 'and the box finds it' "$("$tieqiao" match 离心泵轴承 -k 1 --data "$folder/new" 2>&1 | grep -q '\[' || echo 'it finds nothing')"

restore new "$folder/one-alone.db"
holds 'a folder with records is not restored into' "$(lacks 1 '已经有记录' '--replace'; [ ! -e "$folder"/new/replaced-* ] || echo 'something was moved')"
printf '单位名称,所属方\n示例后来有限公司,企业\n' >"$folder/parties.csv"
"$tieqiao" import "$folder/parties.csv" --data "$folder/new" >"$folder/said" 2>&1
mkdir "$folder/new/embeddings"
printf 'tieqiao lexicon 1\nend\n' >"$folder/new/lexicon.tsv"
touch "$folder/new/embeddings/0123" "$folder/new/.made-1" # as ./start leaves it
restore new "$folder/one-alone.db" --replace
holds 'unless it is said' "$(lacks 0 '原来的数据移到了' '已恢复到')"
holds 'its own words and vectors stay where they are' "$(ls "$folder/new/lexicon.tsv" "$folder/new/embeddings/0123" 2>&1 >/dev/null)"
holds 'the former records lie aside, whole' "$(
    mkdir "$folder/former"
    cp "$folder"/new/replaced-*/tieqiao.db "$folder/former/"
    "$tieqiao" check --data "$folder/former" 2>&1 | grep -q "记录 $((records + 1)) 条" || echo 'they do not')"
holds 'the index forgets what is not there any more' "$(
    "$tieqiao" match 示例后来有限公司 -k 20 --data "$folder/new" 2>&1 | grep 示例后来有限公司)"

# What must not come in, and leaves the folder as it was.
empty=$folder/empty.db other=$folder/other.db
python3 - "$empty" "$other" <<'END'
import sqlite3, sys
sqlite3.connect(sys.argv[1]).executescript('PRAGMA user_version = 1; VACUUM')
sqlite3.connect(sys.argv[2]).executescript('CREATE TABLE ledger (a); CREATE TABLE party (id)')
END
head -c 700000 "$folder/one-alone.db" >"$folder/cut.db"
cp "$folder/one-alone.db" "$folder/bent.db"
python3 - "$folder/bent.db" <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE need SET goal = goal || '。' WHERE rowid = (SELECT min(rowid) FROM need WHERE goal IS NOT NULL)")
db.commit()
END
cp "$folder/one-alone.db" "$folder/used.db"
touch "$folder/used.db-wal"
before=$(places "$folder/new")
for bad in "empty:不是 tieqiao backup 做的备份" "other:不是 tieqiao backup 做的备份" "cut:不完整" "bent:账本" "used:旁边有" "nothing:打不开"; do
    restore new "$folder/${bad%%:*}.db" --replace
    holds "not restored: ${bad%%:*}" "$(lacks 1 "${bad#*:}"; differs "$before" "$(places "$folder/new")")"
done
restore new "$0" --replace
holds 'not restored: a file that is none' "$(lacks 1 '不是 tieqiao backup 做的备份'; differs "$before" "$(places "$folder/new")")"
mkdir "$folder/home"
touch "$folder/home/letter.txt"
restore home "$folder/one-alone.db"
holds 'not into a folder with other things in it' "$(lacks 1 'letter.txt' '不像数据目录'; differs ./letter.txt "$(places "$folder/home")")"
said=$("$tieqiao" restore "$folder/one-alone.db" --db postgresql://nowhere/ 2>&1)
status=$?
holds 'restore leaves PostgreSQL to its own tools' "$(lacks 1 'pg_restore')"

# A restore cut off between any two of its moves is brought to its end by whoever opens the folder next.
old=$(wc -c <"$folder/former/tieqiao.db")
for cut in decided aside between moved; do
    rm -rf "$folder/cut"
    mkdir -p "$folder/cut/.restoring/old" "$folder/cut/uploads"
    cp "$folder/one-alone.db" "$folder/cut/.restoring/tieqiao.db"
    cp "$folder/former/tieqiao.db" "$folder/cut/tieqiao.db"
    case $cut in aside | between | moved) mv "$folder/cut/uploads" "$folder/cut/.restoring/old" ;; esac
    case $cut in between | moved) mv "$folder/cut/tieqiao.db" "$folder/cut/.restoring/old" ;; esac
    [ "$cut" != moved ] || mv "$folder/cut/.restoring/tieqiao.db" "$folder/cut"
    holds "a restore cut off ($cut) is ended by the next start" "$(
        differs "$checked" "$("$tieqiao" check --data "$folder/cut" 2>"$folder/said")"
        differs "$old" "$(cat "$folder"/cut/replaced-*/tieqiao.db | wc -c)"
        [ ! -e "$folder/cut/.restoring" ] || echo 'the mark is still there')"
done

# A file put in place by hand beside the index of a later day.
cp "$folder/one-alone.db" "$folder/byhand.db"
"$tieqiao" import "$folder/parties.csv" --data "$folder/new" >"$folder/said" 2>&1
rm -f "$folder"/new/tieqiao.db*
cp "$folder/byhand.db" "$folder/new/tieqiao.db"
holds 'an index that is ahead of the ledger is made anew' "$(
    "$tieqiao" match 示例后来有限公司 -k 20 --data "$folder/new" 2>"$folder/said" | grep 示例后来有限公司
    grep -q 'made anew' "$folder/said" || cat "$folder/said")"

# What match_open refuses: torn, altered, or of another version of the program.
whole=$("$tieqiao" match 有限公司 -k 5 --data "$folder/new" 2>"$folder/said")
printf x >>"$folder/new/index/manifest"
holds 'an index that cannot be read is made anew, and answers as before' "$(
    [ -n "$whole" ] || echo 'nothing was found before'
    differs "$whole" "$("$tieqiao" match 有限公司 -k 5 --data "$folder/new" 2>"$folder/said")"
    grep -q 'made anew' "$folder/said" || cat "$folder/said")"

# --- killed in the middle

now() { date +%s%3N; }
pause() { sleep "$(printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)))"; }
mkdir "$folder/killed"
start=$(now)
ask backup "$folder/killed/"
whole=$(($(now) - start))
rm -f "$folder"/killed/*
complaints=
for ((i = 0; i < kills; i++)); do
    "$tieqiao" backup "$folder/killed/$i.db" --data "$folder/data" 2>/dev/null &
    child=$!
    pause $((RANDOM % (whole + whole / 10)))
    kill -9 "$child" 2>/dev/null
    wait "$child" 2>/dev/null
    [ -e "$folder/killed/$i.db" ] || continue
    restore "killed-$i" "$folder/killed/$i.db"
    [ "$status" = 0 ] || complaints+="$i: $said"
done
echo "# $kills kills within $whole ms: $(find "$folder/killed" -name '[0-9]*.db' | wc -l) were whole, $(find "$folder/killed" -name '.*.part' | wc -l) parts left"
holds 'kill -9 of a backup: under its name stands all of it or nothing' "$complaints"
complaints=
for ((i = 0; i < kills; i++)); do
    rm -rf "$folder/cut"
    mkdir "$folder/cut"
    cp "$folder/former/tieqiao.db" "$folder/cut/tieqiao.db"
    "$tieqiao" restore "$folder/one-alone.db" --replace --data "$folder/cut" 2>/dev/null &
    child=$!
    pause $((RANDOM % (whole * 2)))
    kill -9 "$child" 2>/dev/null
    wait "$child" 2>/dev/null
    found=$("$tieqiao" check --data "$folder/cut" 2>"$folder/said")
    [ "$found" = "$checked" ] || grep -q "记录 $((records + 1)) 条" <<<"$found" || complaints+="$i: $found $(cat "$folder/said")"
    restore cut "$folder/one-alone.db" --replace
    [ "$status" = 0 ] || complaints+="$i again: $said"
done
holds 'kill -9 of a restore: the former city or the restored one, and it can be done again' "$complaints"

live=$(node tests/fault/backup.mjs)
echo "$live" | grep '^#'
holds 'under constant writes (tests/fault/backup.mjs)' "$(grep '^not ok' <<<"$live"; grep -q '^ok' <<<"$live" || echo 'it did not run')"
closing
