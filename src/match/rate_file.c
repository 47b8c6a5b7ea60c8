#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "match/bytes.h"
#include "match/fail.h"
#include "match/rate.h"
#include "match/recall.h"

enum { VERSION = 2, FILE_MOST = 64 << 20, TEXTS_MOST = RECALL_TEXTS_MOST, PAIRS_MOST = 1000000 };
#define PULL_MOST 100.0

static const struct {
    const char *name, *meaning;
} features_said[MATCH_FEATURES] = {
    [RATE_SCORE] = {"score", "ln(1 + what the shared words alone score, 0..100)"},
    [RATE_DOC_TITLE] = {"doc_title", "share of the pairs and words of the document's titles that the query has"},
    [RATE_BEST_WORD] = {"best_word", "weight of the heaviest shared word / weight of the query's heaviest word"},
    [RATE_QUERY_TITLE] = {"query_title", "share of the weight of the query's title that the document has"},
    [RATE_IN_TITLE] = {"in_title", "share of the query's weight that is shared and stands in the document's titles"},
    [RATE_IN_TEXT] = {"in_text", "share of the query's weight that is shared and stands in its keywords and texts"},
    [RATE_LONGEST] = {"longest", "ln(1 + characters of the longest part named in the explanation)"},
    [RATE_PARTS] = {"parts", "ln(1 + parts named in the explanation)"},
    [RATE_COSINE] = {"cosine", "cosine of the dense vectors, below 0 as 0; 0 without a dense model"},
    [RATE_QUERY_WORDS] = {"query_words", "ln(1 + different words of the query)"},
    [RATE_DOC_LENGTH] = {"doc_length", "ln(1 + words of the document's public text, titles twice)"},
    [RATE_MET] = {"met", "checks met"},
    [RATE_BROKEN] = {"broken", "checks broken"},
    [RATE_JUDGED] = {"judged", "what was said of similar pairs, in levels beyond what the rest lets expect; 0 where there are none"},
};

const char *match_feature(unsigned feature, const char **meaning)
{
    if (feature >= MATCH_FEATURES)
        return NULL;
    if (meaning)
        *meaning = features_said[feature].meaning;
    return features_said[feature].name;
}

/* --- writing --- */

static void say(struct text *out, const struct rate_model *model, const struct match_rate_report *report)
{
    text_print(out, "tieqiao rating %d\n", VERSION);
    text_puts(out, "# P(level > l) = 1 / (1 + exp(threshold l - sum)), the sum being weight x feature, added up\n");
    text_print(out, "# %zu judgements; 1/(1+MAE) by folds: of pairs %.4f, of queries %.4f\n", report->by_pair.judgements,
               1 / (1 + report->by_pair.mae), 1 / (1 + report->by_query.mae));
    for (unsigned f = 0; f < MATCH_FEATURES; f++)
        text_print(out, "%s\t%.6f\t%s\n", features_said[f].name, model->weight[f], features_said[f].meaning);
    for (unsigned l = 0; l < MATCH_LEVELS - 1; l++)
        text_print(out, "threshold %u\t%.6f\n", l + 1, model->threshold[l]);
}

static void say_texts(struct text *out, const char *what, const struct match_rate_text *texts, size_t count)
{
    text_print(out, "%s\t%zu\n", what, count);
    for (size_t i = 0; i < count; i++) {
        text_add(out, texts[i].title.at, texts[i].title.len);
        text_puts(out, "\t");
        text_add(out, texts[i].text.at, texts[i].text.len);
        text_puts(out, "\n");
    }
}

/* Numbers that come back as they were: nine digits hold a float. */
static void say_recall(struct text *out, const struct recall *recall)
{
    text_puts(out, "# judged pairs: the queries and the documents (title, text), then query, document, pull in levels\n");
    say_texts(out, "queries", recall ? recall->query_texts : NULL, recall ? recall->query_count : 0);
    say_texts(out, "documents", recall ? recall->doc_texts : NULL, recall ? recall->doc_count : 0);
    text_print(out, "pairs\t%zu\n", recall ? recall->pair_count : 0);
    for (size_t p = 0; recall && p < recall->pair_count; p++)
        text_print(out, "%u\t%u\t%.9g\n", recall->pairs[p].query + 1, recall->pairs[p].doc + 1, (double)recall->pairs[p].pull);
}

bool rate_write(const char *name, const struct rate_model *model, const struct recall *recall,
                const struct match_rate_report *report, struct match_err *err)
{
    struct text out;
    bool good;

    text_init(&out);
    say(&out, model, report);
    say_recall(&out, recall);
    text_puts(&out, "end\n");
    good = bytes_file(name, (struct match_str){NULL, 0}, out.at, out.len, true, err);
    text_release(&out);
    return good;
}

/* --- reading --- */

struct reading {
    const char *name;
    char *rest;   /* what has not been read, NUL-terminated */
    unsigned line;
};

static bool off(const struct reading *reading, const char *what, const char *word, struct match_err *err)
{
    return match_fail(err, MATCH_CORRUPT, "%s: line %u: %s%.40s", reading->name, reading->line, what, word);
}

/* The next line without its end; a last line without an end is none. */
static char *plain_line(struct reading *reading)
{
    char *line = reading->rest, *end = strchr(line, '\n');

    reading->line++;
    if (!end)
        return NULL;
    *end = '\0';
    reading->rest = end + 1;
    return line;
}

/* The next one that is no comment. */
static char *next_line(struct reading *reading)
{
    char *line;

    do
        line = plain_line(reading);
    while (line && *line == '#');
    return line;
}

/* "NAME<tab>NUMBER", perhaps with more behind another tab. */
static bool take_number(struct reading *reading, const char *wanted, double *number, struct match_err *err)
{
    char *line = next_line(reading), *end;
    size_t len = strlen(wanted);

    if (!line)
        return off(reading, "the file ends before ", wanted, err);
    if (strncmp(line, wanted, len) != 0 || line[len] != '\t')
        return off(reading, "expected ", wanted, err);
    *number = strtod(line + len + 1, &end);
    if (end == line + len + 1 || (*end && *end != '\t'))
        return off(reading, "no number for ", wanted, err);
    return fabs(*number) <= RATE_MOST || off(reading, "not within 1000: ", wanted, err);
}

static bool take_head(struct reading *reading, struct match_err *err)
{
    static const char head[] = "tieqiao rating ";
    const char *line = next_line(reading);
    char wanted[32];

    if (!line || strncmp(line, head, strlen(head)) != 0)
        return match_fail(err, MATCH_CORRUPT, "%s: not a rating", reading->name);
    snprintf(wanted, sizeof wanted, "%s%d", head, VERSION);
    return strcmp(line, wanted) == 0
        || match_fail(err, MATCH_CORRUPT, "%s: a rating of version %.10s, this program reads %d: learn it anew",
                      reading->name, line + strlen(head), VERSION);
}

static bool take_weights(struct reading *reading, struct rate_model *model, struct match_err *err)
{
    char threshold[16];

    for (unsigned f = 0; f < MATCH_FEATURES; f++)
        if (!take_number(reading, features_said[f].name, &model->weight[f], err))
            return false;
    for (unsigned l = 0; l < MATCH_LEVELS - 1; l++) {
        snprintf(threshold, sizeof threshold, "threshold %u", l + 1);
        if (!take_number(reading, threshold, &model->threshold[l], err))
            return false;
    }
    return rate_is_sound(model) || off(reading, "the thresholds do not rise", "", err);
}

/* --- reading the judged pairs --- */

/* A whole number 0..most up to `stop`; *at moves behind it. */
static bool take_whole(char **at, char stop, unsigned long most, unsigned long *number)
{
    char *end;

    if (**at < '0' || **at > '9')
        return false;
    *number = strtoul(*at, &end, 10);
    if (*end != stop || *number > most)
        return false;
    *at = end + (stop != '\0');
    return true;
}

static bool take_count(struct reading *reading, const char *what, unsigned long most, unsigned long *count,
                       struct match_err *err)
{
    char *line = next_line(reading);
    size_t len = strlen(what);

    if (!line)
        return off(reading, "the file ends before ", what, err);
    if (strncmp(line, what, len) != 0 || line[len] != '\t')
        return off(reading, "expected ", what, err);
    line += len + 1;
    return take_whole(&line, '\0', most, count) || off(reading, "no number within bounds for ", what, err);
}

static bool take_text(struct reading *reading, struct match_rate_text *text, struct match_err *err)
{
    char *line = plain_line(reading), *tab = line ? strchr(line, '\t') : NULL;

    if (!line)
        return off(reading, "the file ends before ", "a text", err);
    if (!tab || strchr(tab + 1, '\t'))
        return off(reading, "expected a title and a text: ", line, err);
    text->title = (struct match_str){line, (size_t)(tab - line)};
    text->text = (struct match_str){tab + 1, strlen(tab + 1)};
    return true;
}

/* Memory: the caller frees *texts, also on false. */
static bool take_texts(struct reading *reading, const char *what, struct match_rate_text **texts, size_t *count,
                       struct match_err *err)
{
    unsigned long number;

    if (!take_count(reading, what, TEXTS_MOST, &number, err))
        return false;
    *texts = calloc(number + 1, sizeof **texts);
    *count = number;
    if (!*texts)
        return match_fail(err, MATCH_NO_MEMORY, "no memory for %lu texts", number);
    for (size_t i = 0; i < number; i++)
        if (!take_text(reading, &(*texts)[i], err))
            return false;
    return true;
}

static bool take_pair(struct reading *reading, const struct match_rate_texts *texts, struct recall_pair *pair,
                      struct match_err *err)
{
    char *line = next_line(reading), *at = line, *end;
    unsigned long query, doc;
    double pull;

    if (!line)
        return off(reading, "the file ends before ", "a pair", err);
    if (!take_whole(&at, '\t', texts->query_count, &query) || !take_whole(&at, '\t', texts->doc_count, &doc) || query == 0
        || doc == 0)
        return off(reading, "no query and document that are there: ", line, err);
    pull = strtod(at, &end);
    if (end == at || *end || !(fabs(pull) <= PULL_MOST))
        return off(reading, "no pull within 100: ", at, err);
    *pair = (struct recall_pair){(uint32_t)query - 1, (uint32_t)doc - 1, (float)pull};
    return true;
}

static bool take_pairs(struct reading *reading, const struct match_rate_texts *texts, struct recall **recall,
                       struct match_err *err)
{
    unsigned long count;
    struct recall_pair *pairs;
    bool good = true;

    if (!take_count(reading, "pairs", PAIRS_MOST, &count, err))
        return false;
    pairs = calloc(count + 1, sizeof *pairs);
    if (!pairs)
        return match_fail(err, MATCH_NO_MEMORY, "no memory for %lu pairs", count);
    for (size_t p = 0; good && p < count; p++)
        good = take_pair(reading, texts, &pairs[p], err);
    if (good && count) {
        *recall = recall_new(texts, err);
        good = *recall != NULL;
    }
    if (good && count)
        recall_pairs(*recall, pairs, count);
    free(pairs);
    return good;
}

static bool take_recall(struct reading *reading, struct recall **recall, struct match_err *err)
{
    struct match_rate_text *queries = NULL, *docs = NULL;
    struct match_rate_texts texts;
    bool good;

    good = take_texts(reading, "queries", &queries, &texts.query_count, err)
           && take_texts(reading, "documents", &docs, &texts.doc_count, err);
    texts.queries = queries;
    texts.docs = docs;
    good = good && take_pairs(reading, &texts, recall, err);
    free(queries);
    free(docs);
    return good;
}

static bool take_all(struct reading *reading, struct rate_model *model, struct recall **recall, struct match_err *err)
{
    const char *line;

    if (!take_head(reading, err) || !take_weights(reading, model, err) || !take_recall(reading, recall, err))
        return false;
    line = next_line(reading);
    return (line && strcmp(line, "end") == 0 && !*reading->rest) || off(reading, "expected the end", "", err);
}

/* The whole file, NUL-terminated; the caller's to free. NULL with err. */
static char *read_whole(int folder, const char *name, struct match_err *err)
{
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC);
    struct stat stat;
    char *bytes = NULL;

    if (file < 0 || fstat(file, &stat) != 0) {
        match_fail_io(err, "reading", name);
    } else if (!S_ISREG(stat.st_mode) || stat.st_size > FILE_MOST) {
        match_fail(err, MATCH_CORRUPT, "%s: not a rating", name);
    } else {
        bytes = calloc((size_t)stat.st_size + 1, 1);
        if (!bytes || !bytes_read(file, bytes, (uint64_t)stat.st_size)) {
            match_fail_io(err, "reading", name);
            free(bytes);
            bytes = NULL;
        } else if (strlen(bytes) != (size_t)stat.st_size) {
            match_fail(err, MATCH_CORRUPT, "%s: not a rating", name);
            free(bytes);
            bytes = NULL;
        }
    }
    if (file >= 0)
        close(file);
    return bytes;
}

bool rate_read(int folder, const char *name, struct rate_model *model, struct recall **recall, struct match_err *err)
{
    char *bytes = read_whole(folder, name, err);
    struct reading reading = {name, bytes, 0};
    struct rate_model read_model;
    struct recall *read_recall = NULL;
    bool good = bytes && take_all(&reading, &read_model, &read_recall, err);

    if (good) {
        *model = read_model;
        *recall = read_recall;
    } else {
        recall_let_go(read_recall);
    }
    free(bytes);
    return good;
}
