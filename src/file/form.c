#include "file/form.h"

#include <strings.h>

static const char to_csv[] = N_("请用表格软件(WPS、Excel)打开，另存为 .xlsx 或“CSV UTF-8(逗号分隔)”后再导入");

/* Things people send under the name of a table. */
static const struct {
    const char *magic;
    size_t len;
    const char *what, *hint;
} strangers[] = {
    {"%PDF", 4, N_("PDF 文档"), N_("请导入表格(.xlsx、.csv、.jsonl)；要从 PDF 预填一份表单，请把它拖到填报页")},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, N_("旧版 Excel(.xls)或加了密码的工作簿"),
     N_("请用 WPS 或 Excel 打开，去掉密码，另存为 .xlsx 后再导入")},
    {"Rar!", 4, N_("RAR 压缩包"), N_("请先解压，再导入其中的表格")},
    {"7z\xBC\xAF\x27\x1C", 6, N_("7z 压缩包"), N_("请先解压，再导入其中的表格")},
    {"\x1F\x8B", 2, N_("gzip 压缩文件"), N_("请先解压，再导入其中的表格")},
    {"\x89PNG", 4, N_("图片"), N_("请导入表格(.xlsx、.csv、.jsonl)")},
    {"\xFF\xD8\xFF", 3, N_("图片"), N_("请导入表格(.xlsx、.csv、.jsonl)")},
    {"SQLite format 3", 15, N_("SQLite 数据库"), N_("请先导出为 CSV")},
    {"\xFF\xFE", 2, N_("UTF-16 编码的文本(“Unicode 文本”)"), to_csv},
    {"\xFE\xFF", 2, N_("UTF-16 编码的文本(“Unicode 文本”)"), to_csv},
    {"{\\rtf", 5, N_("RTF 文档"), to_csv},
};

static bool begins(struct slice text, const char *magic, size_t len)
{
    return text.len >= len && memcmp(text.at, magic, len) == 0;
}

static bool holds(struct slice text, const char *part)
{
    return text.len > 0 && memmem(text.at, text.len, part, strlen(part)) != NULL;
}

static const char *shown_name(const char *name)
{
    return name && *name ? name : "文件";
}

static bool is_stranger(struct slice head, const char *name, struct err *err)
{
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++)
        if (begins(head, strangers[i].magic, strangers[i].len)) {
            err_set(err, ERR_INVALID, "“%.80s”的内容是%s，不是表格", shown_name(name), strangers[i].what);
            err_hint(err, "%s", strangers[i].hint);
            return true;
        }
    return false;
}

static bool tag_is(struct slice text, const char *tag)
{
    size_t len = strlen(tag);

    return text.len > len && strncasecmp(text.at, tag, len) == 0;
}

/* Many offices export "Excel" files that are web pages. */
static bool is_markup(struct slice text, const char *name, struct err *err)
{
    static const char *const tags[] = {"<html", "<!doctype", "<table", "<meta", "<head", "<body", "<?xml", "<script",
                                       "<style", "<!--"};

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (tag_is(text, tags[i])) {
            err_set(err, ERR_INVALID, "“%.80s”的内容是%s，不是表格", shown_name(name),
                    tag_is(text, "<?xml") ? "XML" : N_("网页(HTML)"));
            err_hint(err, "%s", to_csv);
            return true;
        }
    return false;
}

static bool name_ends(const char *name, const char *ending)
{
    size_t a = name ? strlen(name) : 0, b = strlen(ending);

    return a >= b && strcasecmp(name + a - b, ending) == 0;
}

static bool named_as_text(const char *name)
{
    return name_ends(name, ".csv") || name_ends(name, ".tsv") || name_ends(name, ".txt");
}

static bool named_as_jsonl(const char *name)
{
    return name_ends(name, ".jsonl") || name_ends(name, ".ndjson") || name_ends(name, ".json");
}

static bool package_sniff(struct slice head, const char *name, enum table_form *form, struct err *err)
{
    *form = TABLE_XLSX;
    if (holds(head, "word/")) {
        err_set(err, ERR_INVALID, "“%.80s”的内容是 Word 文档，不是表格", shown_name(name));
        return err_hint(err, "请把其中的表格复制到 Excel 或 WPS 表格里，另存为 .xlsx 后再导入");
    }
    if (named_as_text(name) || named_as_jsonl(name)) {
        err_set(err, ERR_INVALID, "“%.80s”的名字与内容不符：内容是 Excel 工作簿或压缩包", shown_name(name));
        return err_hint(err, "是 Excel 工作簿的，请把扩展名改为 .xlsx；是压缩包的，请先解压");
    }
    return true;
}

static bool text_sniff(struct slice text, const char *name, enum table_form *form, struct err *err)
{
    char first = text.len ? text.at[0] : '\0';

    *form = TABLE_CSV;
    if (is_markup(text, name, err))
        return false;
    if (name_ends(name, ".xlsx") || name_ends(name, ".xls")) {
        err_set(err, ERR_INVALID, "“%.80s”的名字与内容不符：内容是纯文本，不是 Excel 工作簿", shown_name(name));
        return err_hint(err, "是逗号分隔的表格的，请把扩展名改为 .csv");
    }
    if (named_as_jsonl(name) || (first == '{' && !named_as_text(name)))
        *form = TABLE_JSONL;
    if (first == '[' && *form == TABLE_JSONL) {
        err_set(err, ERR_INVALID, "“%.80s”是一个 JSON 数组，需要 JSON Lines", shown_name(name));
        return err_hint(err, "请去掉外层的方括号和逗号，每行写一个对象");
    }
    return true;
}

bool form_sniff(struct slice head, const char *name, enum table_form *form, struct err *err)
{
    struct slice text = head;

    if (begins(text, "\xEF\xBB\xBF", 3)) {
        text.at += 3;
        text.len -= 3;
    }
    text = slice_trim(text);
    if (begins(head, "PK\3\4", 4) || begins(head, "PK\5\6", 4))
        return package_sniff(head, name, form, err);
    return !is_stranger(head, name, err) && text_sniff(text, name, form, err);
}
