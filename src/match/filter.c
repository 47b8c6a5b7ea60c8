#include "match/filter.h"

enum { MANY_SHARE = 8 };
enum { CODE_ELSEWHERE, CODE_BESIDE, CODE_UNDER }; /* another tree; the same tree; the subtree wanted */

bool path_is_under(struct match_str path, struct match_str wanted)
{
    if (wanted.len && wanted.at[wanted.len - 1] == '/')
        wanted.len--;
    if (path.len < wanted.len || (wanted.len && memcmp(path.at, wanted.at, wanted.len) != 0))
        return false;
    return path.len == wanted.len || wanted.len == 0 || path.at[wanted.len] == '/';
}

bool region_contains(uint32_t whole, uint32_t part)
{
    if (whole % 10000 == 0)
        return whole / 10000 == part / 10000;
    if (whole % 100 == 0)
        return whole / 100 == part / 100;
    return whole == part;
}

static bool same_tree(struct match_str a, struct match_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static uint8_t code_says(struct match_code code, const struct match_code *wanted)
{
    if (!same_tree(code.tree, wanted->tree))
        return CODE_ELSEWHERE;
    return path_is_under(code.path, wanted->path) ? CODE_UNDER : CODE_BESIDE;
}

/* A division's districts: the codes that begin as its own does. */
static struct kernel_range regions_of(uint32_t whole, bool unsaid)
{
    return (struct kernel_range){whole, whole % 10000 == 0 ? 9999 : whole % 100 == 0 ? 99 : 0, unsaid};
}

static struct kernel_range trl_range(const struct match_filter *want)
{
    uint32_t most = want->trl_to ? (uint32_t)want->trl_to : UINT8_MAX;

    return (struct kernel_range){(uint32_t)want->trl_from, most - (uint32_t)want->trl_from, !want->strict};
}

static bool takes_list(const struct filter *filter, const uint8_t *says_of, const struct doc_row *row)
{
    uint8_t says = CODE_ELSEWHERE;

    for (unsigned c = 0; c < row->code_count; c++) {
        uint8_t one = says_of[filter->segment->doc_codes[row->codes + c]];

        says = one > says ? one : says;
    }
    return says == CODE_UNDER || (says == CODE_ELSEWHERE && !filter->want->strict);
}

static void make_lists(struct filter *filter, struct arena *arena)
{
    const struct segment *segment = filter->segment;
    uint8_t *says = arena_alloc(arena, (size_t)segment->meta->codes + 1);

    for (uint32_t c = 0; c < segment->meta->codes; c++)
        says[c] = code_says(segment_code(segment, c), &filter->want->code);
    filter->lists = arena_alloc(arena, (size_t)segment->facts.list_count + 1);
    for (uint32_t l = 0; l < segment->facts.list_count; l++)
        filter->lists[l] = takes_list(filter, says, &segment->rows[segment->facts.lists[l]]);
}

void filter_ready(struct filter *filter, const struct match_filter *want, const struct segment *segment,
                  struct arena *arena)
{
    *filter = (struct filter){.want = want, .segment = segment};
    filter->active = want->code.tree.len || want->region || want->trl_from || want->trl_to || want->ways || want->owner;
    filter->regions = regions_of(want->region, !want->strict);
    filter->trl = trl_range(want);
    if (want->code.tree.len)
        make_lists(filter, arena);
}

static bool takes_row(const struct match_filter *want, const struct doc_row *row)
{
    if (want->owner && row->owner != want->owner)
        return false;
    return !want->ways || (row->ways ? (row->ways & want->ways) != 0 : !want->strict);
}

/* Where many documents are left, all are gone through without a branch; else those alone. */
static void keep_lists(const struct filter *filter, const struct kernel *kernel, uint32_t first, uint32_t count, uint32_t *sums)
{
    const uint32_t *codes = filter->segment->facts.codes + first;
    const uint8_t *lists = filter->lists;

    if (kernel->count_nonzero(sums, count) > count / MANY_SHARE) {
        for (uint32_t i = 0; i < count; i++)
            sums[i] &= -(uint32_t)lists[codes[i]];
        return;
    }
    for (size_t i = 0; (i = kernel->next_at_least(sums, count, i, 1)) < count; i++)
        sums[i] &= -(uint32_t)lists[codes[i]];
}

static void keep_rows(const struct filter *filter, const struct kernel *kernel, uint32_t first, uint32_t count, uint32_t *sums)
{
    for (size_t i = 0; (i = kernel->next_at_least(sums, count, i, 1)) < count; i++)
        if (!takes_row(filter->want, &filter->segment->rows[first + i]))
            sums[i] = 0;
}

void filter_mask(const struct filter *filter, const struct kernel *kernel, uint32_t first, uint32_t count, uint32_t *sums)
{
    const struct match_filter *want = filter->want;
    const struct facts *facts = &filter->segment->facts;

    if (want->region)
        kernel->keep_regions(sums, facts->region + first, count, &filter->regions);
    if (want->trl_from || want->trl_to)
        kernel->keep_spans(sums, facts->trl_from + first, facts->trl_to + first, count, &filter->trl);
    if (filter->lists)
        keep_lists(filter, kernel, first, count, sums);
    if (want->owner || want->ways)
        keep_rows(filter, kernel, first, count, sums);
}

bool filter_takes(const struct filter *filter, const struct kernel *kernel, uint32_t doc)
{
    uint32_t sums[16] = {1}; /* next_at_least looks 15 further */

    filter_mask(filter, kernel, doc, 1, sums);
    return sums[0];
}
