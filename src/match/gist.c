#include "match/gist.h"

#include <string.h>

#include "match/fail.h"
#include "match/sort.h"
#include "match/token.h"
#include "match/varint.h"

static const uint8_t class_weight[MATCH_CLASSES] = {[MATCH_TITLE] = 4, [MATCH_KEYWORD] = 3, [MATCH_TEXT] = 2};

static bool is_level(enum match_level level)
{
    return level == MATCH_PUBLIC || level == MATCH_SIGNED_IN || level == MATCH_NDA || level == MATCH_OWN;
}

static bool check_counts(const struct match_doc *doc, struct match_err *err)
{
    if (doc->id <= 0)
        return match_fail(err, MATCH_BAD_INPUT, "a document's id must be above 0");
    if (doc->kind >= MATCH_KINDS)
        return match_fail(err, MATCH_BAD_INPUT, "kind %u: there are %d kinds", doc->kind, MATCH_KINDS);
    if (!is_level(doc->level))
        return match_fail(err, MATCH_BAD_INPUT, "a document's level is one of the four bits");
    if (doc->text_count > MATCH_TEXTS)
        return match_fail(err, MATCH_BAD_INPUT, "%zu texts: at most %d", doc->text_count, MATCH_TEXTS);
    if (doc->code_count > MATCH_CODES)
        return match_fail(err, MATCH_BAD_INPUT, "%zu codes: at most %d", doc->code_count, MATCH_CODES);
    return true;
}

static bool check_facts(const struct match_facts *facts, struct match_err *err)
{
    bool order = facts->trl_from == 0 || facts->trl_to == 0 || facts->trl_from <= facts->trl_to;

    if (facts->trl_from < 0 || facts->trl_from > 9 || facts->trl_to < 0 || facts->trl_to > 9 || !order)
        return match_fail(err, MATCH_BAD_INPUT, "TRL %d to %d: 1 to 9, rising", facts->trl_from, facts->trl_to);
    return true;
}

static bool check_texts(const struct match_doc *doc, struct match_err *err)
{
    for (size_t i = 0; i < doc->text_count; i++) {
        const struct match_text *text = &doc->texts[i];

        if ((unsigned)text->class_ >= MATCH_CLASSES || !is_level(text->level))
            return match_fail(err, MATCH_BAD_INPUT, "text %zu: no such class or level", i);
        if (text->text.len > MATCH_TEXT_BYTES)
            return match_fail(err, MATCH_BAD_INPUT, "text %zu: %zu bytes, at most %d", i, text->text.len,
                              MATCH_TEXT_BYTES);
    }
    for (size_t i = 0; i < doc->code_count; i++)
        if (doc->codes[i].tree.len > 255 || doc->codes[i].path.len > 255)
            return match_fail(err, MATCH_BAD_INPUT, "code %zu: longer than 255 bytes", i);
    return true;
}

/* A growing list of (term, class, sort) of one level. */
struct raw {
    struct sort_item *items;
    size_t count, room;
    uint64_t length;
};

static void raw_add(struct raw *raw, struct arena *arena, const struct tokens *tokens, enum match_class class_)
{
    if (raw->count + tokens->count > raw->room) {
        struct sort_item *old = raw->items;

        raw->room = (raw->count + tokens->count) * 2;
        raw->items = arena_alloc(arena, raw->room * sizeof *raw->items);
        if (raw->count)
            memcpy(raw->items, old, raw->count * sizeof *old);
    }
    for (size_t i = 0; i < tokens->count; i++)
        raw->items[raw->count++] = (struct sort_item){
            tokens->list[i].term, (uint32_t)class_ << 1 | (tokens->list[i].sort != TOKEN_CHAR)};
    raw->length += (uint64_t)tokens->count * class_weight[class_];
}

/* One term's occurrences, items[from..to), into one entry. */
static struct gist_term fold_items(const struct sort_item *items, size_t from, size_t to)
{
    uint32_t by_class[MATCH_CLASSES] = {0}, sum = 0;
    unsigned best = 0;

    for (size_t i = from; i < to; i++)
        by_class[items[i].value >> 1] += class_weight[items[i].value >> 1];
    for (unsigned c = 0; c < MATCH_CLASSES; c++) {
        sum += by_class[c];
        best = by_class[c] > by_class[best] ? c : best;
    }
    return (struct gist_term){items[from].key, (uint8_t)(sum < TF_MOST ? sum : TF_MOST), (uint8_t)best};
}

static bool in_title(const struct sort_item *items, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (items[i].value >> 1 == MATCH_TITLE && items[i].value & 1)
            return true;
    return false;
}

/* Sorts the raw list into the level, whose terms are from arena; returns how many pairs and words stand in titles. */
static size_t level_fill(struct gist_level *level, struct raw *raw, struct arena *scratch, struct arena *arena)
{
    struct gist_term *terms;
    size_t titles = 0, to;

    level->length = raw->length > UINT32_MAX ? UINT32_MAX : (uint32_t)raw->length;
    level->count = 0;
    if (raw->count == 0)
        return 0;
    sort_items(raw->items, raw->count, scratch);
    terms = arena_alloc(scratch, raw->count * sizeof *terms);
    for (size_t from = 0; from < raw->count; from = to) {
        for (to = from + 1; to < raw->count && raw->items[to].key == raw->items[from].key; to++)
            ;
        terms[level->count++] = fold_items(raw->items, from, to);
        titles += in_title(raw->items, from, to);
    }
    level->terms = arena_alloc(arena, level->count * sizeof *terms);
    memcpy(level->terms, terms, level->count * sizeof *terms);
    return titles;
}

static void take_texts(const struct match_doc *doc, struct arena *arena, struct raw *raw)
{
    struct tokens *tokens = tokens_mine();

    for (size_t i = 0; i < doc->text_count; i++) {
        const struct match_text *text = &doc->texts[i];
        enum match_level level = text->level > doc->level ? text->level : doc->level;

#ifdef TQ_TEETH_MATCH_TEXT_LEVEL
        level = MATCH_PUBLIC;
#endif
        tokens_read(tokens, text->text, false);
        raw_add(&raw[level_number(level)], arena, tokens, text->class_);
    }
}

static struct match_str copy_str(struct match_str text, struct arena *arena)
{
    return (struct match_str){arena_text(arena, (struct slice){text.at ? text.at : "", text.len}), text.len};
}

static void take_codes(const struct match_doc *doc, struct arena *arena, struct gist *gist)
{
    gist->codes = arena_zero(arena, doc->code_count + 1, sizeof *gist->codes);
    gist->code_count = (uint16_t)doc->code_count;
    for (size_t i = 0; i < doc->code_count; i++) {
        gist->codes[i].tree = copy_str(doc->codes[i].tree, arena);
        gist->codes[i].path = copy_str(doc->codes[i].path, arena);
    }
}

bool gist_make(const struct match_doc *doc, struct arena *arena, struct gist *gist, struct match_err *err)
{
    struct raw raw[LEVELS] = {0};
    struct arena scratch; /* a gist may stay long, what it was made of need not */
    size_t titles;

    if (!check_counts(doc, err) || !check_facts(&doc->facts, err) || !check_texts(doc, err))
        return false;
    memset(gist, 0, sizeof *gist);
    gist->id = doc->id;
    gist->owner = doc->owner;
    gist->kind = doc->kind;
    gist->level = doc->level;
    gist->facts = doc->facts;
    take_codes(doc, arena, gist);
    arena_init(&scratch);
    take_texts(doc, &scratch, raw);
    titles = level_fill(&gist->levels[0], &raw[0], &scratch, arena);
    gist->titles = (uint16_t)(titles < UINT16_MAX ? titles : UINT16_MAX);
    for (unsigned l = 1; l < LEVELS; l++)
        level_fill(&gist->levels[l], &raw[l], &scratch, arena);
    arena_release(&scratch);
    return true;
}

/* --- as bytes --- */

struct fixed { /* the part of a gist that has one size; all of it is written, so it has no padding */
    int64_t id, owner, amount;
    int32_t day;
    uint32_t ways, region;
    uint16_t titles, code_count;
    uint8_t kind, level, trl_from, trl_to, pays, none[3];
    uint32_t count[LEVELS], length[LEVELS];
};
_Static_assert(sizeof(struct fixed) == 80, "no padding");

static void put_str(struct text *out, struct match_str str)
{
    text_putc(out, (char)str.len);
    text_add(out, str.at, str.len);
}

enum { TERM_BYTES = 10 };

static void put_level(const struct gist_level *level, struct text *out)
{
    uint8_t pieces[64 * TERM_BYTES];
    size_t len = 0;

    for (uint32_t i = 0; i < level->count; i++) {
        const struct gist_term *term = &level->terms[i];

        memcpy(pieces + len, &term->term, 8);
        pieces[len + 8] = term->tf;
        pieces[len + 9] = term->class_;
        len += TERM_BYTES;
        if (len == sizeof pieces || i + 1 == level->count) {
            text_add(out, pieces, len);
            len = 0;
        }
    }
}

void gist_write(const struct gist *gist, struct text *out)
{
    const struct match_facts *facts = &gist->facts;
    struct fixed fixed = {
        gist->id, gist->owner, facts->amount, facts->day, facts->ways, facts->region, gist->titles, gist->code_count,
        (uint8_t)gist->kind, (uint8_t)gist->level, (uint8_t)facts->trl_from, (uint8_t)facts->trl_to, facts->pays,
    };

    for (unsigned l = 0; l < LEVELS; l++) {
        fixed.count[l] = gist->levels[l].count;
        fixed.length[l] = gist->levels[l].length;
    }
    text_add(out, &fixed, sizeof fixed);
    for (unsigned c = 0; c < gist->code_count; c++) {
        put_str(out, gist->codes[c].tree);
        put_str(out, gist->codes[c].path);
    }
    for (unsigned l = 0; l < LEVELS; l++)
        put_level(&gist->levels[l], out);
}

static bool take(struct slice *rest, void *out, size_t len)
{
    if (rest->len < len)
        return false;
    if (len)
        memcpy(out, rest->at, len);
    rest->at += len;
    rest->len -= len;
    return true;
}

static bool take_str(struct slice *rest, struct arena *arena, struct match_str *str)
{
    uint8_t len;
    char *copy;

    if (!take(rest, &len, 1) || rest->len < len)
        return false;
    copy = arena_alloc(arena, (size_t)len + 1);
    *str = (struct match_str){copy, len};
    return take(rest, copy, len);
}

static bool take_level(struct slice *rest, struct arena *arena, struct gist_level *level)
{
    if (level->count > rest->len / TERM_BYTES)
        return false;
    level->terms = arena_alloc(arena, (size_t)level->count * sizeof *level->terms + 1);
    for (uint32_t i = 0; i < level->count; i++) {
        struct gist_term *term = &level->terms[i];

        if (!take(rest, &term->term, 8) || !take(rest, &term->tf, 1) || !take(rest, &term->class_, 1))
            return false;
        if (term->tf == 0 || term->class_ >= MATCH_CLASSES || (i && term->term <= level->terms[i - 1].term))
            return false;
    }
    return true;
}

static void spread(const struct fixed *fixed, struct gist *gist)
{
    memset(gist, 0, sizeof *gist);
    gist->id = fixed->id;
    gist->owner = fixed->owner;
    gist->kind = fixed->kind;
    gist->level = (enum match_level)fixed->level;
    gist->titles = fixed->titles;
    gist->code_count = fixed->code_count;
    gist->facts = (struct match_facts){fixed->trl_from, fixed->trl_to, fixed->amount, fixed->day,
                                       fixed->ways,     fixed->region, fixed->pays != 0};
    for (unsigned l = 0; l < LEVELS; l++) {
        gist->levels[l].count = fixed->count[l];
        gist->levels[l].length = fixed->length[l];
    }
}

bool gist_read(struct slice *rest, struct arena *arena, struct gist *gist)
{
    struct fixed fixed;

    if (!take(rest, &fixed, sizeof fixed) || fixed.kind >= MATCH_KINDS || fixed.code_count > MATCH_CODES
        || !is_level((enum match_level)fixed.level))
        return false;
    spread(&fixed, gist);
    gist->codes = arena_zero(arena, (size_t)gist->code_count + 1, sizeof *gist->codes);
    for (unsigned c = 0; c < gist->code_count; c++)
        if (!take_str(rest, arena, &gist->codes[c].tree) || !take_str(rest, arena, &gist->codes[c].path))
            return false;
    for (unsigned l = 0; l < LEVELS; l++)
        if (!take_level(rest, arena, &gist->levels[l]))
            return false;
    return true;
}
