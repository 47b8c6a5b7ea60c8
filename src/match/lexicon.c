#include "match/lexicon.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "match/bytes.h"
#include "match/checksum.h"
#include "match/fail.h"
#include "match/layout.h"

/* --- the file --- */

uint64_t lexicon_size(const struct lexicon_head *head)
{
    return sizeof *head + layout_padded(head->keys * UINT64_C(8)) + layout_padded((head->keys + UINT64_C(1)) * 4)
        + layout_padded(head->senses * (uint64_t)sizeof(struct sense)) + layout_padded(head->terms * UINT64_C(8))
        + layout_padded(head->bytes);
}

void lexicon_parts(struct lexicon *lexicon)
{
    const struct lexicon_head *head = lexicon->head = (const void *)lexicon->base;
    const uint8_t *at = lexicon->base + sizeof *head;

    lexicon->keys = (const void *)at;
    at += layout_padded(head->keys * UINT64_C(8));
    lexicon->starts = (const void *)at;
    at += layout_padded((head->keys + UINT64_C(1)) * 4);
    lexicon->senses = (const void *)at;
    at += layout_padded(head->senses * (uint64_t)sizeof(struct sense));
    lexicon->terms = (const void *)at;
    lexicon->bytes = (const char *)at + layout_padded(head->terms * UINT64_C(8));
}

static bool head_good(const struct lexicon_head *head, size_t size, const char *name, struct match_err *err)
{
    if (memcmp(head->magic, LEXICON_MAGIC, sizeof head->magic) != 0)
        return match_fail(err, MATCH_CORRUPT, "%s: not a lexicon", name);
    if (head->version != LEXICON_VERSION)
        return match_fail(err, MATCH_CORRUPT, "%s: a lexicon of version %u, this program reads %d: bring it anew", name,
                          head->version, LEXICON_VERSION);
    return lexicon_size(head) == size
        || match_fail(err, MATCH_CORRUPT, "%s: cut short, or longer than it was written", name);
}

/* A checksum finds accidents alone: what is looked up by number must be there, whoever wrote it. */
static bool is_whole(const struct lexicon *lexicon)
{
    const struct lexicon_head *head = lexicon->head;

    for (uint32_t k = 0; k < head->keys; k++)
        if ((k && lexicon->keys[k] <= lexicon->keys[k - 1]) || lexicon->starts[k] > lexicon->starts[k + 1]
            || lexicon->starts[k + 1] - lexicon->starts[k] > LEXICON_SENSES)
            return false;
    for (uint32_t s = 0; s < head->senses; s++) {
        const struct sense *sense = &lexicon->senses[s];

        if (sense->term_count > LEXICON_TERMS || (uint64_t)sense->terms + sense->term_count > head->terms
            || (uint64_t)sense->at + sense->len > head->bytes)
            return false;
    }
    return lexicon->starts[0] == 0 && lexicon->starts[head->keys] == head->senses;
}

static bool read_lexicon(struct lexicon *lexicon, const char *name, struct match_err *err)
{
    const struct lexicon_head *head = (const void *)lexicon->base;

    if (!head_good(head, lexicon->size, name, err))
        return false;
    lexicon_parts(lexicon);
#ifndef TQ_TEETH_LEXICON_SUM
    if (checksum(lexicon->base + LEXICON_SUMMED, lexicon->size - LEXICON_SUMMED) != head->sum)
        return match_fail(err, MATCH_CORRUPT, "%s: does not match its checksum", name);
#endif
    return is_whole(lexicon) || match_fail(err, MATCH_CORRUPT, "%s: its numbers do not fit together", name);
}

struct lexicon *lexicon_map(int folder, const char *name, struct match_err *err)
{
    struct lexicon *lexicon = calloc(1, sizeof *lexicon);

    if (!lexicon)
        abort();
    atomic_init(&lexicon->holders, 1);
    if (bytes_map(folder, name, sizeof(struct lexicon_head), &lexicon->base, &lexicon->size, err) && read_lexicon(lexicon, name, err))
        return lexicon;
    lexicon_let_go(lexicon);
    return NULL;
}

struct lexicon *lexicon_hold(struct lexicon *lexicon)
{
    if (lexicon)
        atomic_fetch_add_explicit(&lexicon->holders, 1, memory_order_relaxed);
    return lexicon;
}

void lexicon_let_go(struct lexicon *lexicon)
{
    if (!lexicon || atomic_fetch_sub_explicit(&lexicon->holders, 1, memory_order_acq_rel) != 1)
        return;
    if (lexicon->base)
        munmap(lexicon->base, lexicon->size);
    free(lexicon);
}

/* --- phrases --- */

uint32_t lexicon_find(const struct lexicon *lexicon, uint64_t key)
{
    uint32_t low = 0, high = lexicon->head->keys;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (lexicon->keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < lexicon->head->keys && lexicon->keys[low] == key ? low : LEXICON_NONE;
}
