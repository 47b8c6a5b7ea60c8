#include "corpus.h"

#include "bench.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judged.h"
#include "match/term.h"

struct source {
    struct corpus *corpus;
    const char *title, *text;
    int kind; /* -1: spread over all kinds */
};

static const char *keep(struct corpus *corpus, json_t *object, const char *name)
{
    json_t *text = name ? json_object_get(object, name) : NULL;

    if (!json_is_string(text))
        return "";
    json_array_append(corpus->all, text);
    return json_string_value(text);
}

static void add(struct corpus *corpus, const char *title, const char *text, unsigned kind)
{
    if (corpus->count % 4096 == 0)
        corpus->docs = realloc(corpus->docs, (corpus->count + 4096) * sizeof *corpus->docs);
    if (!corpus->docs)
        abort();
    corpus->docs[corpus->count++] = (struct corpus_doc){title, text, kind};
}

static void take(void *arg, json_t *object)
{
    struct source *source = arg;
    unsigned kind = source->kind < 0 ? (unsigned)(source->corpus->count % CORPUS_KINDS) : (unsigned)source->kind;

    add(source->corpus, keep(source->corpus, object, source->title), keep(source->corpus, object, source->text), kind);
}

static void take_need(void *arg, json_t *object)
{
    struct corpus *corpus = arg;
    const char *body = keep(corpus, object, "body");

    add(corpus, keep(corpus, object, "title"), body, 3);
    corpus->needs = realloc(corpus->needs, (corpus->need_count + 1) * sizeof *corpus->needs);
    if (!corpus->needs)
        abort();
    corpus->needs[corpus->need_count++] = body;
}

void corpus_read(struct corpus *corpus, const char *data)
{
    static const struct {
        const char *file, *title, *text;
        int kind;
    } files[] = {
        {"match/needs/achievements.jsonl", "title_words", NULL, 2},
        {"text/csl/csl_full_records.jsonl", "title", "abstract", 2},
        {"text/fewclue_csl/abstracts_discipline.jsonl", NULL, "abstract", -1},
        {"en/nsf_awards_fy2026/awards.jsonl", "title_clean", "abstract", 2},
        {"en/sbir_awards_sample/awards.jsonl", "title", "abstract", 5},
    };
    char path[1024];

    memset(corpus, 0, sizeof *corpus);
    corpus->all = json_array();
    snprintf(path, sizeof path, "%s/match/needs/needs.jsonl", data);
    jsonl_each(path, take_need, corpus);
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        struct source source = {corpus, files[f].title, files[f].text, files[f].kind};

        snprintf(path, sizeof path, "%s/%s", data, files[f].file);
        jsonl_each(path, take, &source);
    }
}

void corpus_release(struct corpus *corpus)
{
    free(corpus->docs);
    free(corpus->needs);
    json_decref(corpus->all);
}

struct match_str corpus_head(const char *text, size_t chars)
{
    size_t len = 0;

    while (text[len]) {
        if (((unsigned char)text[len] & 0xc0) != 0x80 && chars-- == 0)
            break;
        len++;
    }
    return (struct match_str){text, len};
}

/* The first or second half of a text, cut between characters. */
static size_t half(const char *text, bool second, char *out, size_t room)
{
    size_t len = strlen(text), from = second ? len / 2 : 0, to = second ? len : len / 2;

    while (from && ((unsigned char)text[from] & 0xc0) == 0x80)
        from--;
    while (to && to < len && ((unsigned char)text[to] & 0xc0) == 0x80)
        to--;
    if (to - from > room)
        to = from;
    memcpy(out, text + from, to - from);
    return to - from;
}

void corpus_make(const struct corpus *corpus, size_t i, struct corpus_made *made)
{
    const struct corpus_doc *doc = &corpus->docs[i % corpus->count];
    const struct corpus_doc *other = &corpus->docs[term_mix(i) % corpus->count];
    size_t len;

    *made = (struct corpus_made){.doc = {.id = (int64_t)i + 1, .kind = doc->kind, .level = MATCH_PUBLIC}};
    made->texts[0] = (struct match_text){MATCH_TITLE, MATCH_PUBLIC, {doc->title, strlen(doc->title)}};
    made->texts[1] = (struct match_text){MATCH_TEXT, MATCH_PUBLIC, {doc->text, strlen(doc->text)}};
    if (i >= corpus->count) {
        len = half(doc->text, false, made->text, sizeof made->text / 2);
        len += half(other->text, true, made->text + len, sizeof made->text / 2);
        made->texts[1].text = (struct match_str){made->text, len};
    }
    made->doc.texts = made->texts;
    made->doc.text_count = 2;
    made->codes[0] = (struct match_code){{"gbt4754", 7}, {i % 3 ? "C/26/266" : "C/35/351", 8}};
    made->doc.codes = made->codes;
    made->doc.code_count = 1;
    made->doc.owner = (int64_t)(i % 500) + 1;
    made->doc.facts = (struct match_facts){.trl_from = 1 + (int)(i % 9), .trl_to = 1 + (int)(i % 9),
                                           .amount = (int64_t)(i % 1000) * 100000, .day = 20000 + (int32_t)(i % 3000),
                                           .ways = (uint32_t)(i % 16), .region = 620100 + (uint32_t)(i % 6)};
}

void corpus_put(struct match_index *index, const struct corpus *corpus, size_t count)
{
    struct corpus_made *made = malloc(sizeof *made);
    struct match_err err;

    for (size_t i = 0; made && i < count; i++) {
        corpus_make(corpus, i, made);
        bench_must(match_put(index, &made->doc, i, &err), &err);
        if (i % 512 == 511 || i + 1 == count)
            bench_must(match_commit(index, i + 1, &err), &err);
    }
    free(made);
}
