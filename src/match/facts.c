#include "match/segment.h"

bool facts_make(struct facts *facts, const struct doc_row *rows, uint32_t count)
{
    uint32_t *words = malloc(count * (2 * sizeof *words + 3) + 1);
    uint8_t *bytes = (uint8_t *)(words + 2 * (size_t)count);

    if (!words)
        return false;
    for (uint32_t d = 0; d < count; d++) {
        const struct doc_row *row = &rows[d];

        words[d] = row->region;
        words[count + d] = row->codes;
        bytes[d] = row->trl_from ? row->trl_from : row->trl_to;
        bytes[count + d] = row->trl_to ? row->trl_to : row->trl_from;
        bytes[2 * (size_t)count + d] = (uint8_t)row->code_count;
    }
    *facts = (struct facts){words, words + count, bytes, bytes + count, bytes + 2 * (size_t)count};
    return true;
}

void facts_free(struct facts *facts)
{
    free((void *)facts->region);
    *facts = (struct facts){NULL};
}
