/* The best k of one kind, and what a document must have to become one of them. */
#include "match/search_int.h"

static bool is_better(const struct rival *a, const struct rival *b)
{
    return a->score != b->score ? a->score > b->score : a->id < b->id;
}

static void sink(struct top *top, size_t at)
{
    struct rival moving = top->heap[at];

    for (size_t child; (child = 2 * at + 1) < top->count; at = child) {
        if (child + 1 < top->count && is_better(&top->heap[child], &top->heap[child + 1]))
            child++;
        if (!is_better(&moving, &top->heap[child]))
            break;
        top->heap[at] = top->heap[child];
    }
    top->heap[at] = moving;
}

bool top_offer(struct top *top, const struct rival *rival)
{
    size_t at = top->count;

    if (top->count == top->k) {
        if (!is_better(rival, &top->heap[0]))
            return false;
        top->heap[0] = *rival;
        sink(top, 0);
        return true;
    }
    top->count++;
    for (; at && is_better(&top->heap[(at - 1) / 2], rival); at = (at - 1) / 2)
        top->heap[at] = top->heap[(at - 1) / 2];
    top->heap[at] = *rival;
    return true;
}

void top_sort(struct top *top)
{
    size_t count = top->count;

    while (top->count > 1) {
        struct rival worst = top->heap[0];

        top->heap[0] = top->heap[--top->count];
        sink(top, 0);
        top->heap[top->count] = worst;
    }
    top->count = count;
}

uint32_t top_least(const struct top *top)
{
    uint32_t worst;

    if (top->count < top->k)
        return 1;
    worst = top->heap[0].sum;
    worst -= (worst >> 20) + (worst > 1);
    return worst ? worst : 1;
}

uint32_t top_least_sum(const struct top *top)
{
    return top->sum_count < top->k ? 1 : top->sums[0] < UINT32_MAX ? top->sums[0] + 1 : UINT32_MAX;
}

bool top_note(struct top *top, uint32_t sum)
{
    size_t at;

    if (sum < top_least_sum(top))
        return false;
    if (top->sum_count < top->k) {
        for (at = top->sum_count++; at && top->sums[(at - 1) / 2] > sum; at = (at - 1) / 2)
            top->sums[at] = top->sums[(at - 1) / 2];
        top->sums[at] = sum;
        return top->sum_count == top->k;
    }
    at = 0;
    for (size_t child; (child = 2 * at + 1) < top->sum_count; at = child) {
        child += child + 1 < top->sum_count && top->sums[child + 1] < top->sums[child];
        if (top->sums[child] >= sum)
            break;
        top->sums[at] = top->sums[child];
    }
    top->sums[at] = sum;
    return true;
}
