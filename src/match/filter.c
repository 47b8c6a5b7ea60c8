#include "match/filter.h"

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

void filter_ready(struct filter *filter, const struct match_filter *want, const struct segment *segment,
                  struct arena *arena)
{
    *filter = (struct filter){.want = want, .segment = segment};
    filter->active = want->code.tree.len || want->region || want->trl_from || want->trl_to || want->ways || want->owner;
    filter->regions = regions_of(want->region, !want->strict);
    filter->trl = trl_range(want);
    if (want->code.tree.len == 0)
        return;
    filter->codes = arena_alloc(arena, (size_t)segment->meta->codes + 1);
    for (uint32_t c = 0; c < segment->meta->codes; c++)
        filter->codes[c] = code_says(segment_code(segment, c), &want->code);
}

static bool takes_codes(const struct filter *filter, uint32_t doc)
{
    const struct facts *facts = &filter->segment->facts;
    const uint32_t *codes = filter->segment->doc_codes + facts->codes[doc];
    uint8_t says = CODE_ELSEWHERE;

    for (unsigned c = 0; c < facts->code_count[doc]; c++) {
        uint8_t one = filter->codes[codes[c]];

        says = one > says ? one : says;
    }
    return says == CODE_UNDER || (says == CODE_ELSEWHERE && !filter->want->strict);
}

static bool asks_rows(const struct filter *filter)
{
    return filter->codes || filter->want->owner || filter->want->ways;
}

static bool takes_row(const struct filter *filter, uint32_t doc)
{
    const struct match_filter *want = filter->want;
    const struct doc_row *row = &filter->segment->rows[doc];

    if (filter->codes && !takes_codes(filter, doc))
        return false;
    if (want->owner && row->owner != want->owner)
        return false;
    return !want->ways || (row->ways ? (row->ways & want->ways) != 0 : !want->strict);
}

void filter_mask(const struct filter *filter, const struct kernel *kernel, uint32_t first, uint32_t count, uint32_t *sums)
{
    const struct match_filter *want = filter->want;
    const struct facts *facts = &filter->segment->facts;

    if (want->region)
        kernel->keep_regions(sums, facts->region + first, count, &filter->regions);
    if (want->trl_from || want->trl_to)
        kernel->keep_spans(sums, facts->trl_from + first, facts->trl_to + first, count, &filter->trl);
    if (!asks_rows(filter))
        return;
    for (uint32_t i = 0; i < count; i++)
        if (sums[i] && !takes_row(filter, first + i))
            sums[i] = 0;
}

bool filter_takes(const struct filter *filter, const struct kernel *kernel, uint32_t doc)
{
    uint32_t sum = 1;

    filter_mask(filter, kernel, doc, 1, &sum);
    return sum;
}
