#!/usr/bin/env bash
# tieqiao match --all: every record of a kind against all of another, alone and served, cut off and gone on with.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
tieqiao=${TQ_BUILD:-build}/src/cli/tieqiao
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill -9 "$server" 2>/dev/null; rm -rf "$folder"' EXIT

"$tieqiao" init --data "$folder/data" >"$folder/out" 2>&1
"$tieqiao" import example/lanzhou --data "$folder/data" >>"$folder/out" 2>&1 || cat "$folder/out"
whole=$folder/whole.jsonl

ask match --all needs achievements -k 5 --out "$whole"
needs=$(("$(wc -l <"$whole")" - 1))
holds 'a line for each need, the best five in each' "$(
    lacks 0 "需求对成果：匹配 $needs 条，在 $whole"
    [ "$needs" -ge 20 ] || echo "$needs lines"
    node -e '
        const [head, ...lines] = require("fs").readFileSync(process.argv[1], "utf8").trim().split("\n").map(JSON.parse);
        if (head.join !== "need achievement" || head.k !== 5) console.log(head);
        let last = 0n, full = 0;
        for (const { id, hits } of lines) {
            if (BigInt(id) <= last) console.log(`${id} after ${last}`);
            last = BigInt(id);
            full += hits.length === 5;
            hits.forEach((hit, i) => {
                if (i && hit.score > hits[i - 1].score) console.log(`${id}: not best first`);
                if (!(hit.level >= 1 && hit.level <= 4 && hit.chance > 0 && hit.chance < 1)) console.log(hit);
            });
        }
        if (full < lines.length / 2) console.log(`${full} of ${lines.length} have five`);' "$whole")"

ask match --all need achievement -k 5 --threads 1 --out "$folder/one.jsonl"
holds 'one thread gives the same bytes as two' "$(lacks 0; cmp "$whole" "$folder/one.jsonl")"

# As a killed run leaves it: eleven whole lines and a piece of the next.
cut=$folder/cut.jsonl
{ head -n 12 "$whole"; sed -n 13p "$whole" | head -c 40; } >"$cut"
ask match --all needs achievements -k 5 --out "$cut"
holds 'a run that was cut off goes on after its last whole line' "$(
    lacks 0 "$cut 里已有 11 条，接着做" "匹配 $((needs - 11)) 条"; cmp "$whole" "$cut")"
ask match --all needs achievements -k 5 --out "$cut"
holds 'one that was done does nothing again' "$(lacks 0 "已有 $needs 条" '匹配 0 条'; cmp "$whole" "$cut")"
{ head -n 5 "$whole"; echo '{"id":"7","hits":['; sed -n 7,9p "$whole"; } >"$cut"
ask match --all needs achievements -k 5 --out "$cut"
holds 'a line that is none of ours, and all behind it, is done again' "$(lacks 0 '已有 4 条'; cmp "$whole" "$cut")"

ask match --all needs achievements -k 4 --out "$cut"
holds 'another question begins anew and says so' "$(
    lacks 0 '已从头做起' "匹配 $needs 条"; grep -q '"k":4' <(head -n 1 "$cut") || head -n 1 "$cut")"

echo precious >"$folder/precious.jsonl"
ask match --all needs achievements --out "$folder/precious.jsonl"
holds 'a file of something else is not touched' "$(
    lacks 1 "已经有 $folder/precious.jsonl" '换一个文件名'; differs precious "$(cat "$folder/precious.jsonl")")"
ask match --all needles achievements
holds 'no such kind' "$(lacks 1 '没有“needles”这一类记录')"
ask match --all needs everything
holds 'no such column' "$(lacks 1 '没有“everything”这一栏')"
ask match --all needs achievements -k 0
holds 'no number of hits' "$(lacks 2 '用法：tieqiao match --all')"
ask match --all needs achievements --out "$folder/nowhere/a.jsonl"
holds 'a folder that is not there' "$(lacks 1 "写不了 $folder/nowhere/a.jsonl")"

# --- served

serve
ask match --all needs achievements -k 5 --out "$folder/served.jsonl"
holds 'served: the same bytes' "$(lacks 0; cmp "$whole" "$folder/served.jsonl")"
"$tieqiao" match --all needs achievements -k 5 --data "$folder/data" >"$folder/lines" 2>"$folder/said"
holds 'without a file the lines are told' "$(cmp <(tail -n +2 "$whole") "$folder/lines")"
cp "$folder/served.jsonl" "$folder/later.jsonl"
printf 'tieqiao rating 2\n' >"$folder/rating"
for feature in score doc_title best_word query_title in_title in_text longest parts cosine query_words doc_length met broken judged; do
    printf '%s\t0.1\n' "$feature" >>"$folder/rating"
done
printf 'threshold 1\t1\nthreshold 2\t2\nthreshold 3\t3\nqueries\t0\ndocuments\t0\npairs\t0\nend\n' >>"$folder/rating"
unserve TERM
cp "$folder/rating" "$folder/data/index/rating"
ask match --all needs achievements -k 5 --out "$folder/later.jsonl"
holds 'an index that rates by another model begins anew' "$(
    lacks 0 '已从头做起' "匹配 $needs 条"; ! cmp -s "$whole" "$folder/later.jsonl" || echo 'nothing has changed')"
holds 'the server ended as it should' "$(differs 0 "$ended")"
closing
