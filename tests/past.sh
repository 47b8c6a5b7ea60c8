#!/usr/bin/env bash
# Ten years of transfers on the command line: contracts, receipts and rewards out of tables, in GB18030 and with a heading; what is
# odd is told; brought in again nothing is written; kill -9 in the middle leaves all of a table or nothing.
#   tests/past.sh [KILLS] [DEALS]     KILLS default 6; DEALS (default 400, three receipts each) also says how long they took
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
kills=${1:-6} deals=${2:-400}
tieqiao=${TQ_BUILD:-build}/src/cli/tieqiao
folder=$(mktemp -d)
schema= db=()
end() {
    [ -z "$schema" ] || psql -qXAt "$TQ_TEST_PG" -c "DROP SCHEMA IF EXISTS $schema CASCADE" >/dev/null 2>&1
    rm -rf "$folder"
}
trap end EXIT

ask() {
    said=$("$tieqiao" "$@" --data "$folder/data" "${db[@]}" 2>&1)
    status=$?
}

printf '单位名称,所属方,单位性质\n示例理工大学,高校,事业单位\n示例泵业有限公司,企业,民营企业\n' >"$folder/parties.csv"
{
    printf '历年成果转化合同台账,,,,,,,\n序号,合同编号,合同名称,合同类型,受让方,签订日期,合同金额（万元）,公示期\n'
    printf '1,JS-1,耐磨叶轮专利实施许可合同,专利实施许可,示例泵业有限公司,2016.5.9,１６０,2016.5.1至5.12\n'
    printf '2,JS-2,轴承涂层技术转让合同,技术转让,示例乙厂,42830,30,\n合计,,,,,,190,\n'
} | iconv -f UTF-8 -t GB18030 >"$folder/past_deals.csv"
printf '合同编号,到账日期,金额（元）,付款方,凭证号\nJS-1,2016/6/20,1000000,示例泵业有限公司,记-1\nJS-2,2017-05-01,310000,示例乙厂,记-2\n' >"$folder/past_receipts.csv"
printf '合同编号,分配日期,奖励总额,人员与金额\nJS-1,2017-03-01,800000,曾某（示例） 500000；贺某（示例） 300000\n' >"$folder/past_awards.csv"

bring() { ask import "$@" --owner 示例理工大学; }

walk() { # ENGINE
    ask import "$folder/parties.csv"
    bring "$folder/past_deals.csv"
    holds "$1: contracts come in, and what is odd about them is told" "$(lacks 0 '历史合同新增 2 条' '1 行是合计' \
        '第 3 行提醒：签订日期在公示期内' '第 3 行提醒：公示不足 15 日' '2 行有提醒')"
    bring "$folder/past_receipts.csv"
    holds "$1: a receipt above its contract is told, and nothing comes in" "$(lacks 1 '第 3 行 “金额（元）” 写的是“310000”：到这一笔为止到账 31 万元，高于合同成交额 30 万元')"
    bring "$folder/past_receipts.csv" --good
    holds "$1: or the good rows" "$(lacks 0 '历史到账新增 1 条' '有错 1 行')"
    bring "$folder/past_awards.csv"
    holds "$1: rewards come in" "$(lacks 0 '历史奖酬新增 1 条')"
    bring "$folder/past_deals.csv"
    holds "$1: a second time nothing is written" "$(lacks 0 '新增 0 条，更新 0 条，相同 2 条')"
    bring "$folder/past_receipts.csv" --kind need
    holds "$1: for another kind the table is none" "$(lacks 1)"
    ask check
    holds "$1: all of it is sound" "$(lacks 0 '都与账本相符')"
}

# --- many: how long, and killed in the middle

seq "$deals" | awk 'BEGIN { print "合同编号,合同名称,合同类别,转化方式,受让方,签订日期,成交额,登记编号,成果名称,公示起止" }
    { printf "N-%d,第 %d 项示例技术转让合同,技术转让,转让,示例厂 %d,20%02d-03-01,%d,R%d,示例成果第 %d 项,20%02d-02-01至20%02d-02-20\n", $1, $1, $1 % 700, 10 + $1 % 14, 300000 + $1, $1, $1, 10 + $1 % 14, 10 + $1 % 14 }' >"$folder/many_deals.csv"
seq "$((deals * 3))" | awk 'BEGIN { print "合同编号,到账日期,金额,付款方,凭证号" }
    { d = int(($1 - 1) / 3) + 1; printf "N-%d,20%02d-0%d-15,100000,示例厂 %d,记-%d\n", d, 11 + d % 14, 4 + $1 % 3, d % 700, $1 }' >"$folder/many_receipts.csv"

now() { date +%s%3N; }
pause() { sleep "$(printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)))"; }
fresh() { rm -rf "$folder/data"; cp -r "$folder/base" "$folder/data"; }
timed() { # WHAT WORDS…
    local start what=$1
    start=$(now)
    shift
    bring "$@"
    echo "# $what: $(($(now) - start)) ms; $(grep -o '新增.*' <<<"$said" | tail -n 1)"
}

# All of the table, or nothing: what the next import finds there already.
look() {
    ask check
    [ "$status" = 0 ] || echo "check: $said"
    bring "$folder/many_deals.csv" --kind past_deal
    [[ $said == *"新增 0 条，更新 0 条，相同 $deals 条"* || $said == *"新增 $deals 条，更新 0 条，相同 0 条"* ]] || echo "neither all nor nothing: $said"
}

killed() {
    local round complaints='' child whole start
    fresh
    start=$(now)
    bring "$folder/many_deals.csv" --kind past_deal
    whole=$(($(now) - start))
    for ((round = 0; round < kills; round++)); do
        fresh
        "$tieqiao" import "$folder/many_deals.csv" --kind past_deal --owner 示例理工大学 --data "$folder/data" >"$folder/said" 2>&1 &
        child=$!
        pause $((whole * (2 * round + 1) / (2 * kills)))
        kill -9 "$child" 2>/dev/null
        wait "$child" 2>/dev/null
        complaints+=$(look)
    done
    holds "killed $kills times within $whole ms: all of the table or nothing of it" "$complaints"
}

city() { # ENGINE
    rm -rf "$folder/data"
    if [ "$1" = postgresql ]; then
        schema=past_$$
        psql -qXAt "$TQ_TEST_PG" -c "CREATE SCHEMA $schema" >/dev/null
        db=(--db "$TQ_TEST_PG?options=-csearch_path%3D$schema")
    fi
    ask init
    walk "$1"
    timed "$1: $deals contracts" "$folder/many_deals.csv" --kind past_deal
    holds "$1: many contracts come in" "$(lacks 0 "历史合同新增 $deals 条")"
    timed "$1: $((deals * 3)) receipts" "$folder/many_receipts.csv" --kind past_receipt
    holds "$1: and their receipts" "$(lacks 0 "历史到账新增 $((deals * 3)) 条")"
    ask check
    holds "$1: and all of it is sound" "$(lacks 0 '都与账本相符')"
}

city sqlite
rm -rf "$folder/data"
"$tieqiao" init --data "$folder/base" >/dev/null 2>&1
"$tieqiao" import "$folder/parties.csv" --data "$folder/base" >/dev/null 2>&1
[ "$kills" = 0 ] || killed
[ -z "${TQ_TEST_PG:-}" ] || city postgresql
closing
