#!/usr/bin/env bash
# The plan of the house is held by scripts/architecture; here it is fed one breach at a time and must name each.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
number=0

# A house that keeps to the plan.
house() {
    rm -rf "$folder/src"
    mkdir -p "$folder"/src/{base,store/sqlite,record,web/http,match,rules}
    printf '#ifndef A_H\n#define A_H\nint a(void);\n#endif\n' >"$folder/src/base/a.h"
    printf '#include "base/a.h"\n' | tee "$folder"/src/{store,record,match,web,web/http,rules}/b.h >"$folder/src/store/eval.h"
    printf '#include "store/b.h"\n#include "store/own_int.h"\n' >"$folder/src/store/sqlite/b.c"
    printf 'int own(void);\n' >"$folder/src/store/own_int.h"
    printf '#include "record/b.h"\n#include "web/http/b.h"\n' >"$folder/src/web/b.c"
}

# expect TEXT FILE LINE…: after LINEs are added to FILE, the check fails and says TEXT. No FILE: it passes.
expect() {
    local text=$1 file=${2-} said status
    house
    if [ -n "$file" ]; then
        mkdir -p "$(dirname "$folder/src/$file")"
        shift 2
        printf '%s\n' "$@" >>"$folder/src/$file"
    fi
    said=$(scripts/architecture "$folder" 2>&1)
    status=$?
    number=$((number + 1))
    if { [ -n "$file" ] && [ $status = 1 ] && grep -qF -- "$text" <<<"$said"; } || { [ -z "$file" ] && [ $status = 0 ]; }; then
        echo "ok $number - $text"
    else
        printf '# %s\n' "$said" "status $status"
        echo "not ok $number - $text"
    fi
}

many() { awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) print "    x++;" }'; }

expect 'a house that keeps to the plan passes'
expect 'base may not see store/b.h' base/up.c '#include "store/b.h"'
expect 'match may not see record/b.h' match/b.c '#include "record/b.h"'
expect 'record may not see web/b.h' record/b.c '#include "web/b.h"'
expect 'web/http may not see web/b.h' web/http/b.c '#include "web/b.h"'
expect 'rules may not see store/b.h' rules/b.c '#include "store/eval.h"' '#include "store/b.h"'
expect 'web may not see store/sqlite/b.h' web/b.c '#include "store/sqlite/b.h"'
expect 'store/own_int.h belongs to its own folder' record/b.c '#include "store/own_int.h"'
expect '<sqlite3.h> is not for record' record/b.c '#include <sqlite3.h>'
expect '<libpq-fe.h> is not for store' store/b.c '#  include <libpq-fe.h>'
expect '<sys/epoll.h> is not for web' web/b.c '#include <sys/epoll.h>'
expect '<openssl/evp.h> is not for record' record/b.c '#include <openssl/evp.h>'
expect '<poppler.h> is not for web' web/b.c '#include <poppler.h>'
expect 'no arrows are drawn for the room cellar' cellar/b.c 'int c;'
expect "error: unknown type name" record/leans.h 'size_t leans(void);'
expect 'src/match/b.c: 801 lines' match/b.c "$(many 801)"
expect 'too_long has 103 lines' match/b.c 'void too_long(int x)' '{' "$(many 100)" '}'
echo "1..$number"
