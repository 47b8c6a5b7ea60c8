/* Rows of a table that are no records: totals, and lines about the table itself. */
#include "base/utf8.h"
#include "work/import_int.h"

enum { WORDS_MOST = 20 }; /* characters: a longer cell is no such word, and a colon behind them says nothing */

/* Without blanks and punctuation, as utf8_key leaves them. */
static const char *const totals[] = {"合计", "总计", "小计", "共计", "累计", "总和", "total", "subtotal", "grandtotal"};
static const char *const abouts[] = {"填表人", "制表人", "审核人", "审核", "填报人", "填报日期", "填表日期", "填报单位", "联系人及电话",
                                     "负责人签字", "单位盖章", "注", "备注", "说明", "填表说明"};

static bool is_total(struct slice cell, struct arena *arena)
{
    struct slice key = utf8_key(utf8_nfkc(utf8_head(cell, WORDS_MOST), arena), arena);

    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++)
        if (slice_is(key, totals[i]))
            return true;
    return false;
}

/* "填表人：张三", "注1:…" */
static bool is_about(struct slice cell, struct arena *arena)
{
    struct slice folded = slice_trim(utf8_nfkc(utf8_head(cell, WORDS_MOST), arena));
    const char *colon = folded.len ? memchr(folded.at, ':', folded.len) : NULL;
    struct slice head;

    if (!colon)
        return false;
    head = utf8_key((struct slice){folded.at, (size_t)(colon - folded.at)}, arena);
    while (head.len && head.at[head.len - 1] >= '0' && head.at[head.len - 1] <= '9')
        head.len--;
    for (size_t i = 0; i < sizeof abouts / sizeof *abouts; i++)
        if (slice_is(head, abouts[i]))
            return true;
    return false;
}

/* What stands in the rest of a row of totals: numbers, perhaps with a unit; no words of their own. */
static bool is_figure(struct slice cell, struct arena *arena)
{
    struct slice folded = utf8_nfkc(utf8_head(cell, 1), arena);

    return folded.len && strchr("0123456789-+.¥", folded.at[0]);
}

bool row_is_aside(const struct import_plan *plan, const struct table_row *row, struct arena *arena)
{
    bool total = false, any = false;

    for (size_t i = 0; i < row->count && i < plan->count; i++) {
        struct slice cell = slice_trim(row->cells[i]);

        if (!cell.len)
            continue;
        if (!any)
            total = is_total(cell, arena);
        if (!any ? !total && !is_about(cell, arena)
                 : plan->columns[i].role != IMPORT_LEFT && !(total && is_figure(cell, arena)) && !is_about(cell, arena))
            return false;
        any = true;
    }
    return any;
}
