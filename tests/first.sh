#!/usr/bin/env bash
# ./start as a stranger runs it: the first time, the second, cut off in between, and with nothing in it.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
folder=$(mktemp -d)
running=''
base='' # of the database, where there is one
trap '[ -z "$running" ] || kill -KILL -- -"$running" 2>/dev/null; drop; rm -rf "$folder"' EXIT

# begin DATA OPTION…: ./start in a process group of its own, what it says in $folder/said.
begin() {
    : >"$folder/said"
    port=$(free_port)
    setsid ./start --data "$folder/$1" --port "$port" "${@:2}" >"$folder/said" 2>&1 </dev/null &
    running=$!
}

# Waits until it serves; tells how long that took, in ms.
serving() {
    local from tries
    from=$(date +%s%N)
    for ((tries = 0; tries < 60000; tries++)); do
        if curl -s -o /dev/null "http://127.0.0.1:$port/readyz"; then break; fi
        kill -0 "$running" 2>/dev/null || return
        sleep 0.01
    done
    echo $((($(date +%s%N) - from) / 1000000))
}

# finish SIGNAL: ends it; its status is left in $status.
finish() {
    kill -"$1" -- -"$running"
    wait "$running" 2>/dev/null
    status=$?
    running=''
}

# A database of its own on the PostgreSQL that TQ_TEST_PG names.
sql() { psql -qXAt "$TQ_TEST_PG" -c "$1"; }
drop() { if [ -n "$base" ]; then sql "DROP DATABASE IF EXISTS $base WITH (FORCE)"; fi; }

# let_in LOGIN: whether the server takes the newest password noted down for it.
let_in() {
    differs 303 "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/sign-in" --data-urlencode "login=$1" \
        --data-urlencode "password=$(awk -v login="$1" '$1 == login {word = $2} END {print word}' "$folder/$2/first-sign-in.txt")")"
}

said() { cat "$folder/said"; }
records() { curl -s "http://127.0.0.1:$port/" | grep -o '<i>[0-9,]*</i>' | tr -cd '0-9\n' | paste -sd ' '; }
lines_of() { cat example/lanzhou/"$1"*.jsonl | wc -l; }

begin data
took=$(serving)
holds 'the first run ends in serving' "$([ -n "$took" ] || said)"
counts=$(records)
holds 'the example city is there, whole' "$(differs "$(lines_of achievements) $(lines_of needs)" "$(cut -d' ' -f1,2 <<<"$counts")")"
holds 'the address is told' "$(grep -qF "http://127.0.0.1:$port" "$folder/said" || said)"
holds 'each account is shown with its first password' "$(while read -r line; do
    grep -qF -- "$line" "$folder/said" || echo "not shown: ${line%% *}"; done <"$folder/data/first-sign-in.txt")"
holds 'passwords and records are for their owner alone' "$(differs '700 600' "$(stat -c %a "$folder/data" "$folder/data/first-sign-in.txt" | paste -sd ' ')")"
holds 'an administrator is let in with it, and so is an account of the example' "$(let_in system data; let_in enterprise data)"
again=$(./start --data "$folder/data" --port "$(free_port)" 2>&1 </dev/null)
holds 'who starts it twice is told so, and where it is' "$(grep -q "正在被服务.*http://127.0.0.1:$port 就是" <<<"$again" || echo "$again")"
finish TERM
holds 'SIGTERM ends it in order' "$(differs 0 "$status")"

begin data
took=$(serving)
holds 'the second run is up within 2 seconds' "$([ -n "$took" ] && [ "$took" -le 2000 ] || echo "$took ms"; [ -n "$took" ] || said)"
echo "# $took ms"
holds 'and has what the first had' "$(differs "$counts" "$(records)")"
holds 'passwords are not shown again' "$(grep -F "$(awk '$1 == "system" {print $2}' "$folder/data/first-sign-in.txt")" "$folder/said")"
holds 'but where they are' "$(grep -qF "见 $folder/data/first-sign-in.txt" "$folder/said" || said)"
finish TERM

begin data --empty
serving >/dev/null
holds 'the example does not go away by --empty, and that is said' "$(
    differs "$counts" "$(records)"; grep -q -- '--empty 没有作用.*另用一个数据文件夹' "$folder/said" || said)"
finish TERM

begin cut
wait_for "$folder/said" '/parties_demand.*新增/p' >/dev/null
finish KILL
begin cut
serving >/dev/null
holds 'a first run that was cut off in the middle of importing is completed by the next' "$(differs "$counts" "$(records)")"
finish TERM

begin empty --empty
serving >/dev/null
holds 'with --empty nothing is in it' "$(differs '0 0 0 0 0 0 0' "$(records)")"
finish TERM
begin empty
serving >/dev/null
holds 'nor later: the example is not poured into a city that was begun without, and that is said' "$(
    differs '0 0 0 0 0 0 0' "$(records)"; grep -q '没有装入示例。要看示例城市，另用一个数据文件夹' "$folder/said" || said)"
finish TERM

if [ -n "${TQ_TEST_PG-}" ]; then
    base=first_$$
    sql "CREATE DATABASE $base"
    url=${TQ_TEST_PG%/*}/$base
    begin data --db "$url"
    serving >/dev/null
    holds 'a folder that served SQLite, now with a new database: the example is there, whole' "$(differs "$counts" "$(records)")"
    holds 'and the passwords shown are those of this database' "$(
        grep -qF "# PostgreSQL 127.0.0.1:" "$folder/said" || said; let_in system data; let_in enterprise data)"
    finish TERM
    begin other --db "$url" --empty
    serving >/dev/null
    holds 'another folder on it: nothing is made anew, no password file is pointed at' "$(
        differs "$counts" "$(records)"; grep -q -- '--empty 没有作用' "$folder/said" || said; grep 'first-sign-in' "$folder/said")"
    finish TERM
    begin data
    serving >/dev/null
    holds 'the folder without --db: SQLite again, as it was' "$(differs "$counts" "$(records)")"
    finish TERM
fi
closing
