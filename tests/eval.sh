#!/usr/bin/env bash
# tieqiao eval on a made-up collection: what it prints, writes and compares, and how it says what is wrong.
# The measures themselves: tests/unit/work/judge_test.c.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
tieqiao=$(realpath "${TQ_BUILD:-build}/src/cli/tieqiao")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/tmp"
export TMPDIR=$folder/tmp

# Ten words, a document and a query each: every query finds its document first. q11 is asked for what nobody says.
for n in 1 2 3 4 5 6 7 8 9 10; do
    printf '{"_id":"d%d","title":"","text":"%s"}\n' $n "$(printf 'w%.0s' $(seq $n))x" >>"$folder/corpus.jsonl"
    printf '{"_id":"q%d","text":"%s"}\n' $n "$(printf 'w%.0s' $(seq $n))x" >>"$folder/queries.jsonl"
    printf 'q%d\td%d\t1\n' $n $n >>"$folder/judged"
done
printf '{"_id":"q11","text":"nobody"}\n' >>"$folder/queries.jsonl"
{ printf 'query\tdocument\tscore\n'; cat "$folder/judged"; printf 'q11\td1\t0\nq12\td1\t1\n'; } >"$folder/qrels.tsv"

# evaluate OPTION…: what it says in $said, its status in $status.
evaluate() {
    said=$("$tieqiao" eval --corpus "$folder/corpus.jsonl" --queries "$folder/queries.jsonl" --qrels "$folder/qrels.tsv" "$@" 2>&1)
    status=$?
}

evaluate
holds 'it says what it read and how it ranks' "$(lacks 0 \
    '文档 10 个，查询 11 个（有相关文档的 10 个），评判 11 条，另有 1 条评判的查询不在其中' 'nDCG@10 1.0000  MRR@10 1.0000  R@100 1.0000')"
evaluate --words -k 3
holds 'with words alone, at another cut' "$(lacks 0 'nDCG@3 1.0000  MRR@3 1.0000  R@100 1.0000')"
evaluate --pool
holds 'with judged documents alone it says so' "$(lacks 0 'R@100 1.0000  （只排评判过的文档，平分随机，20 次平均）')"
printf 'tieqiao lexicon 1\n十一\twwwwwwwwwwx\nend\n' >"$folder/lexicon.tsv"
printf '{"_id":"z","text":"十一"}\n' >"$folder/chinese.jsonl"
printf 'query\tdocument\tscore\nz\td10\t1\n' >"$folder/chinese.tsv"
across() {
    said=$("$tieqiao" eval --corpus "$folder/corpus.jsonl" --queries "$folder/chinese.jsonl" --qrels "$folder/chinese.tsv" "$@" 2>&1)
    status=$?
}
across
holds 'a query in Chinese finds nothing in English' "$(lacks 0 'MRR@10 0.0000')"
across --lexicon "$folder/lexicon.tsv"
holds 'but by a lexicon' "$(lacks 0 'MRR@10 1.0000')"
printf '十一\twwww\n' >"$folder/lexicon.tsv"
across --lexicon "$folder/lexicon.tsv"
holds 'a lexicon that is none is refused' "$(lacks 1 "词典没有装上：$folder/lexicon.tsv: not a lexicon")"
holds 'and nothing is left of the index' "$(ls "$TMPDIR")"
printf 'q2\nq11\n' >"$folder/only"
evaluate --only "$folder/only" --per-query "$folder/few.tsv"
holds 'of some queries' "$(lacks 0 '查询 2 个（有相关文档的 1 个），评判 2 条，另有 10 条评判的查询不在其中'
    differs $'query\tndcg@10\tmrr@10\trecall@100\trelevant\nq2\t1.000000\t1.000000\t1.000000\t1' "$(cat "$folder/few.tsv")")"

evaluate --per-query "$folder/all.tsv"
holds 'each query that has a relevant document has a line' "$(lacks 0; differs 11 "$(wc -l <"$folder/all.tsv")"; grep q11 "$folder/all.tsv")"
evaluate --against "$folder/all.tsv"
holds 'a run differs from itself by nothing' "$(lacks 0 'nDCG@10 之差 +0.0000，95% 区间 [+0.0000, +0.0000]（10 个查询）')"
# Of ten differences five are 1: the number of ones in ten draws is binomial, and 95 % of it lies in 2..8 (P(X <= 1) = 0.011, P(X <= 2) = 0.055).
awk 'BEGIN {FS = OFS = "\t"} NR > 1 && NR % 2 {$2 = "0.000000"} {print}' "$folder/all.tsv" >"$folder/half.tsv"
evaluate --against "$folder/half.tsv"
holds 'five of ten better by 1: the interval of a binomial' "$(lacks 0 'nDCG@10 之差 +0.5000，95% 区间 [+0.2000, +0.8000]（10 个查询）')"
evaluate --against "$folder/few.tsv"
holds 'compared where both have the query' "$(lacks 0 '（1 个查询）')"
cp "$folder/half.tsv" "$folder/both.tsv"
evaluate --against "$folder/both.tsv" --per-query "$folder/both.tsv"
holds 'a file is read before it is written anew' "$(lacks 0 '之差 +0.5000'; cmp "$folder/both.tsv" "$folder/all.tsv" 2>&1)"

# refused STATUS WANTED -- OPTION…
refused() {
    local wanted=$2 expected=$1
    shift 3
    evaluate "$@"
    lacks "$expected" "$wanted"
}
holds 'another cut is not compared' "$(refused 1 "$folder/all.tsv：第 1 行不是 nDCG@5" -- -k 5 --against "$folder/all.tsv")"
printf 'query\tndcg@10\tmrr@10\nq1\thalf\t1\n' >"$folder/wrong.tsv"
holds 'nor what is no number' "$(refused 1 "$folder/wrong.tsv：第 2 行" -- --against "$folder/wrong.tsv")"
printf 'query\tndcg@10\tmrr@10\nz\t1\t1\n' >"$folder/wrong.tsv"
holds 'nor other queries' "$(refused 1 "$folder/wrong.tsv 里没有这些查询" -- --against "$folder/wrong.tsv")"
: >"$folder/wrong.tsv"
holds 'nor an empty file' "$(refused 1 "$folder/wrong.tsv：第 1 行" -- --against "$folder/wrong.tsv")"
holds 'nor what is not there' "$(refused 1 "打不开 $folder/none.tsv" -- --against "$folder/none.tsv")"
holds 'nor a folder' "$(refused 1 "读不了 $folder/tmp" -- --against "$folder/tmp")"
holds 'a file that cannot be written is named' "$(refused 1 "写不了 $folder/none/out.tsv" -- --per-query "$folder/none/out.tsv"
    refused 1 '/dev/full 没有写完' -- --per-query /dev/full)"
holds 'a file that cannot be read is named' "$(refused 1 "✗ $folder/none：打不开：" -- --only "$folder/none")"
printf '{"_id":"d1"}\n{"_id":"d2","text":"cut' >"$folder/cut.jsonl"
said=$("$tieqiao" eval --corpus "$folder/cut.jsonl" --queries "$folder/queries.jsonl" --qrels "$folder/qrels.tsv" 2>&1); status=$?
holds 'bad input is named with file and line' "$(lacks 1 "✗ $folder/cut.jsonl：第 2 行")"
printf 'q11\n' >"$folder/only"
holds 'where nothing is relevant there is no figure' "$(
    refused 1 "$folder/qrels.tsv：这些查询都没有分数大于 0 的文档" -- --only "$folder/only"; [[ $said != *nDCG* ]] || echo "$said")"
holds 'words that are off: how it is used' "$(
    for words in '--pol' '-k 0' '-k 101' '-k 1x' '-k' 'x'; do
        # shellcheck disable=SC2086
        refused 2 '[--words]' -- $words
    done)"
said=$("$tieqiao" eval --help 2>&1); status=$?
holds 'help names every option' "$(lacks 0 --corpus --queries --qrels --only --pool --words -k --per-query --against)"

# bench/match/peers measures other engines with a twin of these measures: the example of judge_test.c, and ties.
holds 'the twin in bench/match agrees' "$(node --input-type=module -e "
    import { measure } from '$PWD/bench/match/measure.mjs';
    const near = (found, wanted) => Math.abs(found - wanted) < 1e-9 || console.log(found, 'is not', wanted);
    const graded = new Map([['a1', 0], ['a2', 3], ['a3', 1], ['a4', 0], ['5', 2]]);
    const run = new Map(['a1', 'a2', 'a3', 'a4'].map((doc, rank) => [doc, 9 - rank]));
    const one = measure(new Map([['q', graded], ['none', new Map([['a1', 0]])]]), new Map([['q', run]]));
    near(one.ndcg, (3 / Math.log2(3) + 1 / 2) / (3 + 2 / Math.log2(3) + 1 / 2));
    near(one.recall, 2 / 3);
    near(one.queries, 1);
    const ties = measure(new Map([['q', new Map([['a', 0], ['b', 1]])]]), new Map(), { pool: true });
    const firsts = (ties.ndcg - 1 / Math.log2(3)) * 20 / (1 - 1 / Math.log2(3));
    near(firsts, Math.round(firsts));
    near(firsts > 2 && firsts < 18, true);" 2>&1)"
holds 'nothing is left behind' "$(ls -A "$folder/tmp")"
closing
