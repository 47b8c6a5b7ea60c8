#!/usr/bin/env bash
# The rulebook's files: every one is right, every example comes out, and the examples are sharp (what is changed in a rule, an
# example notices). Then tieqiao rule itself, on files of its own.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
tieqiao=$(realpath "${TQ_BUILD:-build}/src/cli/tieqiao")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# rule WORDS…: what it says in $said, its exit status in $status.
rule() {
    said=$("$tieqiao" rule "$@" 2>&1)
    status=$?
}

# --- the files

least_examples=1029 # so many there were; whoever adds some raises it
least_caught=95  # of a hundred changes

rule check rules --mutate
holds 'every rule is right and every example comes out' "$(lacks 0 '，0 个例不符，0 个文件有错')"
run=$(sed -n 's/.*条规则，\([0-9]*\) 个例，.*/\1/p' <<<"$said")
written=$(find rules -name '*.yaml' -not -path '*/facts/*' -exec cat {} + | grep -c '^ *why:')
holds 'every example that is written is run, and none was lost' "$(
    [ "${run:-0}" -ge "$written" ] || echo "$run of $written were run"
    [ "${run:-0}" -ge $least_examples ] || echo "$run examples, there were $least_examples")"
holds "of 100 changes to the rules, the examples notice $least_caught" "$(
    caught=$(sed -n 's/.*mutants, .*(\([0-9]*\)\.[0-9] %).*/\1/p' <<<"$said")
    [ "${caught:-0}" -ge $least_caught ] || { echo "${caught:-none}"; grep '^存活' <<<"$said" | head -n 40; })"
echo "# $(grep mutants <<<"$said" | head -n 1)"

# --- the command

mkdir -p "$folder/rules/facts" "$folder/rules/national"
ln -s "$PWD/rules/calendar" "$folder/rules/calendar"
ln -s "$PWD/codes" "$folder/codes"
cat >"$folder/rules/facts/all.yaml" <<'END'
pricing: {kind: code, label: 定价方式, choices: {agreement: 协议定价, listing: 挂牌}}
notice_first: {kind: day, label: 公示起始日}
today: {kind: day, label: 当日}
END
cat >"$folder/good.yaml" <<'END'
rule: X1
title: 公示满 15 日
summary: 示例
region: 100000
valid_from: 2015-10-01
source: checked
articles: [{document: 示例法, number: 第一条, source: unverified, text: 应当公示。}]
parameters:
  days: {label: 公示天数, value: 15, unit: 日, source: secondary, basis: 示例文}
facts: [pricing, notice_first, today]
applies: pricing = 'agreement'
conditions:
  - name: long_enough
    holds: today > days_after(notice_first, $days)
    says: 公示未满 {days} 日，{last} 之后签约
    hint: 等到 {last} 之后
results:
  last: {kind: day, label: 末日, value: "days_after(notice_first, $days)"}
examples:
  - {name: 第 15 日, given: {pricing: agreement, notice_first: 2026-03-02, today: 2026-03-17}, answer: no, because: long_enough,
     why: 示例}
  - {name: 第 17 日, given: {pricing: agreement, notice_first: 2026-03-02, today: 2026-03-19}, answer: yes, why: 示例}
  - {name: 挂牌, given: {pricing: listing}, answer: not applicable, why: 示例}
END
cp "$folder/good.yaml" "$folder/rules/national/X1.yaml"
file=$folder/rules/national/X1.yaml

rule check "$folder/rules"
holds 'a folder that is right' "$(lacks 0 '1 条规则，3 个例，0 个例不符，0 个文件有错')"
rule check "$file"
holds 'one file, with the dictionary that lies above it' "$(lacks 0 '1 条规则，3 个例，0 个例不符，0 个文件有错')"
rule check "$folder/rules/national" --mutate
holds 'what no example notices is listed with its place' "$(lacks 0 \
    '7 mutants, 4 caught (57.1 %)' "$file 第 9 行 days：15 改成 16，没有一个例发现")"
holds 'the file itself is as it was' "$(cmp "$file" "$folder/good.yaml" 2>&1)"
rule list --share "$folder"
holds 'the list says region, dates, source and what is not verified' "$(lacks 0 \
    $'X1\t全国\t公示满 15 日\t2015-10-01 起\t原文已核对（参数未核）\t3 个例')"

rule explain X1 --share "$folder" --region 兰州 --on 2026-03-17 --fact pricing=协议定价 --fact notice_first=2026-03-02
holds 'explain says no, why, what to do, on what ground, from which version' "$(lacks 0 '结论：不符合' \
    '因为：公示未满 15 日，2026-03-17 之后签约' '可以：等到 2026-03-17 之后' '结果：末日 2026-03-17' \
    '✗ 不成立  当日 晚于 公示起始日 之后 公示天数 15 日（long_enough）' '依据：示例法 第一条（未核）' '应当公示。' \
    '公示天数 15 日（二手来源，示例文） 参数未核' '版本：全国，2015-10-01 起，原文已核对')"
rule explain X1 --share "$folder" --on 2026-03-17 --fact pricing=agreement
holds 'explain asks for what would decide' "$(lacks 0 '结论：还不能判断' '还要知道：公示起始日（notice_first=…，日期）')"
rule explain X1 --share "$folder" --on 2026-03-18 --fact pricing=agreement notice_first=2026-03-02
holds 'the day asked about is today where nobody says otherwise' "$(lacks 0 '结论：符合')"
rule explain X1 --share "$folder" --on 2015-09-30
holds 'before it was in force there is no such rule' "$(lacks 1 '规则 X1 在全国、2015-09-30 没有生效的版本')"
rule explain X1 --share "$folder" --fact price=1
holds 'an unknown fact is told' "$(lacks 1 '没有 price 这个事实')"
rule explain X1 --share "$folder" --fact today=tomorrow
holds 'a value of another kind is told' "$(lacks 1 '当日：要写一个日期，如 2026-03-17')"
rule explain X1 --share "$folder" --region 火星
holds 'a place there is not' "$(lacks 1 '火星')"
rule explain --share "$folder"
holds 'explain without a rule' "$(lacks 1 '要写规则的编号')"
rule explain X1 --on someday --share "$folder"
holds 'a day that is none' "$(lacks 2 '--on')"
rule
holds 'rule alone says what may follow' "$(lacks 2 'check、list 或 explain')"
rule check "$folder/nowhere"
holds 'a folder that is not there' "$(lacks 1 '没有这个文件或文件夹')"
rule check /dev
holds 'a folder without a dictionary above it' "$(lacks 1 '事实词典')"

# bad SED WANTED…: the file changed so is refused in these words.
bad() {
    local change=$1
    shift
    sed "$change" "$folder/good.yaml" >"$file"
    rule check "$folder/rules" --mutate
    lacks 1 "$@"
    [[ $said != *mutants* ]] || echo 'changes were tried on a rule that is wrong'
}
holds 'bad files are refused with their line' "$(
    bad 's/^title:.*/titel: x/' "$file 第 2 行：规则没有 titel 这一项" '1 个文件有错'
    bad 's/^applies:.*/applies: pricing = 1/' "$file 第 11 行：applies：pricing 是选项"
    bad 's/holds: .*/holds: today \/ 2 > 1/' "$file 第 14 行：表达式从“/ 2 > 1”起写的不能用"
    bad 's/holds: .*/holds: (select 1)/' "$file 第 14 行：表达式里的 select"
    bad '/third/d; s/, why: 示例}/}/' "第 22 行：没有写 why")"
holds 'an example that does not come out is told with its line' "$(
    bad 's/answer: yes/answer: unknown/' "$file 第 22 行：例“第 17 日”应是 unknown，得 yes" '1 个例不符')"
cp "$folder/good.yaml" "$file"
cp "$folder/good.yaml" "$folder/rules/national/X2.yaml"
rule check "$folder/rules"
holds 'two versions of one rule at one time' "$(lacks 1 'X2.yaml 第 1 行：与 ' '是同一条规则 X1，而且日期重叠')"
rm "$folder/rules/national/X2.yaml"
echo 'today: {kind: day, label: 今日}' >"$folder/rules/facts/more.yaml"
rule check "$folder/rules"
holds 'a fact twice in the dictionary' "$(lacks 1 'more.yaml 第 1 行：事实 today 在 ')"
closing
