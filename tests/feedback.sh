#!/usr/bin/env bash
# A city's own feedback taken out, learned from and measured on (export feedback, learn --rating, eval --rating --feedback), alone
# and served, on SQLite and, where TQ_TEST_PG names one, on PostgreSQL.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
tieqiao=${TQ_BUILD:-build}/src/cli/tieqiao
folder=$(mktemp -d)
server= schema= db=()
end() {
    [ -z "$server" ] || kill -9 "$server" 2>/dev/null
    [ -z "$schema" ] || psql -qXAt "$TQ_TEST_PG" -c "DROP SCHEMA IF EXISTS $schema CASCADE" >/dev/null 2>&1
    rm -rf "$folder"
}
trap end EXIT
mkdir "$folder/tmp"
export TMPDIR=$folder/tmp

# city ENGINE: an example city of its own, with accounts.
city() {
    engine=$1
    rm -rf "$folder/data"
    db=()
    if [ "$engine" = postgresql ]; then
        schema=feedback_$$
        psql -qXAt "$TQ_TEST_PG" -c "CREATE SCHEMA $schema" >/dev/null
        db=(--db "$TQ_TEST_PG?options=-csearch_path%3D$schema")
    fi
    { ask init && ask import example/lanzhou && ask account load --example example/lanzhou/accounts.tsv; } >"$folder/out" 2>&1 || cat "$folder/out"
}

ask() {
    said=$("$tieqiao" "$@" --data "$folder/data" "${db[@]}" 2>&1)
    status=$?
}

serve() {
    rm -f "$folder/served"
    "$tieqiao" serve --port 0 --data "$folder/data" "${db[@]}" 2>"$folder/served" &
    server=$!
    address=$(wait_for "$folder/served" 's/.*在 \(http:[^ ]*\) 服务.*/\1/p') || echo 'the server does not start'
}

# token LOGIN: to speak with as that account.
token() {
    jq -n --arg login "$1" --arg password "$(awk -v login="$1" '$1 == login {print $2}' "$folder/data/first-sign-in.txt")" '{$login, $password}' |
        curl -sS "$address/api/v1/sign-in" -H 'Content-Type: application/json' -d @- | jq -r .token
}

# say TOKEN NEED ACHIEVEMENT OUTCOME [REASON]
say() {
    jq -n --arg other "$3" --arg outcome "$4" --arg reason "${5-}" '{$other, $outcome} + (if $reason == "" then {} else {$reason} end)' |
        curl -sS -o "$folder/answer" -w '%{http_code}' "$address/api/v1$2/feedback" -H "Authorization: Bearer $1" -H 'Content-Type: application/json' -d @- |
        grep -qx 200 || cat "$folder/answer"
}

paths() { curl -sS "$address/api/v1/$1" | jq -r '.list.rows[].href'; }

# What the officer says of twelve needs, each with six achievements: the first ones fit, the last ones do not.
say_much() {
    local officer firm need achievements i=0
    officer=$(token officer)
    firm=$(token enterprise)
    mapfile -t achievements < <(paths achievements)
    for need in $(paths needs | head -n 12); do
        say "$officer" "$need" "${achievements[$((i % 20))]}" signed
        say "$officer" "$need" "${achievements[$(((i + 1) % 20))]}" talks
        say "$officer" "$need" "${achievements[$(((i + 2) % 20))]}" contacted
        say "$officer" "$need" "${achievements[$(((i + 3) % 20))]}" refused maturity
        say "$officer" "$need" "${achievements[$(((i + 4) % 20))]}" refused field
        say "$officer" "$need" "${achievements[$(((i + 5) % 20))]}" refused price
        i=$((i + 1))
    done
    need=$(curl -sS "$address/api/v1/desk" -H "Authorization: Bearer $firm" | jq -r '[.desk.records[].href | select(startswith("/needs/"))][0]')
    say "$firm" "$need" "${achievements[7]}" contacted
    say "$officer" "$need" "${achievements[7]}" refused field
}

column() { awk -F'\t' -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i; next } { print $at }' "$1"; }

try_city() {
    city "$1"
    ask learn --rating --words
    holds "$engine: without feedback it says where feedback comes from" "$(lacks 1 '城市里还没有能用来学的反馈' '谁合适')"
    serve
    holds "$engine: an officer and a firm say what became of their pairs" "$(say_much)"
    ask export feedback "$folder/out-$engine"
    out=$folder/out-$engine
    holds "$engine: a served city's feedback is taken out" "$(lacks 0 '反馈 62 条，61 对，能用来学；另有 12 条说不出文字合不合'
        differs '62 61 {"price":12}' "$(jq -c -r '"\(.judgements) \(.pairs) \(.left_out)"' "$out/about.json")"
        differs 600 "$(stat -c %a "$out/qrels.tsv")")"
    holds "$engine: outcomes become levels" "$(differs '1 refused/field 13,2 refused/maturity 12,3 contacted/ 13,4 signed/ 12,4 talks/ 12' \
        "$(paste <(column "$out/qrels.tsv" score) <(column "$out/qrels.tsv" outcome) <(column "$out/qrels.tsv" reason) | sort | uniq -c |
            awk -F'[ \t]+' '{print $3 " " $4 "/" $5 " " $2}' | paste -sd,)")"
    holds "$engine: each with where it comes from, nobody's name among it" "$(
        differs 'feedback' "$(column "$out/qrels.tsv" source | sort -u)"
        differs 'asks enterprise,city_officer' "$(column "$out/qrels.tsv" who | sort -u | paste -sd,)"
        column "$out/qrels.tsv" when | grep -vx '20[0-9-]* [0-9:]*'
        grep -l '示例企业成员\|示例市级工作人员\|泵阀制造有限公司' "$out"/qrels.tsv)"
    holds "$engine: texts are there by which they can be read" "$(
        jq -e 'select(.title == "" or (._id | test("^need/[0-9]+@[0-9]+$") | not))' "$out/queries.jsonl"
        comm -23 <(column "$out/qrels.tsv" document | sort -u) <(jq -r ._id "$out/corpus.jsonl" | sort -u)
        [ "$(wc -l <"$out/corpus.jsonl")" -gt 200 ] || echo 'the other records are not there'
        jq -e -s 'map(select(.facts.codes and .facts.trl_from and .keywords)) | length > 20' "$out/corpus.jsonl" >/dev/null || echo 'no facts')"
    ask eval --rating --feedback --words
    holds "$engine: it is measured on, and the share is said" "$(
        lacks 0 '评判 62 条，61 对' '判好的文件 0 条，城市自己的反馈 62 条(100.0%)' '另有反馈 12 条说不出文字合不合' '没有推荐的没有人评过')"
    of_city=$(sed -n '/^随机 5 折(/p' <<<"$said")
    measured=$("$tieqiao" eval --rating --words --corpus "$out/corpus.jsonl" --queries "$out/queries.jsonl" --qrels "$out/qrels.tsv" 2>&1)
    holds "$engine: the files that were taken out are measured alike" "$(differs "$of_city" "$(sed -n '/^随机 5 折(/p' <<<"$measured")"
        grep -q '城市自己的反馈 62 条' <<<"$measured" || echo "$measured")"
    ask eval --rating --feedback
    holds "$engine: with a model of what the words mean too" "$(lacks 0 '城市自己的反馈 62 条(100.0%)')"
    ask learn --rating --words --out "$folder/mine"
    holds "$engine: without files it is the feedback that is learned from, and a served city takes it" "$(
        lacks 0 '从现在起按学到的评级'
        grep -q "^# learned from 62 judgements: 0 of judged files, 62 of the city's own feedback (the ledger's leaves below $(jq .until_leaf "$out/about.json"))" "$folder/mine" || head -n 3 "$folder/mine"
        cmp "$folder/mine" "$folder/data/index/rating")"
    sed 's/\tfeedback\t/\tjudges\t/' "$out/qrels.tsv" >"$folder/judged.tsv"
    ask learn --rating --words --corpus "$out/corpus.jsonl" --queries "$out/queries.jsonl" --qrels "$folder/judged.tsv" --feedback --out "$folder/mine"
    holds "$engine: files and feedback together, each counted for itself" "$(lacks 0 '评判 124 条' '判好的文件 62 条，城市自己的反馈 62 条(50.0%)'
        grep -q '^# learned from 124 judgements: 62 of judged files, 62 of' "$folder/mine" || head -n 3 "$folder/mine")"
    unserve TERM
    holds "$engine: the server ends as it should" "$(differs 0 "$ended")"
    ask export feedback "$folder/again"
    holds "$engine: alone it is the same" "$(lacks 0 '反馈 62 条'; diff -r "$out" "$folder/again")"
    rm -rf "$folder/again"
    ask check
    holds "$engine: and all agrees with the ledger" "$(lacks 0 '反馈 74 版，都与账本相符')"
    holds "$engine: nothing is left behind" "$(ls -A "$TMPDIR")"
}

try_city sqlite
[ -z "${TQ_TEST_PG-}" ] || try_city postgresql

# --- what is off in such files is named

head=$'{"_id":"a","title":"轴承","facts":'
for facts in '7' '{"trl_from":12}' '{"day":"soon"}' '{"ways":["theft"]}' '{"codes":["gbt4754"]}' '{"amount":-5}'; do
    printf '%s%s}\n' "$head" "$facts" >"$folder/corpus.jsonl"
    printf '{"_id":"q","text":"轴承"}\n' >"$folder/queries.jsonl"
    printf 'query\tdocument\tscore\nq\ta\t3\n' >"$folder/qrels.tsv"
    said=$("$tieqiao" eval --corpus "$folder/corpus.jsonl" --queries "$folder/queries.jsonl" --qrels "$folder/qrels.tsv" 2>&1)
    status=$?
    what='facts 里的'
    [ "$facts" != 7 ] || what='facts 应是一个对象'
    holds "facts that are none: $facts" "$(lacks 1 'corpus.jsonl' "第 1 行：$what")"
done
said=$("$tieqiao" eval --feedback 2>&1)
status=$?
holds 'feedback says nothing of how the engine ranks' "$(lacks 2 '用法：tieqiao eval')"
closing
