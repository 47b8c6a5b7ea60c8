/*
 * Chinese patent documents: the front page names its parts by the INID codes of WIPO ST.9, then come claims and
 * description. Two columns of the front page may be interleaved in the text, so each part is looked for by itself.
 */
#include "base/text.h"
#include "record/extract_int.h"

enum { FRONT_LINES = 80, CODES_MOST = 10, NUMBER_MOST = 40 };

/* A part of the front page: the line that names it, and what stands behind the name. */
struct part {
    size_t index;
    struct slice value;
    const struct extract_line *line;
};

static bool part_find(const struct extract *extract, const char *name, struct part *part)
{
    for (size_t i = 0; i < extract->count && i < FRONT_LINES; i++)
        if (label_match(extract->lines[i].text, name, strlen(name), true, &part->value)) {
            part->index = i;
            part->line = &extract->lines[i];
            return true;
        }
    return false;
}

/* "(21)", "[22]", "（54）": the next part of the front page. */
static bool is_inid(struct slice line)
{
    size_t open = text_starts(line, "（") ? 3 : text_starts(line, "(") || text_starts(line, "[") ? 1 : 0;

    return open > 0 && line.len > open + 2 && line.at[open] >= '0' && line.at[open] <= '9' && line.at[open + 1] >= '0'
        && line.at[open + 1] <= '9';
}

static bool is_front_end(struct slice line)
{
    return text_starts(line, "权利要求书") || text_starts(line, "说明书") || text_starts(line, "CN ") || is_inid(line);
}

/* The part's words: behind its name and on the lines below, up to the next part. */
static struct slice part_text(const struct extract *extract, const struct part *part, size_t lines_most)
{
    struct text text;
    struct slice copy;

    text_init(&text);
    text_add_slice(&text, part->value);
    for (size_t i = part->index + 1; i < extract->count && i <= part->index + lines_most; i++) {
        const struct extract_line *line = &extract->lines[i];

        if (is_front_end(line->text) || line->page != part->line->page)
            break;
        text_puts(&text, text.len > 0 ? "\n" : "");
        text_add_slice(&text, line->text);
    }
    copy = arena_copy(extract->arena, text_slice(&text));
    text_release(&text);
    return copy;
}

/* Where the part's words begin, for the quote. */
static struct slice part_quote(const struct extract *extract, const struct part *part)
{
    if (part->value.len > 0 || part->index + 1 >= extract->count)
        return part->line->text;
    return extract->lines[part->index + 1].text;
}

static void part_suggest(struct extract *extract, const char *field, const char *name, size_t lines_most)
{
    struct part part;

    if (part_find(extract, name, &part))
        extract_suggest(extract, kind_field(extract->kind, field), part_text(extract, &part, lines_most),
                        part_quote(extract, &part), part.line->page);
}

/* ---- classification ---------------------------------------------------------------------- */

static bool is_listed(struct slice list, struct slice symbol)
{
    struct slice item;

    while (slice_cut(&list, '\n', &item))
        if (slice_same(item, symbol))
            return true;
    return false;
}

static void ipc_suggest(struct extract *extract)
{
    struct text codes;
    struct slice symbol, quote = {0};
    size_t count = 0;
    int page = 1;

    text_init(&codes);
    for (size_t i = 0; i < extract->count && i < FRONT_LINES; i++) {
        struct slice rest = extract->lines[i].text;

        while (count < CODES_MOST && ipc_cut(&rest, &symbol)) {
            if (is_listed(text_slice(&codes), symbol))
                continue;
            if (count++ > 0)
                text_putc(&codes, '\n');
            else
                quote = extract->lines[i].text, page = extract->lines[i].page;
            text_add_slice(&codes, symbol);
        }
    }
    extract_suggest(extract, kind_field(extract->kind, "ipc"), text_slice(&codes), quote, page);
    text_release(&codes);
}

/* ---- the right --------------------------------------------------------------------------- */

/* The first run of letters and digits with at least `digits` digits: "202311234567.8", "CN117151122A". */
static bool number_cut(struct slice text, size_t digits, struct slice *number)
{
    size_t n = 0, count = 0;

    while (text.len > 0 && !((*text.at >= '0' && *text.at <= '9') || (*text.at >= 'A' && *text.at <= 'Z')))
        text = text_from(text, 1);
    for (; n < text.len && n < NUMBER_MOST; n++) {
        char c = text.at[n];

        if (!((c >= '0' && c <= '9') || c == '.' || (c >= 'A' && c <= 'Z')))
            break;
        count += c >= '0' && c <= '9';
    }
    *number = (struct slice){text.at, n};
    return count >= digits;
}

static const char *sort_of(const struct extract *extract)
{
    static const char *const utility[] = {"实用新型"}, *const design[] = {"外观设计"};

    for (size_t i = 0; i < extract->count && i < FRONT_LINES; i++) {
        struct slice line = extract->lines[i].text;

        if (!text_starts(line, "(12)") && !text_starts(line, "（12）") && !text_starts(line, "[12]"))
            continue;
        if (text_holds_any(line, utility, 1))
            return "实用新型";
        return text_holds_any(line, design, 1) ? "外观设计" : "发明专利";
    }
    return "发明专利";
}

/* "发明专利 ZL202311234567.8 2023-09-22 授权", as record/right.h has it. */
static void right_suggest(struct extract *extract)
{
    struct part number_part, date_part, granted_part;
    bool granted = part_find(extract, "授权公告号", &granted_part);
    struct slice number;
    char day[11] = "";
    const char *right;

    if (!part_find(extract, "申请号", &number_part) && !part_find(extract, "专利号", &number_part))
        return;
    if (!number_cut(part_text(extract, &number_part, 1), 9, &number))
        return;
    if (part_find(extract, "申请日", &date_part))
        date_scan(part_text(extract, &date_part, 1), day);
    right = arena_print(extract->arena, "%s %s%.*s%s%s %s", sort_of(extract),
                        granted && !text_starts(number, "ZL") ? "ZL" : "", (int)number.len, number.at, day[0] ? " " : "",
                        day, granted ? "授权" : "公开");
    extract_suggest(extract, kind_field(extract->kind, "rights"), slice_of(right), number_part.line->text,
                    number_part.line->page);
}

/* ---- what it is for, and the first claim ------------------------------------------------- */

/* "本发明涉及人工智能技术领域" -> 人工智能 */
static void use_suggest(struct extract *extract)
{
    static const char *const opens[] = {"涉及", "属于"}, *const closes[] = {"技术领域", "领域"};

    for (size_t i = 0; i < extract->count; i++)
        for (size_t o = 0; o < 2; o++) {
            struct slice line = extract->lines[i].text, use;
            long open = text_find(line, opens[o]), close = -1;

            if (open < 0 || (!text_starts(line, "本") && text_find(line, "本发明") < 0 && text_find(line, "本实用新型") < 0))
                continue;
            use = text_from(line, (size_t)open + strlen(opens[o]));
            for (size_t c = 0; c < 2 && close < 0; c++)
                close = text_find(use, closes[c]);
            if (close <= 0 || close > 60)
                continue;
            use.len = (size_t)close;
            if (text_find(use, "，") < 0 && text_find(use, "。") < 0)
                extract_suggest(extract, kind_field(extract->kind, "uses"), use, line, extract->lines[i].page);
        }
}

static bool is_claim(struct slice line, const char *number)
{
    static const char *const marks[] = {".", "．", "、"};

    for (size_t i = 0; i < 3; i++)
        if (text_starts(line, number) && text_starts(text_from(line, strlen(number)), marks[i]))
            return true;
    return false;
}

static bool has_claims(const struct extract *extract, size_t *index)
{
    for (*index = 0; *index < extract->count; ++*index)
        if (is_claim(extract->lines[*index].text, "1") && text_find(extract->lines[*index].text, "其特征") >= 0)
            return true;
    return false;
}

/* The first claim says what the technique is; it is published, so nothing is given away. */
static void claim_suggest(struct extract *extract)
{
    struct text claim;
    size_t index;

    if (!has_claims(extract, &index))
        return;
    text_init(&claim);
    for (size_t i = index; i < extract->count && !is_claim(extract->lines[i].text, "2"); i++) {
        if (is_front_end(extract->lines[i].text))
            break;
        text_puts(&claim, claim.len > 0 ? "\n" : "");
        text_add_slice(&claim, extract->lines[i].text);
    }
    extract_suggest(extract, kind_field(extract->kind, "detail"), text_slice(&claim), extract->lines[index].text,
                    extract->lines[index].page);
    text_release(&claim);
}

/* ---- the document ------------------------------------------------------------------------ */

static bool is_patent(const struct extract *extract)
{
    static const char *const signs[] = {"发明名称", "实用新型名称", "使用外观设计的产品名称"},
                      *const numbers[] = {"申请号", "申请公布号", "授权公告号", "专利号"};
    struct part part;
    bool named = false, numbered = false;

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        named = named || part_find(extract, signs[i], &part);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        numbered = numbered || part_find(extract, numbers[i], &part);
    return named && numbered;
}

bool extract_patent(struct extract *extract)
{
    if (extract->kind->id != KIND_ACHIEVEMENT || !is_patent(extract))
        return false;
    part_suggest(extract, "title", "发明名称", 2);
    part_suggest(extract, "title", "实用新型名称", 2);
    part_suggest(extract, "title", "使用外观设计的产品名称", 2);
    part_suggest(extract, "abstract", "摘要", 40);
    part_suggest(extract, "team", "发明人", 4);
    part_suggest(extract, "team", "设计人", 4);
    ipc_suggest(extract);
    right_suggest(extract);
    use_suggest(extract);
    claim_suggest(extract);
    return true;
}
