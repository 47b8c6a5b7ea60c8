#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "match/bytes.h"
#include "match/fail.h"
#include "match/rate.h"

enum { VERSION = 1, FILE_MOST = 16 << 10 };

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
    text_puts(out, "end\n");
}

bool rate_write(const char *name, const struct rate_model *model, const struct match_rate_report *report,
                struct match_err *err)
{
    struct text out;
    bool good;

    text_init(&out);
    say(&out, model, report);
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

/* The next line that is no comment, without its end; a last line without an end is none. */
static char *next_line(struct reading *reading)
{
    char *line, *end;

    do {
        line = reading->rest;
        reading->line++;
        end = strchr(line, '\n');
        if (!end)
            return NULL;
        *end = '\0';
        reading->rest = end + 1;
    } while (*line == '#');
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

static bool take_all(struct reading *reading, struct rate_model *model, struct match_err *err)
{
    char threshold[16];
    const char *line;

    if (!take_head(reading, err))
        return false;
    for (unsigned f = 0; f < MATCH_FEATURES; f++)
        if (!take_number(reading, features_said[f].name, &model->weight[f], err))
            return false;
    for (unsigned l = 0; l < MATCH_LEVELS - 1; l++) {
        snprintf(threshold, sizeof threshold, "threshold %u", l + 1);
        if (!take_number(reading, threshold, &model->threshold[l], err))
            return false;
    }
    if (!rate_is_sound(model))
        return off(reading, "the thresholds do not rise", "", err);
    line = next_line(reading);
    if (!line || strcmp(line, "end") != 0 || *reading->rest)
        return off(reading, "expected the end", "", err);
    return true;
}

bool rate_read(int folder, const char *name, struct rate_model *model, struct match_err *err)
{
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC);
    char *bytes = calloc(FILE_MOST + 1, 1);
    struct rate_model read_model;
    struct reading reading = {name, bytes, 0};
    size_t len = 0;
    ssize_t more = 0;
    bool good;

    if (!bytes)
        abort();
    while (file >= 0 && len < FILE_MOST && (more = read(file, bytes + len, FILE_MOST - len)) > 0)
        len += (size_t)more;
    if (file < 0 || more < 0)
        good = match_fail_io(err, "reading", name);
    else if (len == FILE_MOST || strlen(bytes) != len)
        good = match_fail(err, MATCH_CORRUPT, "%s: not a rating", name);
    else
        good = take_all(&reading, &read_model, err);
    if (good)
        *model = read_model;
    if (file >= 0)
        close(file);
    free(bytes);
    return good;
}
