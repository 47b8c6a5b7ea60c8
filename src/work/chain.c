#include "work/chain.h"

#include "base/money.h"
#include "base/utf8.h"

static const char above[] = "以上", from[] = " from";
static const char everybody[] = N_("单位领导班子集体决策");

static bool cut_end(struct slice *text, const char *end)
{
    size_t len = strlen(end);

    if (text->len <= len || memcmp(text->at + text->len - len, end, len) != 0)
        return false;
    text->len -= len;
    return true;
}

/* "校长办公会 500万元以上", "Board from 5000000": the body and its least amount; without an amount 0. */
static bool line_read(struct slice line, struct slice *body, int64_t *least, struct err *err)
{
    struct slice whole = slice_trim(line), amount = whole;
    bool marked = cut_end(&amount, above);
    size_t blank = amount.len;

    while (blank > 0 && amount.at[blank - 1] != ' ')
        blank--;
    *body = slice_trim((struct slice){whole.at, blank});
    amount = (struct slice){amount.at + blank, amount.len - blank};
    if (marked || cut_end(body, from))
        return body->len && money_read(amount, least, err);
    *body = whole;
    *least = 0;
    return true;
}

static bool body_fits(struct slice body, struct err *err)
{
    if (utf8_count(body) <= CHAIN_BODY)
        return true;
    err_set(err, ERR_INVALID, "审批机构“%.*s”超过 %d 个字", (int)utf8_head(body, 20).len, body.at, CHAIN_BODY);
    return err_hint(err, "写机构的简称") || err_field(err, "approvals");
}

bool chain_read(struct slice lines, int64_t fen, struct chain *chain, struct err *err)
{
    struct slice line, body;
    int64_t least;

    chain->count = 0;
    while (slice_cut(&lines, '\n', &line)) {
        if (slice_trim(line).len == 0)
            continue;
        if (!line_read(line, &body, &least, err)) {
            err_set(err, ERR_INVALID, "转化审批链里“%.*s”的金额不对", (int)line.len, line.at);
            return err_hint(err, "写成：机构 起点金额以上，如：校长办公会 500万元以上") || err_field(err, "approvals");
        }
        if (!body_fits(body, err))
            return false;
        if (fen >= least && chain->count < CHAIN_MOST)
            chain->bodies[chain->count++] = body;
    }
    if (!chain->count)
        chain->bodies[chain->count++] = slice_of(everybody);
    return true;
}

size_t chain_amounts(struct slice lines, int64_t fen[CHAIN_MOST])
{
    struct slice line, body;
    struct err ignored;
    size_t count = 0;

    while (count < CHAIN_MOST && slice_cut(&lines, '\n', &line))
        count += line_read(line, &body, &fen[count], &ignored) && fen[count] > 0;
    return count;
}
