#include "file/csv.h"

static const char quote_hint[] = N_("在该处补上或删去引号；引号内的引号要写两个。也可以用表格软件打开后另存为“CSV UTF-8”");

void csv_init(struct csv *csv, char delimiter)
{
    memset(csv, 0, sizeof *csv);
    csv->delimiter = delimiter;
    csv->line = 1;
    csv->stop[(unsigned char)delimiter] = csv->stop['\n'] = csv->stop['\r'] = csv->stop[0] = csv->stop['"'] = true;
    text_init(&csv->text);
}

void csv_release(struct csv *csv)
{
    text_release(&csv->text);
}

struct slice csv_cell(const struct csv *csv, size_t index)
{
    size_t start = index ? csv->ends[index - 1] : 0;

    return (struct slice){text_slice(&csv->text).at + start, csv->ends[index] - start};
}

/* ---- flaws ------------------------------------------------------------------------------- */

/* The first flaw of a record is the one reported. */
static bool flaw_is_new(struct csv *csv)
{
    if (csv->flaw.code != ERR_NONE)
        return false;
    csv->flaw_column = csv->columns + 1;
    return true;
}

static void flaw_nul(struct csv *csv)
{
    if (!flaw_is_new(csv))
        return;
    err_set(&csv->flaw, ERR_INVALID, "第 %ld 行第 %zu 列有空字符(字节 00)", csv->line, csv->columns + 1);
    err_hint(&csv->flaw, "文件可能是 UTF-16 编码或已损坏：请用表格软件打开后另存为“CSV UTF-8”");
}

static void flaw_large(struct csv *csv, bool cell)
{
    csv->mute = true;
    csv->text.len = csv->cell_start;
    if (!flaw_is_new(csv))
        return;
    if (cell)
        err_set(&csv->flaw, ERR_TOO_LARGE, "第 %ld 行第 %zu 列的内容超过 1 MiB", csv->row_line, csv->columns + 1);
    else
        err_set(&csv->flaw, ERR_TOO_LARGE, "第 %ld 行的内容超过 16 MiB", csv->row_line);
    err_hint(&csv->flaw, "请把长文放进附件，单元格里只留摘要");
}

static void flaw_wide(struct csv *csv)
{
    if (!flaw_is_new(csv))
        return;
    csv->flaw_column = 0;
    err_set(&csv->flaw, ERR_TOO_LARGE, "第 %ld 行有 %zu 列，最多 %d 列", csv->row_line, csv->columns, CSV_COLUMNS_MOST);
    err_hint(&csv->flaw, "请检查分隔符，或删去多余的列");
}

static void flaw_after_quote(struct csv *csv)
{
    if (!flaw_is_new(csv))
        return;
    err_set(&csv->flaw, ERR_INVALID, "第 %ld 行第 %zu 列：引号后面还有别的文字", csv->line, csv->columns + 1);
    err_hint(&csv->flaw, "%s", quote_hint);
}

static enum csv_step quote_unclosed(struct csv *csv)
{
    csv->flaw_column = csv->quote_column;
    err_set(&csv->flaw, ERR_INVALID, "第 %ld 行第 %zu 列打开的引号没有闭合", csv->quote_line, csv->quote_column);
    err_hint(&csv->flaw, "%s", quote_hint);
    err_line(&csv->flaw, csv->quote_line);
    return CSV_BROKEN;
}

/* ---- cells and records ------------------------------------------------------------------- */

static void record_begin(struct csv *csv)
{
    csv->open = true;
    csv->mute = false;
    csv->state = CSV_CELL_START;
    csv->row_line = csv->line;
    csv->columns = csv->count = csv->cell_start = 0;
    csv->spaces = true;
    text_clear(&csv->text);
    err_clear(&csv->flaw);
}

static void cell_add(struct csv *csv, const char *at, size_t len)
{
    for (size_t i = 0; csv->spaces && i < len; i++)
        csv->spaces = at[i] == ' ';
    if (csv->mute)
        return;
    if (csv->text.len - csv->cell_start + len > CSV_CELL_MOST)
        flaw_large(csv, true);
    else if (csv->text.len + len > CSV_ROW_MOST)
        flaw_large(csv, false);
    else
        text_add(&csv->text, at, len);
}

static void cell_end(struct csv *csv)
{
    csv->columns++;
    if (csv->count < CSV_COLUMNS_MOST)
        csv->ends[csv->count++] = csv->text.len;
    else
        csv->text.len = csv->cell_start;
    csv->cell_start = csv->text.len;
    csv->spaces = true;
    csv->state = CSV_CELL_START;
    csv->mute = csv->text.len >= CSV_ROW_MOST;
}

static bool record_is_blank(const struct csv *csv)
{
    return csv->flaw.code == ERR_NONE && slice_trim(text_slice(&csv->text)).len == 0;
}

/* False if the record says nothing: then the next one begins. */
static bool record_end(struct csv *csv)
{
    cell_end(csv);
    csv->open = false;
    if (csv->columns > CSV_COLUMNS_MOST)
        flaw_wide(csv);
    if (csv->flaw.code != ERR_NONE)
        err_line(&csv->flaw, csv->row_line);
    return !record_is_blank(csv);
}

static bool line_ends(struct csv *csv, char c)
{
    csv->line++;
    csv->after_cr = c == '\r';
    return record_end(csv);
}

void csv_bad(struct csv *csv, struct slice bytes, const char *encoding)
{
    char hex[16] = "";
    size_t used = 0;

    csv->after_cr = false;
    if (!csv->open)
        record_begin(csv);
    if (csv->state == CSV_CELL_START)
        csv->state = CSV_PLAIN;
    if (!flaw_is_new(csv))
        return;
    for (size_t i = 0; i < bytes.len && i < 4; i++)
        used += (size_t)snprintf(hex + used, sizeof hex - used, i ? " %02X" : "%02X", (unsigned char)bytes.at[i]);
    err_set(&csv->flaw, ERR_INVALID, "第 %ld 行第 %zu 列有不属于 %s 编码的字节：%s", csv->line, csv->columns + 1,
            encoding, hex);
    err_hint(&csv->flaw, "请在原文件里重新输入这一格，再另存为“CSV UTF-8”");
}

/* ---- the states -------------------------------------------------------------------------- */

static void quote_open(struct csv *csv)
{
    csv->state = CSV_QUOTED;
    csv->quote_line = csv->line;
    csv->quote_column = csv->columns + 1;
}

/* One byte outside quotes that is not plain text. Returns true when a record is whole. */
static bool take_mark(struct csv *csv, char c)
{
    if (c == csv->delimiter) {
        cell_end(csv);
    } else if (c == '\n' || c == '\r') {
        return line_ends(csv, c);
    } else if (c == '"') {
        if (csv->state != CSV_CLOSED && csv->spaces && !csv->mute) {
            csv->text.len = csv->cell_start;
            quote_open(csv);
        } else {
            cell_add(csv, "\"", 1);
        }
    } else {
        flaw_nul(csv);
    }
    return false;
}

static bool take_plain(struct csv *csv, struct slice *input)
{
    size_t n = 0;

    while (n < input->len && !csv->stop[(unsigned char)input->at[n]])
        n++;
    if (n > 0) {
        csv->state = CSV_PLAIN;
        cell_add(csv, input->at, n);
    }
    input->at += n;
    input->len -= n;
    if (input->len == 0)
        return false;
    input->at++;
    input->len--;
    return take_mark(csv, input->at[-1]);
}

static size_t quoted_run(struct slice input)
{
    size_t n = 0;

    while (n < input.len && input.at[n] != '"' && input.at[n] != '\n' && input.at[n] != '\r' && input.at[n] != '\0')
        n++;
    return n;
}

static void take_quoted(struct csv *csv, struct slice *input)
{
    size_t n = quoted_run(*input);
    char c;

    if (n > 0) {
        csv->after_cr = false;
        cell_add(csv, input->at, n);
    }
    input->at += n;
    input->len -= n;
    if (input->len == 0)
        return;
    c = *input->at++;
    input->len--;
    if (c == '"') {
        csv->state = CSV_CLOSED;
    } else if (c == '\0') {
        flaw_nul(csv);
    } else {
        csv->line += !csv->by_record && (c == '\r' || !csv->after_cr);
        cell_add(csv, &c, 1);
    }
    csv->after_cr = c == '\r';
}

/* Behind a quote: its twin makes one quote of the text; else the cell must end. */
static enum csv_step take_closed(struct csv *csv, struct slice *input)
{
    char c = *input->at++;

    input->len--;
    if (c == '"') {
        csv->state = CSV_QUOTED;
        cell_add(csv, "\"", 1);
    } else if (c == csv->delimiter || c == '\n' || c == '\r') {
        return take_mark(csv, c) ? CSV_RECORD : CSV_MORE;
    } else if (c != ' ') {
        if (csv->quote_line != csv->line) /* the quote swallowed line ends: which cells are which is lost */
            return quote_unclosed(csv);
        flaw_after_quote(csv);
        csv->state = CSV_PLAIN;
        cell_add(csv, &c, 1);
    }
    return CSV_MORE;
}

static void swallow_lf(struct csv *csv, struct slice *input)
{
    csv->after_cr = false;
    if (*input->at == '\n') {
        input->at++;
        input->len--;
    }
}

enum csv_step csv_feed(struct csv *csv, struct slice *input)
{
    while (input->len > 0) {
        enum csv_step step = CSV_MORE;

        if (!csv->open) {
            if (csv->after_cr) {
                swallow_lf(csv, input);
                continue;
            }
            record_begin(csv);
        }
        if (csv->state == CSV_QUOTED)
            take_quoted(csv, input);
        else if (csv->state == CSV_CLOSED)
            step = take_closed(csv, input);
        else if (take_plain(csv, input))
            step = CSV_RECORD;
        if (step != CSV_MORE)
            return step;
    }
    return CSV_MORE;
}

enum csv_step csv_finish(struct csv *csv)
{
    if (!csv->open)
        return CSV_MORE;
    if (csv->state == CSV_QUOTED)
        return quote_unclosed(csv);
    return record_end(csv) ? CSV_RECORD : CSV_MORE;
}
