#include "work/title_line.h"

#include <stdlib.h>

#include "base/clock.h"
#include "work/deal_int.h"

enum { DEALS = 64 };

static int written(const void *a, const void *b)
{
    const struct record *const *left = a, *const *right = b;

    return ((*left)->from_leaf > (*right)->from_leaf) - ((*left)->from_leaf < (*right)->from_leaf);
}

bool title_all(struct sql *sql, int64_t achievement, int64_t owner, struct arena *arena, const struct record ***titles,
               size_t *count, struct err *err)
{
    int64_t deals[DEALS];
    size_t deal_count, found;
    struct record *list;

    *count = 0;
    if (!deal_of_achievement(sql, achievement, owner, deals, DEALS, &deal_count, err))
        return false;
    *titles = arena_alloc(arena, (deal_count * RECORD_PAPERS + 1) * sizeof **titles);
    for (size_t i = 0; i < deal_count; i++) {
        if (!record_of_deal(sql, &kind_title, deals[i], RECORD_PAPERS, arena, &list, &found, err))
            return false;
        for (size_t k = 0; k < found; k++)
            (*titles)[(*count)++] = &list[k];
    }
    qsort(*titles, *count, sizeof **titles, written);
    return true;
}

size_t title_line(const struct record *const *titles, size_t count, int32_t known, struct title_span *spans)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        int32_t from = paper_day(titles[i], TITLE_AGREED_ON);

        if (day_of_ms(titles[i]->valid_from) > known)
            continue;
        while (n && spans[n - 1].from >= from)
            n--;
        if (n)
            spans[n - 1].until = from;
        spans[n++] = (struct title_span){titles[i], from, 0};
    }
    return n;
}

const struct title_span *title_on(const struct title_span *spans, size_t count, int32_t day)
{
    for (size_t i = 0; i < count; i++)
        if (spans[i].from <= day && (!spans[i].until || day < spans[i].until))
            return &spans[i];
    return NULL;
}
