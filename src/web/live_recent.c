/* The newest leaves that told of matters, and in whose rooms. */
#include "web/live_int.h"

void live_recent_begin(struct live *live)
{
    live->recent_count = 0;
    live->recent_from = live->at;
}

void live_recent_add(struct live *live, uint64_t leaf, const struct matter_place *place)
{
    struct recent *one = &live->recent[live->recent_count % RECENT];

    if (live->recent_count >= RECENT)
        live->recent_from = one->leaf + 1;
    live->recent_count++;
    *one = (struct recent){leaf, *place};
}

bool live_recent_find(const struct live *live, const struct matter_place *place, uint64_t from, size_t most, uint64_t *indexes, size_t *count)
{
    size_t first = live->recent_count > RECENT ? live->recent_count - RECENT : 0;

    *count = 0;
    if (from < live->recent_from)
        return false;
    for (size_t i = first; i < live->recent_count && *count < most; i++) {
        const struct recent *one = &live->recent[i % RECENT];

        if (one->leaf >= from && one->leaf < live->at && one->place.sort == place->sort && one->place.id == place->id)
            indexes[(*count)++] = one->leaf;
    }
    return true;
}
