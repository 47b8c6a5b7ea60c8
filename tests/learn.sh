#!/usr/bin/env bash
# The rating measured and learned from files of judgements (eval --rating, learn --rating), alone and served.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
tieqiao=${TQ_BUILD:-build}/src/cli/tieqiao
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill -9 "$server" 2>/dev/null; rm -rf "$folder"' EXIT
corpus=$folder/corpus.jsonl queries=$folder/queries.jsonl qrels=$folder/qrels.tsv

# Eight themes of five documents, from all the theme's words to none; four queries a theme. Each pair is judged by how much is
# shared; the first of each query twice, one level apart.
make_collection() {
    perl -CSD -Mutf8 -e '
        my @themes = ("离心泵轴承耐磨涂层", "水稻抗旱新品种选育", "光伏电池激光划片装置", "锂离子电池负极材料",
            "苹果采后冷链保鲜", "黄河泥沙在线监测", "石化废水膜分离", "中药材无硫加工");
        open my $c, ">", "$ARGV[0]/corpus.jsonl"; open my $q, ">", "$ARGV[0]/queries.jsonl";
        open my $r, ">", "$ARGV[0]/qrels.tsv"; print $r "query\tdocument\tscore\n";
        for my $t (0 .. $#themes) {
            my ($theme, $other, $len) = ($themes[$t], $themes[$t - 1], length $themes[$t]);
            my @kept = ($len, $len - 2, int($len / 2), 2, 0);
            for my $d (0 .. 4) {
                my $title = substr($theme, 0, $kept[$d]) . substr($other, 0, $len - $kept[$d]);
                print $c qq({"_id":"d$t-$d","title":"$title","text":""}\n);
            }
            for my $n (0 .. 3) {
                print $q qq({"_id":"q$t-$n","title":"$theme","text":"第$n组：需要$theme的技术"}\n);
                print $r "q$t-$n\td$t-$_\t", (4, 4, 3, 2, 1)[$_], "\n" for 0 .. 4;
                print $r "q$t-$n\td$t-0\t3\n";
            }
        }' "$folder"
}
make_collection
files=(--corpus "$corpus" --queries "$queries" --qrels "$qrels")

# measure WORDS…: eval, which touches no city.
measure() {
    said=$("$tieqiao" eval --rating "$@" 2>&1)
    status=$?
}

measure "${files[@]}"
holds 'eval --rating says how well levels are told, by folds, and what the judges differ among themselves' "$(
    lacks 0 '评判 192 条，160 对，查询 32 个' '随机 5 折(同一对在同一折)：MAE' '按查询 5 折：MAE' '内置的评级：MAE' \
        '32 对评过不止一次，两次评判平均相差 1.0000 级，1/(1+MAE) 0.5000' '可信度')"
table=$(sed -n '/^随机 5 折，行/,/^$/p' <<<"$said" | awk -F'\t' 'NR > 2 { for (i = 2; i <= 5; i++) sum += $i } END { print sum }')
holds 'its table counts every judgement once' "$(differs 192 "$table")"
better=$(sed -n 's/^随机.*MAE) //p; s/^内置.*MAE) //p' <<<"$said" | sort -rn | head -n 1)
holds 'what is learned tells the levels better than the built-in rating' "$(differs "$(sed -n 's/^随机.*MAE) //p' <<<"$said")" "$better")"

# What is off in a file is named with its line.
sed '7s/[0-9]$/5/' "$qrels" >"$folder/five.tsv"
measure --corpus "$corpus" --queries "$queries" --qrels "$folder/five.tsv"
holds 'a level beyond 4' "$(lacks 1 "$folder/five.tsv" '第 7 行：等级是“5”' '1 无、2 弱、3 较强、4 强')"
sed '9s/[0-9]$/2.5/' "$qrels" >"$folder/half.tsv"
measure --corpus "$corpus" --queries "$queries" --qrels "$folder/half.tsv"
holds 'half a level' "$(lacks 1 "$folder/half.tsv" '第 9 行：等级是“2.5”')"
head -n 30 "$qrels" >"$folder/few.tsv"
measure --corpus "$corpus" --queries "$queries" --qrels "$folder/few.tsv"
holds 'too few judgements' "$(lacks 1 '评判只有 29 条，学评级至少要 40 条')"
grep -v '4$' "$qrels" >"$folder/nofour.tsv"
measure --corpus "$corpus" --queries "$queries" --qrels "$folder/nofour.tsv"
holds 'a level that nobody gave' "$(lacks 1 '没有一条评判的等级是 4(强)')"

# --- a city that uses it

"$tieqiao" init --data "$folder/data" >"$folder/out" 2>&1
"$tieqiao" import example/lanzhou --data "$folder/data" >>"$folder/out" 2>&1 || cat "$folder/out"
kept=$folder/data/index/rating
ask learn --rating "${files[@]}" --words --out "$folder/mine"
holds 'learn leaves a file that can be read, and the index has it' "$(
    lacks 0 '从现在起按学到的评级' 'tieqiao rebuild'
    grep -q $'^doc_title\t.*share of' "$folder/mine" || cat "$folder/mine"
    cmp "$folder/mine" "$kept" 2>&1)"
ask learn --rating "${files[@]}" --words
holds 'the same files give the same rating, and no file is left behind where none was asked for' "$(
    lacks 0; cmp "$folder/mine" "$kept" 2>&1)"
ask learn --rating --built-in
holds 'back to the built-in rating' "$(lacks 0 '从现在起按内置的评级'; [ ! -e "$kept" ] || echo "$kept is still there")"

ask learn --rating --use "$folder/mine"
holds 'a kept file is put to use again' "$(lacks 0 '从现在起按学到的评级'; cmp "$folder/mine" "$kept" 2>&1)"
ask learn --rating --built-in --use "$folder/mine"
holds 'not both at once' "$(lacks 2 '用法：tieqiao learn --rating')"
ask learn --rating --built-in --feedback
holds 'the built-in one is not learned' "$(lacks 2 '用法：tieqiao learn --rating')"
head -c 200 "$folder/mine" >"$folder/cut"
ask learn --rating --use "$folder/cut"
holds 'a file cut short leaves the rating as it was' "$(lacks 1 '评级没有换'; cmp "$folder/mine" "$kept" 2>&1)"
ask learn --rating --built-in

chances() { "$tieqiao" match '含沙黄河水里离心泵轴承磨损' --column achievement --json --data "$folder/data" 2>&1 | grep -o '"chance": [0-9.]*\|"level": [0-9]*' | sort | uniq -c; }
serve
before=$(chances)
ask learn --rating "${files[@]}" --words
holds 'a served city takes it without a halt' "$(lacks 0 '从现在起按学到的评级'; cmp "$folder/mine" "$kept" 2>&1)"
holds 'and rates by it at once' "$([ "$before" != "$(chances)" ] || echo "$before")"
ask learn --rating "${files[@]}" --qrels "$folder/five.tsv"
holds 'words too many' "$(lacks 2 '用法：tieqiao learn --rating')"
unserve TERM
holds 'the server ends as it should' "$(differs 0 "$ended")"
closing
