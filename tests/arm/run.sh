#!/usr/bin/env bash
# The inner loops of a 64-bit ARM processor (NEON) give the plain ones' answers: cross-compiled and run by an emulator.
# Not part of ./check: tests/arm/apt.txt names what it needs, some 300 MB.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/lib.sh
install_packages $(packages_of tests/arm/apt.txt)
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
aarch64-linux-gnu-gcc -std=gnu17 -O3 -ffp-contract=off -D_GNU_SOURCE -static -Wall -Wextra -Itests/arm -Itests/unit/match -Isrc -include src/base/banned.h \
    tests/unit/match/kernel_test.c tests/unit/match/kit_random.c src/match/kernel.c src/match/sort.c src/base/arena.c -o "$room/kernel_test"
[ "$(aarch64-linux-gnu-nm "$room/kernel_test" | grep -c " dots_neon$")" = 1 ] || { echo "not ok - aarch64: no NEON in it"; exit 1; }
qemu-aarch64 "$room/kernel_test"
