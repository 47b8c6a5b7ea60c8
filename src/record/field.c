#include "record/field_int.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/money.h"
#include "base/text.h"
#include "base/utf8.h"
#include "record/choice.h"
#include "record/member.h"
#include "record/right.h"
#include "record/tree.h"

enum { LINE_DEFAULT = 200, PROSE_DEFAULT = 20000, ITEMS_DEFAULT = 30, ITEM_CHARS = 60 };

bool field_is_number(enum field_type type)
{
    return type == FIELD_NUMBER || type == FIELD_MONEY || type == FIELD_YES || type == FIELD_PARTY
           || type == FIELD_PERSON || type == FIELD_SHARE || type == FIELD_ID;
}

bool field_is_list(enum field_type type)
{
    return type == FIELD_WORDS || type == FIELD_CHOICES || type == FIELD_CODES || field_is_lines(type);
}

bool field_is_lines(enum field_type type)
{
    return type == FIELD_RIGHTS || type == FIELD_MEMBERS;
}

static int clip(struct slice text)
{
    return (int)utf8_head(text, 30).len;
}

/* The caller says what is expected, with err_hint. */
static bool not_valid(const struct field *field, struct slice typed, struct err *err)
{
    err_set(err, ERR_INVALID, "%s“%.*s”不对", field->label, clip(typed), typed.at);
    return err_field(err, field->name);
}

/* --- text --- */

static bool read_chars(const struct field *field, struct slice typed, struct arena *arena, struct value *out,
                       struct err *err)
{
    bool one_line = field->type == FIELD_LINE;
    int64_t most = field->max ? field->max : one_line ? LINE_DEFAULT : PROSE_DEFAULT;
    int64_t count;

    if (!utf8_check(typed, field->weight == WEIGHT_TITLE, err)) /* what names a record hides nothing */
        return err_field(err, field->name);
    if (one_line && memchr(typed.at, '\n', typed.len))
        return not_valid(field, typed, err) || err_hint(err, "写成一行");
    count = (int64_t)utf8_count(typed);
    if (count > most || count < field->min) {
        err_set(err, ERR_INVALID, "%s有 %lld 个字", field->label, (long long)count);
        err_hint(err, "需要 %lld 到 %lld 个字", (long long)field->min, (long long)most);
        return err_field(err, field->name);
    }
    out->text = arena_copy(arena, typed);
    out->known = true;
    return true;
}

static bool read_choice(const struct field *field, struct slice typed, struct value *out, struct err *err)
{
    const struct choice_list *list = choice_list_get(field->choices);
    const struct choice *choice = choice_find(list, typed);
    char labels[200] = "";

    if (choice) {
        out->text = slice_of(choice->code);
        out->known = true;
        return true;
    }
    for (size_t i = 0, len = 0; i < list->count && len + 40 < sizeof labels; i++)
        len += (size_t)snprintf(labels + len, sizeof labels - len, "%s%s", i ? "、" : "", list->choices[i].label);
    return not_valid(field, typed, err) || err_hint(err, "可填：%s", labels);
}

static bool read_uscc(const struct field *field, struct slice typed, struct arena *arena, struct value *out,
                      struct err *err)
{
    char code[19];

    if (!ident_uscc(typed, code, err))
        return err_field(err, field->name);
    out->text = arena_copy(arena, slice_of(code));
    out->known = true;
    return true;
}

static bool read_date(const struct field *field, struct slice typed, struct arena *arena, struct value *out,
                      struct err *err)
{
    char day[11];

    if (!day_read(utf8_nfkc(typed, arena), day))
        return not_valid(field, typed, err) || err_hint(err, "填真实存在的日期，如 2027-06-30");
    out->text = arena_copy(arena, slice_of(day));
    out->known = true;
    return true;
}

static bool phone_fits(struct slice text)
{
    size_t digits = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] >= '0' && text.at[i] <= '9')
            digits++;
        else if (!strchr("+-() ", text.at[i]) || !text.at[i])
            return false;
    }
    return digits >= 5 && digits <= 20;
}

static bool email_fits(struct slice text)
{
    const char *at = memchr(text.at, '@', text.len);
    size_t host;

    if (!at || at == text.at || text.len > 254)
        return false;
    host = text.len - (size_t)(at - text.at) - 1;
    if (host < 3 || memchr(at + 1, '@', host) || !memchr(at + 1, '.', host) || text.at[text.len - 1] == '.')
        return false;
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] <= ' ' || strchr("<>\"'()\\,;", text.at[i]))
            return false;
    return true;
}

static bool url_fits(struct slice text)
{
    size_t scheme = text.len > 8 && memcmp(text.at, "https://", 8) == 0  ? 8
                    : text.len > 7 && memcmp(text.at, "http://", 7) == 0 ? 7
                                                                         : 0;

    if (!scheme || !memchr(text.at + scheme, '.', text.len - scheme))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] <= ' ' || strchr("<>\"'\\`", text.at[i]))
            return false;
    return true;
}

/* Types that are one word of a known shape. */
static bool read_shaped(const struct field *field, struct slice typed, struct arena *arena, struct value *out,
                        struct err *err)
{
    struct slice text = slice_trim(utf8_nfkc(typed, arena));

    if (!utf8_check(text, true, err))
        return err_field(err, field->name);
    if (field->type == FIELD_PHONE && !phone_fits(text))
        return not_valid(field, typed, err) || err_hint(err, "填电话号码，如 0931-1234567");
    if (field->type == FIELD_EMAIL && !email_fits(text))
        return not_valid(field, typed, err) || err_hint(err, "填电子邮箱，如 name@example.com");
    if (field->type == FIELD_URL && !url_fits(text))
        return not_valid(field, typed, err) || err_hint(err, "填以 http:// 或 https:// 开头的网址");
    out->text = text;
    out->known = true;
    return true;
}

/* --- numbers --- */

static bool no_number(const struct field *field, struct slice typed, struct err *err)
{
    not_valid(field, typed, err);
    return err_hint(err, "填 %lld 到 %lld 的整数", (long long)field->min, (long long)field->max);
}

static bool read_number(const struct field *field, struct slice typed, struct arena *arena, struct value *out,
                        struct err *err)
{
    struct slice text = slice_trim(utf8_nfkc(typed, arena));
    char *end, *digits = arena_text(arena, text);
    long long number;

    if (text.len > 3 && strncasecmp(digits, "trl", 3) == 0)
        digits += 3;
    while (*digits == ' ')
        digits++;
    if (!*digits || strlen(digits) > 18)
        return no_number(field, typed, err);
    number = strtoll(digits, &end, 10);
    if (strcmp(end, "级") == 0)
        end += strlen(end);
    if (*end || *digits == '+' || number < field->min || number > field->max)
        return no_number(field, typed, err);
    out->number = number;
    out->known = true;
    return true;
}

static bool read_money(const struct field *field, struct slice typed, struct value *out, struct err *err)
{
    int64_t most = field->max ? field->max : MONEY_MAX;
    char from[MONEY_TEXT], to[MONEY_TEXT];

    if (!money_read(typed, &out->number, err))
        return err_field(err, field->name);
    if (out->number < field->min || out->number > most) {
        not_valid(field, typed, err);
        return err_hint(err, "填 %s 到 %s", money_show(field->min, from), money_show(most, to));
    }
    out->known = true;
    return true;
}

static bool read_share(const struct field *field, struct slice typed, struct arena *arena, struct value *out,
                       struct err *err)
{
    int32_t share;

    if (!share_read(slice_trim(utf8_nfkc(typed, arena)), &share))
        return not_valid(field, typed, err) || err_hint(err, "填百分数，最多两位小数，如 60%% 或 33.34%%");
    if (share < field->min || (field->max && share > field->max)) {
        struct slice from = share_show((int32_t)field->min, arena), to = share_show(field->max ? (int32_t)field->max : SHARE_WHOLE, arena);

        not_valid(field, typed, err);
        return err_hint(err, "填 %.*s 到 %.*s", (int)from.len, from.at, (int)to.len, to.at);
    }
    out->number = share;
    out->known = true;
    return true;
}

static bool read_yes(const struct field *field, struct slice typed, struct value *out, struct err *err)
{
    static const char *const yes[] = {"1", "true", "yes", "on", "是", "有", "√"};
    static const char *const no[] = {"0", "false", "no", "off", "否", "无", "×"};

    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (slice_is(typed, yes[i]) || slice_is(typed, no[i])) {
            out->number = slice_is(typed, yes[i]);
            out->known = true;
            return true;
        }
    return not_valid(field, typed, err) || err_hint(err, "填“是”或“否”");
}

static bool read_digest(const struct field *field, struct slice typed, struct arena *arena, struct value *out,
                        struct err *err)
{
    char *digest = arena_text(arena, typed);
    size_t hex = strspn(digest, "0123456789abcdefABCDEF");

    if (typed.len != 64 || hex != 64)
        return not_valid(field, typed, err) || err_hint(err, "SHA-256 是 64 位十六进制数字，可用 sha256sum 算出");
    for (size_t i = 0; i < hex; i++)
        digest[i] = (char)(digest[i] >= 'A' && digest[i] <= 'F' ? digest[i] - 'A' + 'a' : digest[i]);
    out->text = slice_of(digest);
    out->known = true;
    return true;
}

static bool read_id(const struct field *field, struct slice typed, struct value *out, struct err *err)
{
    if (!ident_parse(typed, &out->number))
        return not_valid(field, typed, err) || err_hint(err, "没有找到这个单位或人员");
    out->known = true;
    return true;
}

/* --- lists --- */

const char *const field_marks[PART_ALL] = {"\n", ";", "；", "、", ",", "，"};

/* Text that ends with a line end says that each line is one item: so "1,4-丁二醇\n" is not torn. */
static enum parting parting_of(struct slice typed)
{
    return typed.len && typed.at[typed.len - 1] == '\n' ? PART_LINES : PART_ALL;
}

/* Cuts off the next item at one of the first so many marks; an empty one is given too. */
static bool next_item(struct slice *rest, enum parting marks_used, struct slice *item)
{
    if (!rest->at)
        return false;
    for (size_t i = 0; i < rest->len; i++)
        for (size_t m = 0; m < (size_t)marks_used; m++) {
            size_t len = strlen(field_marks[m]);

            if (i + len <= rest->len && memcmp(rest->at + i, field_marks[m], len) == 0) {
                *item = slice_trim((struct slice){rest->at, i});
                rest->at += i + len;
                rest->len -= i + len;
                return true;
            }
        }
    *item = slice_trim(*rest);
    rest->at = NULL;
    return true;
}

static bool item_word(const struct field *field, struct slice item, struct slice *out, struct err *err)
{
    if (!utf8_check(item, true, err)) /* two words that look alike are one */
        return err_field(err, field->name);
    if (utf8_count(item) > ITEM_CHARS)
        return not_valid(field, item, err) || err_hint(err, "每项不超过 60 个字，用“；”分开");
    *out = item;
    return true;
}

/* "B22F 9/24" of "B22F 9/24（金属粉末）", without blanks. */
static struct slice ipc_symbol(struct slice item, struct arena *arena)
{
    static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/";
    char *whole = arena_alloc(arena, item.len + 1);
    size_t n = 0;

    for (size_t i = 0; i < item.len && (item.at[i] == ' ' || memchr(signs, item.at[i], sizeof signs - 1)); i++) {
        if (item.at[i] == ' ' && memchr(whole, '/', n) && whole[n - 1] != '/')
            break; /* behind it stands a title */
        if (item.at[i] != ' ')
            whole[n++] = item.at[i];
    }
    return (struct slice){whole, n};
}

static bool item_code(const struct field *field, struct slice item, struct arena *arena, struct slice *out,
                      struct err *err)
{
    enum { SYMBOL_MOST = 24 };
    const struct tree *tree = tree_get(field->choices);
    const struct tree_node *node = tree_read(tree, item, NULL, field->label, err);
    struct slice symbol;

    if (!node)
        return err_field(err, field->name);
    *out = slice_of(node->code);
    if (strcmp(tree->name, "ipc") == 0) {
        symbol = ipc_symbol(item, arena);
        if (symbol.len && symbol.len < SYMBOL_MOST && memchr(symbol.at, '/', symbol.len))
            *out = symbol; /* a full symbol is kept */
    }
    return true;
}

static bool item_right(const struct field *field, struct slice item, struct arena *arena, struct slice *out,
                       struct err *err)
{
    struct right right;

    if (!utf8_check(item, true, err) || !right_read(item, &right, err))
        return err_field(err, field->name);
    *out = right_show(&right, arena);
    return true;
}

static bool item_member(const struct field *field, struct slice item, struct arena *arena, struct slice *out,
                        struct err *err)
{
    struct member member;

    if (!utf8_check(item, true, err) || !member_read(item, &member, err))
        return err_field(err, field->name);
    *out = member_show(&member, arena);
    return true;
}

static bool read_item(const struct field *field, struct slice item, struct arena *arena, struct slice *out,
                      struct err *err)
{
    struct value choice = {0};

    switch (field->type) {
    case FIELD_CHOICES:
        if (!read_choice(field, item, &choice, err))
            return false;
        *out = choice.text;
        return true;
    case FIELD_CODES:
        return item_code(field, item, arena, out, err);
    case FIELD_RIGHTS:
        return item_right(field, item, arena, out, err);
    case FIELD_MEMBERS:
        return item_member(field, item, arena, out, err);
    default:
        return item_word(field, item, out, err);
    }
}

bool field_list_has(struct slice lines, struct slice item)
{
    struct slice line;

    while (slice_cut(&lines, '\n', &line))
        if (slice_same(line, item))
            return true;
    return false;
}

static bool add_item(const struct field *field, struct slice item, size_t *count, struct text *list, struct err *err)
{
    size_t most = field->max ? (size_t)field->max : ITEMS_DEFAULT;

    if (list->len && field_list_has(text_slice(list), item))
        return true;
    if (++*count > most) {
        err_set(err, ERR_INVALID, "%s超过 %zu 项", field->label, most);
        err_hint(err, "请删到 %zu 项以内", most);
        return err_field(err, field->name);
    }
    if (list->len)
        text_putc(list, '\n');
    text_add_slice(list, item);
    return true;
}

/* Does every piece between ; or line breaks name a code, as it stands? */
static bool codes_whole(const struct field *field, struct slice rest)
{
    const struct tree *tree = tree_get(field->choices);
    struct slice item;

    while (next_item(&rest, PART_STRONG, &item))
        if (item.len && !tree_resolve(tree, item))
            return false;
    return true;
}

static bool read_list(const struct field *field, struct slice typed, struct arena *arena, struct value *out,
                      struct err *err)
{
    enum parting parting = field_is_lines(field->type) ? PART_LINES : parting_of(typed);
    bool ok = true;
    struct slice rest = typed, item, clean = {0};
    struct text list;
    size_t count = 0;

    text_init(&list);
    if (field->type == FIELD_CODES)
        parting = codes_whole(field, rest) ? PART_STRONG : PART_ALL;
    while (ok && next_item(&rest, parting, &item))
        if (item.len)
            ok = read_item(field, item, arena, &clean, err) && add_item(field, clean, &count, &list, err);
    if (ok && list.len) {
        out->text = arena_copy(arena, text_slice(&list));
        out->known = true;
    }
    text_release(&list);
    return ok;
}

bool field_read(const struct field *field, struct slice typed, struct arena *arena, struct value *out, struct err *err)
{
    struct slice text = slice_trim(typed);

    *out = (struct value){0};
    if (utf8_valid(text) < text.len || memchr(text.at ? text.at : "", '\0', text.len)) {
        err_set(err, ERR_INVALID, "%s含有无法识别的字符", field->label);
        err_hint(err, "请用 UTF-8 重新输入");
        return err_field(err, field->name);
    }
    if (text.len == 0)
        return true;
    switch (field->type) {
    case FIELD_LINE:
    case FIELD_PROSE:
        return read_chars(field, text, arena, out, err);
    case FIELD_CHOICE:
        return read_choice(field, text, out, err);
    case FIELD_USCC:
        return read_uscc(field, text, arena, out, err);
    case FIELD_DATE:
        return read_date(field, text, arena, out, err);
    case FIELD_NUMBER:
        return read_number(field, text, arena, out, err);
    case FIELD_MONEY:
        return read_money(field, text, out, err);
    case FIELD_YES:
        return read_yes(field, text, out, err);
    case FIELD_DIGEST:
        return read_digest(field, text, arena, out, err);
    case FIELD_SHARE:
        return read_share(field, text, arena, out, err);
    case FIELD_PARTY:
    case FIELD_PERSON:
    case FIELD_ID:
        return read_id(field, text, out, err);
    case FIELD_PHONE:
    case FIELD_EMAIL:
    case FIELD_URL:
        return read_shaped(field, text, arena, out, err);
    default:
        return read_list(field, typed, arena, out, err); /* untrimmed: see parting_of */
    }
}

bool value_same(const struct field *field, const struct value *a, const struct value *b)
{
    if (a->known != b->known || !a->known)
        return a->known == b->known;
    return field_is_number(field->type) ? a->number == b->number : slice_same(a->text, b->text);
}
