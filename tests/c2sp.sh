#!/usr/bin/env bash
# A published verifier (tests/c2sp/verify.go, Debian's golang-golang-x-mod-dev) accepts our checkpoints and tiles, and refuses them
# where a byte was changed.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
build=${TQ_BUILD:-build}
if ! command -v go >/dev/null || [ ! -d /usr/share/gocode/src/golang.org/x/mod/sumdb ]; then
    echo '1..0 # SKIP golang-go and golang-golang-x-mod-dev are not installed (apt-test.txt)'
    exit 0
fi
folder=$(mktemp -d -t tieqiao-c2sp.XXXXXX)
trap 'rm -rf "$folder"' EXIT
export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$folder/cache GOFLAGS=

# verdict WANTED WORDS…: what the verifier says begins with WANTED, else it is told.
verdict() {
    local wanted=$1 found
    shift
    found=$("$folder/verify" "$@" 2>&1)
    [[ $found == "$wanted"* ]] || echo "wanted $wanted, found $found"
}

holds 'the published verifier compiles' "$(go build -o "$folder/verify" tests/c2sp/verify.go 2>&1)"
mkdir "$folder/data"
for leaves in 1 255 256 257 70000; do
    "$build/bench/ledger/ledger-fill" "$folder/data" "$leaves" schema >/dev/null 2>&1
    log=$folder/data/log key=$("$build/src/cli/tieqiao" log key --data "$folder/data" | head -n 1)
    old=()
    [ ! -f "$folder/old" ] || old=("$folder/old")
    holds "it accepts a log of $leaves leaves, each tile against the root" "$(verdict "accepted: $leaves leaves" "$key" "$log" "${old[@]}")"
    cp "$log/checkpoint" "$folder/old"
done
cp -r "$log" "$folder/log"
printf x | dd of="$folder/log/tile/0/100" bs=1 seek=77 conv=notrunc 2>/dev/null
holds 'it refuses a tile of which a byte was changed' "$(verdict refused: "$key" "$folder/log")"
rm -r "$folder/log"
cp -r "$log" "$folder/log"
sed -i 2s/70000/70001/ "$folder/log/checkpoint"
holds 'it refuses a checkpoint of which the size was changed' "$(verdict refused: "$key" "$folder/log")"
closing
