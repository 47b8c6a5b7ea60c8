/* What was read out of a text, for the tests of record/extract.h. */
#ifndef TQ_TEST_EXTRACTED_H
#define TQ_TEST_EXTRACTED_H

#include "cases.h"

#include "base/arena.h"
#include "record/extract.h"

static struct arena arena;
static struct suggestion found[FIELDS_MAX];
static size_t count;

static void read_as(const struct kind *kind, const char *text)
{
    arena_reset(&arena);
    extract_fields(kind, slice_of(text), &arena, found, &count);
}

static const struct suggestion *suggested(size_t field)
{
    for (size_t i = 0; i < count; i++)
        if (found[i].field == field)
            return &found[i];
    return NULL;
}

static void is(size_t field, const char *typed)
{
    const struct suggestion *suggestion = suggested(field);

    if (!suggestion && typed)
        fail_msg("field %zu: nothing, not %s", field, typed);
    if (suggestion && !typed)
        fail_msg("field %zu: %.*s, not nothing", field, (int)suggestion->typed.len, suggestion->typed.at);
    if (suggestion && !slice_is(suggestion->typed, typed))
        fail_msg("field %zu: %.*s, not %s", field, (int)suggestion->typed.len, suggestion->typed.at, typed);
}

#endif
