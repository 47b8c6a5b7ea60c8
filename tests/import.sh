#!/usr/bin/env bash
# The commands import, export, match, rebuild, status and stop, by themselves and through a served city's control socket.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
tieqiao=${TQ_BUILD:-build}/src/cli/tieqiao
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill -9 "$server" 2>/dev/null; rm -rf "$folder"' EXIT

printf '名称,现状,单位名称,预算(万元)\n离心泵轴承寿命翻番,离心泵轴承三个月就磨坏，停产检修一次要两天。,示例西固石化有限公司,200\n短,短,没有这个单位,两百\n合计,,,200\n' \
    >"$folder/needs.csv"

# Everything that must hold the same alone and served.
walk() { # HOW
    ask import example/lanzhou
    holds "$1: the example city comes in" "$(lacks 0 'achievements.jsonl：成果新增 125 条' 'services.jsonl：服务新增 64 条')"
    ask import example/lanzhou
    holds "$1: a second time nothing is written" "$(lacks 0 'achievements.jsonl：成果新增 0 条，更新 0 条，相同 125 条')"
    ask import "$folder/needs.csv" --bad "$folder/bad.csv"
    holds "$1: bad rows are named, and nothing comes in" "$(
        lacks 1 '第 3 行 “名称” 写的是“短”：需求名称有 1 个字。需要 4 到 200 个字' '没有找到单位“没有这个单位”' '“预算(万元)” 写的是“两百”' \
            '有 1 行有错，一行也没有导入'
        grep -q '3,名称,短' "$folder/bad.csv" || echo 'the file of bad rows lacks them')"
    ask import "$folder/needs.csv" --good
    holds "$1: or the good rows" "$(lacks 0 '需求新增 1 条' '有错 1 行' '1 行是合计、填表人一类，不是记录')"
    ask match 轴承三个月就磨坏 -k 1
    holds "$1: the box finds what came in" "$(lacks 0 '离心泵轴承寿命翻番')"
    ask export need "$folder/needs.xlsx"
    holds "$1: records go out into a workbook" "$(lacks 0 '导出需求 105 条'; head -c 2 "$folder/needs.xlsx" | grep -q PK || echo 'it is none')"
    ask import "$folder/needs.xlsx"
    holds "$1: and come back without a change" "$(lacks 0 '更新 0 条，相同 105 条')"
    ask export need "$folder/out.jsonl" --where region=620104
    holds "$1: narrowed" "$(lacks 0; differs "$(wc -l <"$folder/out.jsonl")" "$(grep -c . "$folder/out.jsonl")"; [ -s "$folder/out.jsonl" ] || echo 'nothing came')"
    ask rebuild
    holds "$1: index and lists are built again" "$(lacks 0)"
    ask check
    holds "$1: all of it is sound" "$(lacks 0 '都与账本相符')"
    printf '名称,现状,单位名称,看\033[2J看\n\033[31m离心泵,"短\n短",示例西固石化有限公司,1\n' >"$folder/escapes.csv"
    ask import "$folder/escapes.csv" --kind need
    holds "$1: a terminal obeys nothing that stands in a table" "$(
        lacks 1 '第 2 行 “名称” 写的是“ [31m离心泵”：第 1 个字是不可见的控制字符(U+001B)' '没有取这些列：看 [2J看' '写的是“短 短”'
        grep -q $'\033' <<<"$said" && echo 'an escape came through')"
    ask import "$folder/nothing.csv"
    holds "$1: a file that is not there" "$(lacks 1 '打不开')"
    ask import "$folder/needs.csv" --kind nokind
    holds "$1: a kind of record that is none" "$(lacks 1 '没有“nokind”这一类记录。用 --kind 指明：party、person')"
    ask import "$folder/needs.csv" --exists sometimes
    holds "$1: what to do with records that are there, misspelt" "$(lacks 1 '--exists 不能写“sometimes”。已有的记录：update 更新')"
    ask export nothing "$folder/x.csv"
    holds "$1: a kind that is none" "$(lacks 1 '没有“nothing”这一类记录')"
    ask import "$folder/needs.csv" --as nobody
    holds "$1: an account that is none" "$(lacks 1 '没有账号“nobody”')"
}

ask init
walk alone
ask stop
holds 'alone: there is nothing to stop' "$(lacks 1 '没有程序在服务')"
ask import --good
holds 'words that are off: exit status 2' "$(lacks 2 '用法')"

rm -rf "$folder/data"
ask init
mkdir -p "$folder/data/uploads"
touch "$folder/data/uploads/914170668080168960" "$folder/data/uploads/export-0123.csv"
serve
holds 'served: what a killed server had been given is not kept for ever' "$(ls -A "$folder/data/uploads")"
walk served
holds 'the socket is for its owner alone' "$(differs 600 "$(stat -c %a "$folder/data/ctl.sock")")"
ask status
holds 'served: how far it is, and where it is served' "$(lacks 0 '已索引' '可读可写(sqlite)' '在 http://127.0.0.1:')"
holds 'served: words that make no sense are refused' "$(
    printf '%s\n' '{"task":"dance"}' | perl -MIO::Socket::UNIX -e '
        my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die; print $s <STDIN>; print <$s>' "$folder/data/ctl.sock" \
        | grep -q '"failed".*不认识' || echo 'no refusal')"
ask stop
wait "$server"
ended=$? server=
holds 'served: stop ends the server' "$(lacks 0; differs 0 "$ended")"
holds 'served: the socket is gone with it' "$([ ! -e "$folder/data/ctl.sock" ] || echo 'it is there')"
ask status
holds 'ended: nothing is claimed of what only a server knows' "$(lacks 0 '没有程序在服务'; [[ $said != *已推荐* ]] || echo "$said")"

# A few kills here; tests/fault/import_kill.sh alone does 40 each way.
kills=$(tests/fault/import_kill.sh 3 2000)
holds 'kill -9 in the middle: all of the table or nothing' "$(grep -v '^ok\|^1\.\.\|^# .* kills within' <<<"$kills")"
closing
