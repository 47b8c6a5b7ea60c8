/*
 * A thousand explanations held to their word: the parts add up to the score, and the strongest word that stands apart,
 * taken out of the document, takes from the score what was said of it. The reasons of another hit must fail both.
 */
#include "kit.h"

#include <math.h>
#include <unistd.h>

#include "match/fold.h"

enum { WORDS = 500, LATIN = 100, DOCUMENTS = 1500, QUERIES = 100, HITS = 10, TEXT = 1200, TWIN = 1000000 };

#define CLOSE 1e-4
#define NEAR 5e-3 /* a twin more among 1,500 documents makes a word less rare */

static char vocabulary[WORDS][16]; /* the first LATIN are Latin */

static size_t put_han(char *out, unsigned code)
{
    out[0] = (char)(0xe0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 63));
    out[2] = (char)(0x80 | (code & 63));
    return 3;
}

/* A character that folds to itself: no two of them are the same to the engine. */
static unsigned any_han(uint64_t *seed, struct fold *fold)
{
    char text[4] = "";
    unsigned code;

    do {
        code = 0x5200 + kit_below(seed, 2500);
        put_han(text, code);
        fold_text(fold, kit_str(text), false);
    } while (fold->count != 1 || fold->code[0] != code);
    return code;
}

static void make_vocabulary(void)
{
    uint64_t seed = 7;
    struct fold fold;

    fold_init(&fold);

    for (unsigned w = 0; w < WORDS; w++) {
        size_t len = 0;

        if (w < LATIN) {
            snprintf(vocabulary[w], sizeof vocabulary[w], "zq%uk", w);
            continue;
        }
        for (unsigned c = 2 + kit_below(&seed, 3); c > 0; c--)
            len += put_han(vocabulary[w] + len, any_han(&seed, &fold));
    }
    fold_release(&fold);
}

/* Words of one of ten topics, so that there is something to learn, and any others. */
static void make_text(uint64_t *seed, unsigned topic, unsigned words, char *out)
{
    size_t len = 0;

    for (unsigned i = 0; i < words; i++) {
        unsigned word = kit_below(seed, 2) ? topic * (WORDS / 10) + kit_below(seed, WORDS / 10) : kit_below(seed, WORDS);

        len += (size_t)snprintf(out + len, TEXT - len, "%s%s", i == 0 ? "" : kit_below(seed, 3) ? " " : "，", vocabulary[word]);
    }
}

struct written {
    char title[TEXT], text[TEXT];
};

static void write_document(int64_t id, struct written *written)
{
    uint64_t seed = (uint64_t)id;
    unsigned topic = (unsigned)(id % 10);

    make_text(&seed, topic, 3, written->title);
    make_text(&seed, topic, 10 + kit_below(&seed, 40), written->text);
}

static void put(struct match_index *index, int64_t id, unsigned kind, const struct written *written)
{
    kit_put_line(index, id, kind, written->title, written->text);
}

static bool is_latin(const char *word)
{
    return (unsigned char)word[0] < 0x80;
}

static unsigned times(const char *text, const char *word, size_t len)
{
    unsigned count = 0;

    for (const char *at = text; (at = memmem(at, strlen(at), word, len)); at += len)
        count++;
    return count;
}

/* Every character of the word stands in the text within the word alone. */
static bool is_apart(const char *text, const char *word)
{
    size_t len = strlen(word), step = is_latin(word) ? len : 3;
    unsigned whole = times(text, word, len);

    for (size_t c = 0; c < len; c += step)
        if (times(text, word + c, step) != whole)
            return false;
    return true;
}

/* In place of the word as many terms that stand nowhere else. */
static void take_out(char *text, const char *word)
{
    size_t len = strlen(word);

    for (char *at = text; (at = strstr(at, word)); at += len) {
        if (is_latin(word))
            memset(at, 'y', len);
        else
            for (size_t c = 0; c < len; c += 3)
                put_han(at + c, 0x3500 + (unsigned)c);
    }
}

static float said_of_words(const struct match_hit *hit)
{
    double sum = 0;

    for (size_t p = 0; p < hit->part_count; p++)
        sum += hit->parts[p].idea ? 0 : (double)hit->parts[p].weight;
    return (float)sum;
}

static bool adds_up(const struct match_hit *hit)
{
    double sum = 0;

    for (size_t p = 0; p < hit->part_count; p++)
        sum += (double)hit->parts[p].weight;
    return fabs(sum - (double)hit->score) <= CLOSE;
}

/* The strongest word named that stands apart in the document and in the question; NULL: none. */
static const struct match_part *strongest(const struct match_hit *hit, const struct written *written, const char *question)
{
    for (size_t p = 0; p < hit->part_count; p++) {
        const struct match_part *part = &hit->parts[p];

        if (!part->idea && part->word[0] && (strstr(written->title, part->word) || strstr(written->text, part->word))
            && is_apart(written->title, part->word) && is_apart(written->text, part->word)
            && is_apart(question, part->word))
            return part;
    }
    return NULL;
}

/* What the words of one document make of the question, and one of them. */
static float words_score(struct match_index *index, const char *question, int64_t id, const char *word, float *said)
{
    struct match_query query;
    struct match_hits hits;
    const struct match_hit *hit;
    float score;

    match_query_init(&query);
    query.text = kit_str(question);
    query.only = id;
    query.kinds = 1;
    kit_search(index, &query, &hits);
    hit = hits.lists[0].count ? &hits.lists[0].hits[0] : NULL;
    score = hit ? said_of_words(hit) : 0;
    *said = 0;
    for (size_t p = 0; hit && p < hit->part_count; p++)
        *said += !hit->parts[p].idea && strcmp(hit->parts[p].word, word) == 0 ? hit->parts[p].weight : 0;
    match_hits_release(&hits);
    return score;
}

/*
 * How much less the words make of the document without this word, and what was said of it. A twin of another kind has the text
 * without it before and the text with it after, so that neither the statistics nor a length change.
 */
static float loss(struct match_index *index, const char *question, int64_t id, const struct written *written, const char *word,
                  float *said)
{
    struct written without = *written;
    float before, after, none;

    take_out(without.title, word);
    take_out(without.text, word);
    put(index, TWIN, 1, &without);
    kit_commit(index, 1);
    before = words_score(index, question, id, word, said);
    put(index, TWIN, 1, written);
    put(index, id, 0, &without);
    kit_commit(index, 1);
    after = words_score(index, question, id, word, &none);
    put(index, id, 0, written);
    kit_drop(index, TWIN);
    kit_commit(index, 1);
    return before - after;
}

struct tally {
    unsigned hits, tried, untrue, swaps_believed;
};

/* Is what a hit says true of the document it is about? `part`: what it says of its strongest word; NULL: none to be tried. */
static bool is_true(struct match_index *index, const char *question, const struct match_hit *hit,
                    const struct written *written, const struct match_part *part)
{
    float said, lost;

    if (!adds_up(hit) || !part)
        return adds_up(hit);
    lost = loss(index, question, hit->id, written, part->word, &said);
    return fabs((double)(lost - said)) <= CLOSE && fabs((double)(said - part->weight)) <= NEAR * (double)said;
}

static void hold(struct match_index *index, const char *question, const struct match_hit *hit, const struct match_hit *other,
                 struct tally *tally)
{
    struct match_hit swapped = *hit;
    const struct match_part *part;
    struct written written;

    write_document(hit->id, &written);
    part = strongest(hit, &written, question);
    tally->hits++;
    tally->tried += part != NULL;
    tally->untrue += !is_true(index, question, hit, &written, part);
    memcpy(swapped.parts, other->parts, sizeof swapped.parts);
    swapped.part_count = other->part_count;
    tally->swaps_believed += is_true(index, question, &swapped, &written, strongest(&swapped, &written, question));
}

static void ask_all(struct match_index *index, struct tally *tally)
{
    for (uint64_t q = 1; q <= QUERIES; q++) {
        uint64_t seed = q * 1000003;
        char question[TEXT];
        struct match_query query;
        struct match_hits hits;
        const struct match_list *list = &hits.lists[0];

        make_text(&seed, (unsigned)(q % 10), 30, question);
        match_query_init(&query);
        query.text = kit_str(question);
        query.k = HITS;
        query.kinds = 1;
        kit_search(index, &query, &hits);
        assert_int_equal(list->count, HITS);
        for (size_t h = 0; h < list->count; h++)
            hold(index, question, &list->hits[h], &list->hits[(h + 1) % list->count], tally);
        match_hits_release(&hits);
    }
}

static void test_reasons_are_true(void **state)
{
    char *folder = kit_folder(), *model = kit_model_path(folder);
    struct match_index *index = kit_open(folder, NULL);
    struct tally tally = {0};

    (void)state;
    make_vocabulary();
    for (int64_t id = 1; id <= DOCUMENTS; id++) {
        struct written written;

        write_document(id, &written);
        put(index, id, 0, &written);
    }
    kit_commit(index, 1);
    kit_learn(index, model);
    kit_meant(index);
    ask_all(index, &tally);
    print_message("%u hits, %u words taken out\n", tally.hits, tally.tried);
    assert_int_equal(tally.hits, QUERIES * HITS);
    assert_int_equal(tally.untrue, 0);
    assert_true(tally.tried > tally.hits * 9 / 10);
    assert_int_equal(tally.swaps_believed, 0);
    match_close(index);
    unlink(model);
    free(model);
    kit_folder_end(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reasons_are_true),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
