#include "work/similar.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/ident.h"
#include "base/utf8.h"
#include "record/achievement.h"
#include "work/box.h"

enum { CANDIDATES = 8, PAIRS_LEAST = 8, WHOLE = 10000 };

/* --- how much of the text --- */

static bool is_letter(uint32_t code)
{
    if (code < 0x80)
        return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z');
    return code > 0x2fff && !(code >= 0x3000 && code <= 0x303f) && !(code >= 0xff00 && code <= 0xffef);
}

static int by_pair(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* Neighbours, without what stands between words; sorted. */
static uint64_t *pairs_of(struct slice text, size_t *count, struct arena *arena)
{
    uint64_t *pairs = arena_alloc(arena, (text.len + 1) * sizeof *pairs);
    uint32_t before = 0, code;

    *count = 0;
    for (size_t i = 0; i < text.len;) {
        i += utf8_next(text.at + i, &code);
        code += code >= 'A' && code <= 'Z' ? 'a' - 'A' : 0;
        if (!is_letter(code))
            continue;
        if (before)
            pairs[(*count)++] = (uint64_t)before << 32 | code;
        before = code;
    }
    qsort(pairs, *count, sizeof *pairs, by_pair);
    return pairs;
}

int64_t similar_share(struct slice a, struct slice b, struct arena *arena)
{
    size_t a_count, b_count, i = 0, j = 0, both = 0, least;
    const uint64_t *of_a = pairs_of(a, &a_count, arena), *of_b = pairs_of(b, &b_count, arena);

    least = a_count < b_count ? a_count : b_count;
    if (least < PAIRS_LEAST)
        return 0;
    while (i < a_count && j < b_count)
        if (of_a[i] == of_b[j])
            both++, i++, j++;
        else if (of_a[i] < of_b[j])
            i++;
        else
            j++;
    return (int64_t)(both * WHOLE / least);
}

/* --- which ones --- */

static struct slice text_of(const struct record *record, const struct actor *actor, const struct object *object, struct arena *arena)
{
    static const size_t fields[] = {ACHIEVEMENT_TITLE, ACHIEVEMENT_ABSTRACT};
    const char *text = "";

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (record->values[fields[i]].known && (!object || may_see_field(actor, object, record, fields[i])))
            text = arena_print(arena, "%s%.*s\n", text, (int)record->values[fields[i]].text.len, record->values[fields[i]].text.at);
    return slice_of(text);
}

struct comparing {
    struct sql *sql;
    const struct actor *actor;
    struct slice text;
    struct arena *arena;
    struct similar *list;
    size_t *count;
};

static void put(const struct comparing *comparing, struct similar found)
{
    size_t at = *comparing->count;

    while (at > 0 && comparing->list[at - 1].share < found.share)
        at--;
    if (at >= SIMILAR_MOST)
        return;
    if (*comparing->count < SIMILAR_MOST)
        ++*comparing->count;
    for (size_t i = *comparing->count - 1; i > at; i--)
        comparing->list[i] = comparing->list[i - 1];
    comparing->list[at] = found;
}

static bool compare(const struct comparing *comparing, int64_t id, struct err *err)
{
    struct similar found = {.id = id, .unit = SLICE("")};
    struct record record;
    struct object object;
    struct err hidden;

    if (!record_get(comparing->sql, &kind_achievement, id, comparing->arena, &record, err)
        || !object_of(comparing->sql, &record, comparing->actor, &object, err))
        return false;
    if (!may(comparing->actor, ACT_SEE, &object, &hidden))
        return true;
    found.share = similar_share(comparing->text, text_of(&record, comparing->actor, &object, comparing->arena), comparing->arena);
    if (found.share < SIMILAR_LEAST)
        return true;
    found.title = record.values[ACHIEVEMENT_TITLE].text;
    if (may_see_owner(comparing->actor, &object, &record))
        found.unit = record_title(comparing->sql, &kind_party, record.owner, comparing->arena);
    put(comparing, found);
    return true;
}

bool similar_find(struct city *city, struct sql *sql, const struct actor *actor, const struct record *draft, int32_t today,
                  struct arena *arena, struct similar list[SIMILAR_MOST], size_t *count, struct err *err)
{
    struct comparing comparing = {sql, actor, text_of(draft, actor, NULL, arena), arena, list, count};
    struct box_question question = {.actor = actor, .text = comparing.text, .today = today, .k = CANDIDATES,
                                    .columns = 1u << COLUMN_ACHIEVEMENT};
    json_t *document, *cards, *card;
    bool ok = true;
    size_t i;

    *count = 0;
    if (!box_answer(city, sql, &question, arena, &document, err))
        return false;
    cards = json_object_get(json_object_get(json_object_get(document, "columns"), "achievement"), "cards");
    json_array_foreach(cards, i, card) {
        const char *text = json_string_value(json_object_get(card, "id"));
        int64_t id;

        ok = ok && (!text || !ident_parse(slice_of(text), &id) || compare(&comparing, id, err));
    }
    json_decref(document);
    return ok;
}
