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

void filter_ready(struct filter *filter, const struct match_filter *want, const struct segment *segment,
                  struct arena *arena)
{
    *filter = (struct filter){.want = want, .segment = segment};
    filter->active = want->code.tree.len || want->region || want->trl_from || want->trl_to || want->ways || want->owner;
    if (want->code.tree.len == 0)
        return;
    filter->codes = arena_alloc(arena, (size_t)segment->meta->codes + 1);
    for (uint32_t c = 0; c < segment->meta->codes; c++)
        filter->codes[c] = code_says(segment_code(segment, c), &want->code);
}

static bool takes_codes(const struct filter *filter, const struct doc_row *row)
{
    uint8_t says = CODE_ELSEWHERE;

    for (unsigned c = 0; c < row->code_count; c++) {
        uint8_t one = filter->codes[filter->segment->doc_codes[row->codes + c]];

        says = one > says ? one : says;
    }
    return says == CODE_UNDER || (says == CODE_ELSEWHERE && !filter->want->strict);
}

static bool takes_trl(const struct match_filter *want, const struct doc_row *row)
{
    int from = row->trl_from ? row->trl_from : row->trl_to, to = row->trl_to ? row->trl_to : row->trl_from;

    if (from == 0)
        return !want->strict;
    return (want->trl_from == 0 || to >= want->trl_from) && (want->trl_to == 0 || from <= want->trl_to);
}

bool filter_takes(const struct filter *filter, const struct doc_row *row)
{
    const struct match_filter *want = filter->want;

    if (want->owner && row->owner != want->owner)
        return false;
    if (want->region && (row->region ? !region_contains(want->region, row->region) : want->strict))
        return false;
    if ((want->trl_from || want->trl_to) && !takes_trl(want, row))
        return false;
    if (want->ways && (row->ways ? !(row->ways & want->ways) : want->strict))
        return false;
    return !filter->codes || takes_codes(filter, row);
}
