#include "match/segment.h"
#include "match/term.h"

/* Lists of codes so far, by what they hold; open addressing, a list's number + 1. */
struct lists {
    const struct segment *segment;
    struct facts *facts;
    uint32_t *slots, room;
};

static uint64_t list_hash(const struct lists *lists, const struct doc_row *row)
{
    uint64_t hash = row->code_count;

    for (unsigned c = 0; c < row->code_count; c++)
        hash = term_mix(hash ^ lists->segment->doc_codes[row->codes + c]);
    return hash;
}

static bool same_list(const struct lists *lists, const struct doc_row *a, const struct doc_row *b)
{
    const uint32_t *codes = lists->segment->doc_codes;

    return a->code_count == b->code_count
        && (a->code_count == 0 || memcmp(codes + a->codes, codes + b->codes, a->code_count * sizeof *codes) == 0);
}

static uint32_t list_number(struct lists *lists, uint32_t doc)
{
    const struct doc_row *rows = lists->segment->rows;
    struct facts *facts = lists->facts;
    uint32_t at = (uint32_t)list_hash(lists, &rows[doc]) & (lists->room - 1);

    for (; lists->slots[at]; at = (at + 1) & (lists->room - 1))
        if (same_list(lists, &rows[facts->lists[lists->slots[at] - 1]], &rows[doc]))
            return lists->slots[at] - 1;
    facts->lists[facts->list_count] = doc;
    lists->slots[at] = ++facts->list_count;
    return facts->list_count - 1;
}

/* Twice as many slots as documents, so that there is always a free one. */
static bool number_lists(struct facts *facts, const struct segment *segment, uint32_t *codes)
{
    struct lists lists = {segment, facts, NULL, 2};
    uint32_t *fitting;

    while (lists.room < 2 * (uint64_t)segment->meta->docs && lists.room < UINT32_C(1) << 31)
        lists.room *= 2;
    lists.slots = calloc(lists.room, sizeof *lists.slots);
    facts->lists = malloc((size_t)segment->meta->docs * sizeof *facts->lists + 1);
    if (!lists.slots || !facts->lists) {
        free(lists.slots);
        return false;
    }
    for (uint32_t d = 0; d < segment->meta->docs; d++)
        codes[d] = list_number(&lists, d);
    free(lists.slots);
    fitting = realloc(facts->lists, (size_t)facts->list_count * sizeof *fitting + 1);
    facts->lists = fitting ? fitting : facts->lists;
    return true;
}

bool facts_make(struct facts *facts, const struct segment *segment)
{
    uint32_t count = segment->meta->docs, *words = malloc((size_t)count * (2 * sizeof *words + 2) + 1);
    uint8_t *bytes = (uint8_t *)(words + 2 * (size_t)count);

    if (!words)
        return false;
    *facts = (struct facts){.region = words, .codes = words + count, .trl_from = bytes, .trl_to = bytes + count};
    for (uint32_t d = 0; d < count; d++) {
        const struct doc_row *row = &segment->rows[d];

        words[d] = row->region;
        bytes[d] = row->trl_from ? row->trl_from : row->trl_to;
        bytes[count + d] = row->trl_to ? row->trl_to : row->trl_from;
    }
    return number_lists(facts, segment, words + count);
}

void facts_free(struct facts *facts)
{
    free((void *)facts->region);
    free(facts->lists);
    *facts = (struct facts){NULL};
}
