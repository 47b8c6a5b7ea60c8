#!/usr/bin/env bash
# libtqmatch in another program: installed, found by pkg-config, built and run outside the tree, shared and static.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
. scripts/lib.sh
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
prefix=$folder/prefix

# A build of its own, of these targets alone: the one that is tested may hold sanitizers, which no other program has.
meson setup "$folder/build" --prefix="$prefix" --libdir=lib --buildtype=release -Dtests=false >"$folder/log" 2>&1 \
    && ninja -C "$folder/build" src/match/tqmatch/libtqmatch.a src/match/tqmatch/libtqmatch.so.0.1.0 >>"$folder/log" 2>&1 \
    && meson install -C "$folder/build" --no-rebuild --tags tqmatch,devel >>"$folder/log" 2>&1
holds 'meson install puts the libraries, the header and the file of pkg-config in place' "$(
    for file in lib/libtqmatch.a lib/libtqmatch.so lib/libtqmatch.so.0.1 include/tqmatch/match.h lib/pkgconfig/tqmatch.pc; do
        [ -e "$prefix/$file" ] || { echo "$file is missing"; tail -n 5 "$folder/log"; }
    done
    readelf -d "$prefix/lib/libtqmatch.so" | grep -q 'SONAME.*\[libtqmatch\.so\.0\.1\]' || echo 'another soname'
    readelf -d "$prefix/lib/libtqmatch.so" | grep -q NODELETE || echo 'it can be unloaded under a running thread')"

# What the header declares, its comments taken off.
declared=$(gcc -fpreprocessed -dD -E -P src/match/match.h | grep -oE '\bmatch_[a-z_]+\(' | tr -d '(' | sort -u)
holds 'the shared library shows the functions of match.h and nothing else' "$(
    differs "$declared" "$(nm -D --defined-only --format=just-symbols "$prefix/lib/libtqmatch.so" | sort)")"
holds 'so does the static one' "$(
    differs "$declared" "$(nm -g --defined-only --format=just-symbols "$prefix/lib/libtqmatch.a" | grep -v '^$' | grep -v ':$' | sort)")"
echo '#include <tqmatch/match.h>' | tee "$folder/alone.c" >"$folder/alone.cc"
holds 'the header stands alone, in C99 and in C++' "$(
    cc -std=c99 -Wall -Wextra -pedantic -Werror -fsyntax-only -I "$prefix/include" "$folder/alone.c" 2>&1
    clang++ -std=c++11 -Wall -Wextra -Werror -fsyntax-only -I "$prefix/include" "$folder/alone.cc" 2>&1)"

export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
cp example/match/example.c "$folder"
# A program may have names that the inside of the library has, too.
for name in text_init arena_init sort_items match_fail; do echo "int $name(void); int $name(void) { return 1; }"; done >"$folder/names.c"

# answers PROGRAM: the example finds the pump's coating first, says by which words, and compares what it costs and how ripe it is.
answers() {
    local said
    said=$("$@" "$folder/index-$RANDOM" 2>&1) || echo "$* fails"
    [[ $said =~ ^\ *[0-9.]+\ \ 含沙介质离心泵自润滑轴承涂层 ]] || echo "first comes: $said"
    for wanted in 离心泵轴承 '报价 16 万元 ≤ 预算 200 万元' '成熟度 TRL 8，达到所需 TRL 7' 轴承故障在线诊断; do
        [[ $said == *"$wanted"* ]] || echo "not said: $wanted"
    done
    [[ $said != *马铃薯* ]] || echo 'it finds potatoes'
}
# shellcheck disable=SC2046 # words of a compiler
holds 'the example is built with pkg-config alone and answers' "$(
    cd "$folder" && cc -Wall -Wextra -Werror example.c names.c $(pkg-config --cflags --libs tqmatch) -o shared 2>&1 &&
        LD_LIBRARY_PATH=$prefix/lib answers ./shared)"
rm "$prefix"/lib/libtqmatch.so*
# shellcheck disable=SC2046
holds 'so it is with the static library' "$(
    cd "$folder" && cc -Wall -Wextra -Werror example.c names.c $(pkg-config --static --cflags --libs tqmatch) -o static 2>&1 &&
        answers ./static && ldd static | grep tqmatch)"
closing
