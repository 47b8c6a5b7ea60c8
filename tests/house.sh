#!/usr/bin/env bash
# What must hold for the repository itself, beyond its code.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh

tracked() { if [ -d .git ] || [ -f .git ]; then git ls-files "$@"; else find . -type f; fi; }

# Links of our own documents that lead nowhere.
dead_links() {
    local page link
    tracked '*.md' | while read -r page; do
        grep -oE '\]\([^)#: ]+' "$page" | sed 's/^](//' | sort -u | while read -r link; do
            [ -e "$(dirname "$page")/$link" ] || echo "$page: $link"
        done
    done
}

# A list names each package once and says why.
bad_packages() {
    sed 's/#.*//' apt.txt apt-test.txt | tr -d ' ' | grep . | sort | uniq -d
    grep -vnE '^(#.*|[a-z0-9.+-]+( +# .*)?)$' apt.txt apt-test.txt bench/match/apt.txt
}

bad_scripts() {
    local script
    for script in start check scripts/lib.sh .ci/run tests/*.sh; do bash -n "$script" 2>&1; done
    for script in scripts/architecture scripts/tap scripts/teeth; do perl -c "$script" 2>&1 | grep -v 'syntax OK'; done
}

holds 'package-lock.json names no registry' "$(grep -n '"resolved"' package-lock.json)"
holds 'links in our documents lead somewhere' "$(dead_links)"
holds 'the lists of packages are well formed' "$(bad_packages)"
holds 'scripts parse' "$(bad_scripts)"
holds 'each guard has a test that misses it' "$(scripts/teeth --table | grep '^#')"
holds 'each family of bad input has the test that the catalogue names' "$(node tests/bad/catalogue.mjs 2>&1)"
holds 'start says how it is used' "$(./start --help | grep -q -- '--empty' || echo 'no --empty in ./start --help')"
holds 'the closing line counts a crash as a failure' "$(
    t=$(mktemp)
    scripts/tap "$t" crash bash -c 'echo "ok 1 - fine"; kill -SEGV $$' >/dev/null 2>&1
    scripts/tap "$t" early bash -c 'echo 1..3; echo "ok 1 - fine"' >/dev/null
    scripts/tap "$t" none true >/dev/null
    sum=$(scripts/tap "$t" --sum)
    [ "$sum" = '2 passed, 3 failed' ] || echo "it says: $sum"
    rm -f "$t")"
closing
