#include "match/hit.h"

void hit_prefetch(const struct search *search, const struct rival *rival)
{
    const struct segment *segment = search->snapshot->parts[rival->part].segment;
    const uint8_t *list = segment->forward + segment->rows[rival->doc].forward;

    for (size_t line = 0; line < 6; line++)
        __builtin_prefetch(list + 64 * line);
}

void hit_fill(struct search *search, const struct rival *rival, struct match_hit *hit, struct arena *memory)
{
    const struct segment *segment = search->snapshot->parts[rival->part].segment;
    const struct doc_row *row = &segment->rows[rival->doc];
    struct reach reach;

    reach_ready(&reach, &search->asked->asker, segment, search->arena);
    words_read(&search->words, &search->query, &search->lookups[rival->part], segment, rival->doc,
               reach_of(&reach, rival->doc), search->snapshot->pivots[hit->kind]);
    hit->id = rival->id;
    hit->score = rival->score;
    parts_fill(search, rival, hit);
    checks_fill(&search->asked->ask, segment, row, hit, memory);
    rating_fill(search, segment, row, hit);
}
