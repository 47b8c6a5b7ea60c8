#!/usr/bin/env bash
# kill -9 at a moment chosen by chance while a table is brought in: by the command alone, and by a server that was asked to.
# After the next start all of the table is there or nothing of it, what was decided has been finished, the ledger is whole,
# and the box finds the last row by its word.
#   tests/fault/import_kill.sh [KILLS] [ROWS]      KILLS each way, default 40
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh
kills=${1:-40} rows=${2:-6000}
tieqiao=${TQ_BUILD:-build}/src/cli/tieqiao
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill -9 "$server" 2>/dev/null; rm -rf "$folder"' EXIT
declare -A seen
resumed=0

{
    echo '成果名称,公开摘要,单位名称'
    seq "$rows" | awk '{ printf "耐磨部件第 %d 项 zkrow%d,用于高含沙河水的离心泵过流部件第 %d 种及其修复工艺，寿命提高一倍。,示例泵业有限公司\n", $1, $1, $1 }'
} >"$folder/achievements.csv"
printf '单位名称,所属方\n示例泵业有限公司,企业\n' >"$folder/parties.csv"
"$tieqiao" init --data "$folder/base" >/dev/null 2>&1 && "$tieqiao" import "$folder/parties.csv" --data "$folder/base" 2>/dev/null || exit 1

now() { date +%s%3N; }
pause() { sleep "$(printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)))"; }
fresh() { rm -rf "$folder/data"; cp -r "$folder/base" "$folder/data"; }
bring() { "$tieqiao" import "$folder/achievements.csv" --data "$folder/data" 2>"$folder/said" & child=$!; }

# What the next start finds; each word is a complaint.
look() {
    local checked there
    checked=$("$tieqiao" check --data "$folder/data" 2>&1) || { echo "check: $checked"; return; }
    if grep -q 'import [0-9]*: goes on' "$folder/served" - <<<"$checked"; then resumed=$((resumed + 1)); fi
    "$tieqiao" export achievement "$folder/out.jsonl" --data "$folder/data" 2>"$folder/said" || cat "$folder/said"
    there=$(wc -l <"$folder/out.jsonl")
    seen[$there]=$((${seen[$there]:-0} + 1))
    [ "$there" = 0 ] || [ "$there" = "$rows" ] || echo "$there of $rows rows are there"
    [ "$there" = 0 ] || "$tieqiao" match "zkrow$rows" -k 1 --data "$folder/data" 2>&1 | grep -q "zkrow$rows " \
        || echo "the last row is not found by its word"
}

tell() { # HOW
    local n
    printf '# %s, %s kills within %s ms:' "$1" "$kills" "$whole"
    for n in "${!seen[@]}"; do printf ' %s times %s rows,' "${seen[$n]}" "$n"; done
    echo " $resumed of them finished by the next start"
    seen=() resumed=0
}

# How long it takes undisturbed: the kills fall within this and a little more.
time_whole() {
    local start
    start=$(now)
    bring
    wait "$child" || { cat "$folder/said"; exit 1; }
    whole=$(($(now) - start))
}

fresh
: >"$folder/served"
time_whole

complaints=
for ((round = 0; round < kills; round++)); do
    fresh
    bring
    pause $((RANDOM % (whole + whole / 10)))
    kill -9 "$child" 2>/dev/null
    wait "$child" 2>/dev/null
    look >"$folder/look"
    complaints+=$(cat "$folder/look")
done
tell alone
holds "alone: killed $kills times, all of the table or nothing of it" "$complaints"

# The server dies; the command must say so, unless it had its answer: then all of the table is there.
fresh
serve
time_whole
unserve TERM
complaints=
for ((round = 0; round < kills; round++)); do
    fresh
    serve >"$folder/look"
    bring
    pause $((RANDOM % (whole + whole / 10)))
    unserve KILL
    if wait "$child"; then answered=1; else answered=; fi
    serve >"$folder/look"
    unserve TERM
    look >>"$folder/look"
    [ -z "$answered" ] || [ "$(wc -l <"$folder/out.jsonl")" = "$rows" ] || echo 'acknowledged, yet not there' >>"$folder/look"
    complaints+=$(cat "$folder/look")
done
tell served
holds "served: killed $kills times, all of the table or nothing of it" "$complaints"
closing
