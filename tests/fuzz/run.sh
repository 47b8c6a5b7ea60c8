#!/usr/bin/env bash
# Fuzzes: builds the targets of tests/fuzz with clang and the sanitizers, and runs each, one at a time, with the least
# priority. Ends with a line a target: how often it ran, and what it found. A find lies in build-fuzz/found/.
#   tests/fuzz/run.sh [SECONDS] [TARGET…]      600 s each, all targets
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/lib.sh
seconds=${1:-600}
targets=("${@:2}")
if [ ${#targets[@]} = 0 ]; then
    mapfile -t targets < <(grep -oE "'fuzz-[a-z-]+'" tests/fuzz/meson.build | tr -d "'")
fi
built=build-fuzz
CC=clang MAKE="${targets[*]/#/tests/fuzz/}" build_in "$built" -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false
mkdir -p "$built/found"

# The longest input: where each try costs much, short ones find more in the same time.
most() { case $1 in *-http | *-office | *-sheet) echo 65536 ;; *-table | *-index | *-csv-pieces) echo 4096 ;; *-words | *-extract) echo 2048 ;; *) echo 16384 ;; esac; }

# What a target starts from: the bad inputs that lie here already, each where it belongs.
seeds=$(mktemp -d -t tieqiao-seeds.XXXXXX)
trap 'rm -rf "$seeds"' EXIT
seed() { # TARGET FILE…
    local file
    mkdir -p "$seeds/$1"
    for file in "${@:2}"; do [ "$(stat -c %s "$file")" -gt "$(most "$1")" ] || cp "$file" "$seeds/$1/"; done
}
# A byte before the text chooses what the target does with it.
seed_after() { # TARGET BYTES FILE…
    local file i
    mkdir -p "$seeds/$1"
    for ((i = 0; i < ${#2}; i++)); do
        for file in "${@:3}"; do
            [ "$(stat -c %s "$file")" -gt "$(most "$1")" ] || { printf %s "${2:i:1}"; cat "$file"; } >"$seeds/$1/$i-$(basename "$file")"
        done
    done
}
make_seeds() {
    python3 tests/bad/file-make.py "$seeds/files" >/dev/null
    python3 tests/bad/file-documents.py "$seeds/documents" >/dev/null
    seed fuzz-http tests/bad/http-*.raw
    seed fuzz-table "$seeds"/files/*.csv "$seeds"/files/*.jsonl example/lanzhou/*.jsonl
    seed_after fuzz-csv-pieces 0 "$seeds"/files/*.csv
    seed fuzz-office "$seeds"/files/*.xlsx "$seeds"/documents/*.docx "$seeds"/documents/*.xlsx
    seed fuzz-template pages/*.html
    seed fuzz-extract docs/*.md
    seed fuzz-words docs/*.md
    seed fuzz-json tests/golden/api/*.json docs/pages/*.json
    seed_after fuzz-line ' ' example/lanzhou/*.jsonl
    mkdir -p "$seeds/fuzz-cookie" "$seeds/fuzz-index"
    printf 'a=b; sid=0123456789abcdef; __Host-sid=fedcba9876543210' >"$seeds/fuzz-cookie/two"
    printf 't\x02\x03\x00\x00\x00\x01' >"$seeds/fuzz-index/byte"
    printf 't\x00\x06\x00\x00\x00\xff\xff\xff\x7f' >"$seeds/fuzz-index/word"
    printf 'l\x01\x15\x00aaaaaaaa\x01\x00\x00\x00Daaaaaaaa' >"$seeds/fuzz-index/log"
    { printf m; head -c 48 /dev/zero; } >"$seeds/fuzz-index/manifest"
    printf 's\x00\x03\x00aaa' >"$seeds/fuzz-index/section"
}
make_seeds

# The last line libFuzzer says of how often it ran.
executions() { grep -oE 'stat::number_of_executed_units: +[0-9]+' "$1" | grep -oE '[0-9]+$' || grep -oE '^#[0-9]+' "$1" | tail -n 1; }

status=0
for target in "${targets[@]}"; do
    corpus=$built/corpus/$target
    mkdir -p "$corpus" "$seeds/$target"
    log=$built/$target.log
    if nice -n 19 "$built/tests/fuzz/$target" -max_total_time="$seconds" -max_len="$(most "$target")" -timeout=120 -print_final_stats=1 \
        -artifact_prefix="$built/found/$target-" "$corpus" "$seeds/$target" >"$log" 2>&1; then
        echo "$target: $(executions "$log") executions in $seconds s, nothing found"
    else
        status=1
        echo "$target: FOUND something after $(executions "$log") executions: $log"
    fi
done
exit "$status"
