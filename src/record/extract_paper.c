/* Papers: title and authors above the abstract, then abstract and keywords by their names. */
#include "base/text.h"
#include "base/utf8.h"
#include "record/extract_int.h"

enum { TITLE_LEAST = 6, TITLE_MOST = 150, NAME_MOST = 40 };

static const char *const abstract_names[] = {"摘要", "内容摘要", "Abstract", "Summary"};
static const char *const keyword_names[] = {"关键词", "关键字", "Keywords", "Key words", "Index Terms"};

static bool line_is(struct slice line, const char *const *names, size_t count, struct slice *value)
{
    for (size_t i = 0; i < count; i++)
        if (label_match(line, names[i], strlen(names[i]), true, value))
            return true;
    return false;
}

/* The first line that is the abstract (or the keywords); its index, or count. */
static size_t line_find(const struct extract *extract, const char *const *names, size_t count, struct slice *value)
{
    size_t i = 0;

    while (i < extract->count && !line_is(extract->lines[i].text, names, count, value))
        i++;
    return i;
}

static void abstract_suggest(struct extract *extract, size_t index, struct slice value)
{
    struct text text;
    struct slice ignored;
    size_t quoted = value.len > 0 || index + 1 >= extract->count ? index : index + 1;

    text_init(&text);
    text_add_slice(&text, value);
    for (size_t i = index + 1; i < extract->count && i < index + 12; i++) {
        struct slice line = extract->lines[i].text;

        if (label_ends_value(extract, line) || line_is(line, keyword_names, 5, &ignored))
            break;
        text_puts(&text, text.len > 0 ? "\n" : "");
        text_add_slice(&text, line);
    }
    extract_suggest(extract, kind_field(extract->kind, "abstract"), text_slice(&text), extract->lines[quoted].text,
                    extract->lines[quoted].page);
    text_release(&text);
}

/* ---- title and authors ------------------------------------------------------------------- */

static bool is_masthead(struct slice line)
{
    static const char *const signs[] = {"doi", "DOI", "ISSN", "ISBN", "http", "Vol.", "收稿", "基金项目", "第 1 期", "期刊",
                                        "学报(", "学报（", "中图分类号", "文章编号"};
    size_t chars = utf8_count(line);

    return chars < TITLE_LEAST || chars > TITLE_MOST || text_holds_any(line, signs, sizeof signs / sizeof *signs)
        || (text_find(line, "卷") >= 0 && text_find(line, "期") >= 0);
}

/* Marks of affiliation behind a name: digits, *, †, commas between them. */
static struct slice name_clean(struct slice name)
{
    name = slice_trim(name);
    while (name.len > 0 && (unsigned char)name.at[name.len - 1] < 0x80 && strchr("0123456789*,. ", name.at[name.len - 1]))
        name.len--;
    return slice_trim(name);
}

/* Two to four characters, with a dot for foreign names; or two to four capitalised English words. */
static bool is_name(struct slice name)
{
    size_t chars = utf8_count(name), words = 0;
    struct slice rest = name, word;

    if (name.len == 0)
        return false;
    if ((unsigned char)name.at[0] >= 0xE4 && (unsigned char)name.at[0] <= 0xE9)
        return chars >= 2 && (chars <= 4 || text_find(name, "·") > 0) && text_find(name, "大学") < 0;
    while (slice_cut(&rest, ' ', &word)) {
        if (word.len == 0 || word.at[0] < 'A' || word.at[0] > 'Z')
            return false;
        words++;
    }
    return words >= 2 && words <= 4 && name.len <= NAME_MOST;
}

static bool name_cut(struct slice *rest, struct slice *name)
{
    static const char *const partings[] = {"，", "、", "；", ",", ";", " and ", "\u3000", "  "};

    if (!rest->at)
        return false;
    for (size_t i = 0; i < rest->len; i++)
        for (size_t p = 0; p < sizeof partings / sizeof *partings; p++)
            if (text_starts(text_from(*rest, i), partings[p])) {
                *name = (struct slice){rest->at, i};
                *rest = text_from(*rest, i + strlen(partings[p]));
                return true;
            }
    *name = *rest;
    rest->at = NULL;
    return true;
}

/* The names of a line of authors, parted by "；"; "" unless nearly everything in it is a name. */
static struct slice names_of(struct extract *extract, struct slice line)
{
    struct text names;
    struct slice name, copy;
    size_t good = 0, bad = 0;

    text_init(&names);
    while (name_cut(&line, &name)) {
        name = name_clean(name);
        if (name.len == 0)
            continue;
        if (!is_name(name)) {
            bad++;
            continue;
        }
        good++;
        text_puts(&names, names.len > 0 ? "；" : "");
        text_add_slice(&names, name);
    }
    copy = good > 0 && bad * 4 <= good ? arena_copy(extract->arena, text_slice(&names)) : SLICE("");
    text_release(&names);
    return copy;
}

/* Chinese authors may be parted by single spaces: "张三1 李四2 王五1". */
static struct slice names_spaced(struct extract *extract, struct slice line)
{
    struct text commas;
    struct slice names;

    text_init(&commas);
    for (size_t i = 0; i < line.len; i++)
        text_putc(&commas, line.at[i] == ' ' ? ',' : line.at[i]);
    names = names_of(extract, text_slice(&commas));
    text_release(&commas);
    return names;
}

static void head_suggest(struct extract *extract, size_t abstract)
{
    size_t title = 0;

    while (title < abstract && is_masthead(extract->lines[title].text))
        title++;
    if (title >= abstract)
        return;
    extract_suggest(extract, kind_field(extract->kind, "title"), extract->lines[title].text, extract->lines[title].text,
                    extract->lines[title].page);
    for (size_t i = title + 1; i < abstract && i <= title + 2; i++) {
        struct slice line = extract->lines[i].text, names = names_of(extract, line);

        names = names.len > 0 ? names : names_spaced(extract, line);
        extract_suggest(extract, kind_field(extract->kind, "team"), names, line, extract->lines[i].page);
    }
}

void extract_paper(struct extract *extract)
{
    struct slice abstract = {0}, keywords = {0};
    size_t abstract_at, keywords_at;

    if (extract->kind->id != KIND_ACHIEVEMENT)
        return;
    abstract_at = line_find(extract, abstract_names, 4, &abstract);
    keywords_at = line_find(extract, keyword_names, 5, &keywords);
    if (abstract_at == extract->count || keywords_at == extract->count)
        return;
    abstract_suggest(extract, abstract_at, abstract);
    extract_suggest(extract, kind_field(extract->kind, "keywords"), keywords, extract->lines[keywords_at].text,
                    extract->lines[keywords_at].page);
    head_suggest(extract, abstract_at);
}
