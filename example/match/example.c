/*
 * libtqmatch in another program: three documents, one question, what fits and why. docs/embedding.md explains it.
 *
 *   cc example.c $(pkg-config --cflags --libs tqmatch) -o example && ./example FOLDER
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tqmatch/match.h>

static const struct {
    const char *title, *text;
    int trl;
    long long fen;
} achievements[] = {
    {"含沙介质离心泵自润滑轴承涂层", "用于含沙黄河水的离心泵轴承，磨损率降到四分之一，连续运行九千小时。", 8, 16000000},
    {"轴承故障在线诊断", "由振动信号判断轴承剩余寿命，已在三个泵站试用。", 7, 45000000},
    {"马铃薯贮藏窖温湿度调控", "窖藏损耗由一成半降到百分之四。", 6, 8000000},
};

/* Most of the interface says what went wrong in English. */
static void must(bool done, const struct match_err *err)
{
    if (done)
        return;
    fprintf(stderr, "%s\n", err->message);
    exit(1);
}

static struct match_str str(const char *text)
{
    return (struct match_str){text, strlen(text)};
}

static void put(struct match_index *index, int number)
{
    struct match_text texts[] = {{MATCH_TITLE, MATCH_PUBLIC, str(achievements[number].title)},
                                 {MATCH_TEXT, MATCH_PUBLIC, str(achievements[number].text)}};
    struct match_doc doc = {.id = number + 1, .level = MATCH_PUBLIC, .texts = texts, .text_count = 2,
                            .facts = {.trl_from = achievements[number].trl, .trl_to = achievements[number].trl,
                                      .amount = achievements[number].fen, .day = INT32_MIN}};
    struct match_err err;

    must(match_put(index, &doc, 0, &err), &err);
}

static void print_hit(const struct match_hit *hit)
{
    char words[160];

    printf("%5.1f  %s\n", hit->score, achievements[hit->id - 1].title);
    for (size_t p = 0; p < hit->part_count; p++)
        printf("       %5.1f  %s\n", hit->parts[p].weight, *hit->parts[p].word ? hit->parts[p].word : "……");
    for (size_t c = 0; c < hit->check_count; c++) {
        match_check_words(&hit->checks[c], "zh", words, sizeof words);
        printf("       %s\n", words);
    }
}

static void ask(struct match_index *index, const char *text)
{
    struct match_snapshot *snapshot = match_snapshot(index);
    struct match_query query;
    struct match_hits hits;
    struct match_err err;

    match_query_init(&query);
    query.text = str(text);
    match_understand(query.text, 20500, &query.ask); /* 20,500 days after 1970: what "today" is */
    must(match_search(snapshot, &query, &hits, &err), &err);
    for (size_t h = 0; h < hits.lists[0].count; h++)
        print_hit(&hits.lists[0].hits[h]);
    match_hits_release(&hits);
    match_snapshot_end(snapshot);
}

int main(int argc, char **argv)
{
    struct match_index *index;
    struct match_err err;

    if (argc != 2) {
        fprintf(stderr, "usage: example FOLDER\n");
        return 2;
    }
    must(match_open(argv[1], NULL, &index, &err), &err);
    for (int number = 0; number < 3; number++)
        put(index, number);
    must(match_commit(index, match_applied(index) + 1, &err), &err);
    ask(index, "黄河水含沙大，离心泵轴承三个月就磨坏，要用到9000小时，预算200万元，TRL 7以上");
    match_close(index);
    return 0;
}
