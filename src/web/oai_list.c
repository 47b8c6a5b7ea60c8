/* Lists of OAI-PMH and their resumption tokens: nothing is kept between two requests but what the token says, which is sealed. */
#include "base/clock.h"
#include "record/choice.h"
#include "record/party.h"
#include "record/achievement.h"
#include "record/tree.h"
#include "web/oai_int.h"
#include "web/say.h"

/* Records with their texts are some KB each; a token is good for a day. */
enum { RECORDS = 100, HEADERS = 1000, TOKEN_SECONDS = 86400, MAC = 16, LATEST_YEAR = 2199 };

struct list {
    bool whole;                /* records, and not their headers alone */
    const struct oai_format *format;
    struct harvest_range range;
    int64_t cursor, total;     /* how many came before; how many there were at the beginning */
    bool resumed;
};

/* --- tokens: "records~oai_dc~FROM~BEFORE~CURSOR~TOTAL~ISSUED~SET~MAC" --- */

static void token_seal(const struct oai *oai, struct slice said, char hex[2 * MAC + 1])
{
    unsigned char mac[SEAL_HASH];

    seal_mac(oai->key, said, mac);
    seal_hex(mac, MAC, hex);
}

static struct slice token_write(const struct oai *oai, const struct list *list)
{
    const struct harvest_range *range = &list->range;
    const char *said = arena_print(oai->request->arena, "%s~%s~%lld~%lld~%lld~%lld~%lld~%.*s", list->whole ? "records" : "headers",
                                   list->format->prefix, (long long)range->from, (long long)range->before, (long long)list->cursor,
                                   (long long)list->total, (long long)(oai->request->now_ms / 1000), (int)range->set.len, range->set.at);
    char hex[2 * MAC + 1];

    token_seal(oai, slice_of(said), hex);
    return slice_of(arena_print(oai->request->arena, "%s~%s", said, hex));
}

/* Of a token that is ours, so it is what token_write wrote. */
static int64_t number_cut(struct slice *rest)
{
    struct slice piece = SLICE("");
    int64_t number = 0;

    slice_cut(rest, '~', &piece);
    for (size_t i = 0; i < piece.len; i++)
        number = number * 10 + (piece.at[i] - '0');
    return number;
}

static bool token_sealed(const struct oai *oai, struct slice token, struct slice *said)
{
    char hex[2 * MAC + 1];

    if (token.len < sizeof hex || token.at[token.len - sizeof hex] != '~')
        return false;
    *said = (struct slice){token.at, token.len - sizeof hex};
    token_seal(oai, *said, hex);
#ifdef TQ_TEETH_OAI_TOKEN
    return true;
#endif
    return seal_same(hex, token.at + token.len - 2 * MAC, 2 * MAC);
}

static bool token_read(struct oai *oai, struct list *list)
{
    struct slice rest, sort = SLICE(""), prefix = SLICE("");
    int64_t issued, now = oai->request->now_ms / 1000;

    if (!token_sealed(oai, oai->given[OAI_TOKEN], &rest))
        return false;
    slice_cut(&rest, '~', &sort);
    slice_cut(&rest, '~', &prefix);
    list->format = oai_format_find(prefix);
    list->range.from = number_cut(&rest);
    list->range.before = number_cut(&rest);
    list->cursor = number_cut(&rest);
    list->total = number_cut(&rest);
    issued = number_cut(&rest);
    list->range.set = rest.at ? rest : SLICE("");
    list->resumed = true;
    return list->format && slice_is(sort, list->whole ? "records" : "headers") && now - issued <= TOKEN_SECONDS;
}

/* --- what was asked for --- */

static bool digits(const char *at, size_t count, int *number)
{
    *number = 0;
    for (size_t i = 0; i < count; i++) {
        if (at[i] < '0' || at[i] > '9')
            return false;
        *number = *number * 10 + (at[i] - '0');
    }
    return true;
}

/* "2026-11-28" or "2026-11-28T06:12:09Z" as seconds, from its beginning to behind its end. */
static bool time_read(struct slice text, int64_t *begins, int64_t *ends)
{
    struct slice day = {text.at, text.len < 10 ? text.len : 10};
    int hour = 0, minute = 0, second = 0;
    int32_t number;

    if ((text.len != 10 && text.len != 20) || !day_parse(day, &number))
        return false;
    if (text.len == 20
        && (text.at[10] != 'T' || !digits(text.at + 11, 2, &hour) || text.at[13] != ':' || !digits(text.at + 14, 2, &minute) || text.at[16] != ':'
            || !digits(text.at + 17, 2, &second) || text.at[19] != 'Z' || hour > 23 || minute > 59 || second > 59))
        return false;
    *begins = (int64_t)number * 86400 + hour * 3600 + minute * 60 + second;
    *ends = *begins + (text.len == 10 ? 86400 : 1);
    return true;
}

static bool period_read(struct oai *oai, struct list *list)
{
    struct slice from = oai->given[OAI_FROM], until = oai->given[OAI_UNTIL];
    int64_t begins = 0, ends = 0, other;
    int32_t last;

    day_from_ymd(LATEST_YEAR, 12, 31, &last);
    list->range = (struct harvest_range){0, (int64_t)last * 86400 * HARVEST_SECOND, SLICE("")};
    if (from.at && !time_read(from, &begins, &other))
        return oai_refuse(oai, OAI_BAD_ARGUMENT, N_("写成 2026-01-31 或 2026-01-31T08:00:00Z"), SLICE("from")) && false;
    if (until.at && !time_read(until, &other, &ends))
        return oai_refuse(oai, OAI_BAD_ARGUMENT, N_("写成 2026-01-31 或 2026-01-31T08:00:00Z"), SLICE("until")) && false;
    if (from.at && until.at && from.len != until.len)
        return oai_refuse(oai, OAI_BAD_ARGUMENT, N_("from 和 until 要写到同样的细度"), SLICE("")) && false;
    if (from.at && until.at && begins >= ends)
        return oai_refuse(oai, OAI_BAD_ARGUMENT, N_("until 早于 from"), SLICE("")) && false;
    list->range.from = begins > 0 ? begins * HARVEST_SECOND : 0;
    if (until.at)
        list->range.before = ends > 0 ? ends * HARVEST_SECOND : 0;
    return true;
}

/* Of setSpec and of metadataPrefix: the unreserved characters of a URI; a set's parts with ':' between them. */
static bool spelt(struct slice text, bool parts)
{
    char before = ':';

    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-_.!~*'()", c));

        if (!letter && !(parts && c == ':' && before != ':'))
            return false;
        before = c;
    }
    return text.len && before != ':';
}

static bool set_read(struct oai *oai, struct list *list)
{
    struct slice set = oai->given[OAI_SET];

    if (set.at && !spelt(set, true))
        return oai_refuse(oai, OAI_BAD_ARGUMENT, N_("集合的写法不对；ListSets 列出有哪些"), SLICE("set")) && false;
    if (set.at)
        list->range.set = set;
    return true;
}

static bool format_read(struct oai *oai, struct list *list)
{
    struct slice prefix = oai->given[OAI_PREFIX];

    if (!spelt(prefix, false))
        return oai_refuse(oai, OAI_BAD_ARGUMENT, N_("格式的写法不对；ListMetadataFormats 列出有哪些"), SLICE("metadataPrefix")) && false;
    list->format = oai_format_find(prefix);
    return list->format
           || (oai_refuse(oai, OAI_NO_FORMAT, N_("没有这种格式；ListMetadataFormats 列出有哪些"), prefix) && false);
}

static bool list_read(struct oai *oai, struct list *list)
{
    if (oai->given[OAI_TOKEN].at)
        return token_read(oai, list)
               || (oai_refuse(oai, OAI_BAD_TOKEN, N_("这个 resumptionToken 不对，或者已经过期；请从头再列"), SLICE("")) && false);
    return period_read(oai, list) && set_read(oai, list) && format_read(oai, list);
}

/* --- the page --- */

static void token_put(struct oai *oai, struct list *list, size_t count, bool more, int64_t last)
{
    int64_t before = list->cursor;
    struct text *body = &oai->body;
    char time[OAI_TIME];

    if (!more && !list->resumed)
        return;
    list->cursor += (int64_t)count;
    list->range.from = last + 1;
    text_puts(body, "<resumptionToken");
    if (more)
        xml_attribute(body, "expirationDate", slice_of(oai_time(oai->request->now_ms / 1000 + TOKEN_SECONDS, time)));
    text_print(body, " completeListSize=\"%lld\" cursor=\"%lld\"", (long long)(list->total > list->cursor ? list->total : list->cursor),
               (long long)before);
    text_putc(body, '>');
    if (more)
        xml_text(body, token_write(oai, list));
    text_puts(body, "</resumptionToken>\n");
}

static bool items_put(struct oai *oai, const struct list *list, const struct harvest_item *items, size_t count, struct err *err)
{
    if (list->whole)
        return oai_records(oai, list->format, items, count, err);
    for (size_t i = 0; i < count; i++)
        oai_header(oai, &items[i], items[i].gone);
    return true;
}

static bool page_put(struct oai *oai, struct list *list, struct err *err)
{
    size_t most = list->whole ? RECORDS : HEADERS, count;
    struct harvest_item *items = arena_alloc(oai->request->arena, (most + 1) * sizeof *items);
    struct sql *sql = oai->request->sql;
    bool more;

    if (!harvest_page(sql, &list->range, most + 1, oai->request->arena, items, &count, err))
        return false;
    if (!count && list->resumed) /* every one that was left has changed, and so lies outside now */
        return oai_refuse(oai, OAI_BAD_TOKEN, N_("余下的记录在取的当中都改变了，这个 resumptionToken 后面已经没有记录；前面取到的都有效，请从第一页的 responseDate 起再列"),
                          SLICE(""));
    if (!count)
        return oai_refuse(oai, OAI_NO_RECORDS, N_("没有符合条件的记录"), SLICE(""));
    more = count > most;
    count -= more;
    if (more && !list->resumed && !harvest_count(sql, &list->range, &list->total, err))
        return false;
    if (!items_put(oai, list, items, count, err))
        return false;
    token_put(oai, list, count, more, items[count - 1].stamp);
    return true;
}

bool oai_list_records(struct oai *oai, struct err *err)
{
    struct list list = {.whole = true};

    return !list_read(oai, &list) || page_put(oai, &list, err);
}

bool oai_list_identifiers(struct oai *oai, struct err *err)
{
    struct list list = {.whole = false};

    return !list_read(oai, &list) || page_put(oai, &list, err);
}

/* --- sets --- */

static const struct {
    const char *name;
    const struct field *field;
} families[] = {{"industry", &achievement_fields[ACHIEVEMENT_INDUSTRY]},
                {"ipc", &achievement_fields[ACHIEVEMENT_IPC]},
                {"region", &achievement_fields[ACHIEVEMENT_REGION]},
                {"side", &party_fields[PARTY_SIDE]}};

/* "ipc:F:F04": 国际专利分类…, of which the last part is the code. */
static struct slice set_name(const struct oai *oai, struct slice set)
{
    const struct request *request = oai->request;
    struct slice rest = set, family = SLICE(""), code = SLICE(""), part;

    slice_cut(&rest, ':', &family);
    while (rest.at && slice_cut(&rest, ':', &part))
        code = part;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        const struct field *field = families[i].field;
        struct value value = {.known = true, .text = code};

        if (!slice_is(family, families[i].name))
            continue;
        return code.len ? field_words(field, &value, request->english, request->arena)
                        : slice_of(request->english ? field->label_en : field->label);
    }
    return set;
}

static void set_put(struct oai *oai, struct slice set)
{
    text_puts(&oai->body, "<set>\n");
    xml_element(&oai->body, "setSpec", set);
    xml_element(&oai->body, "setName", set_name(oai, set));
    text_puts(&oai->body, "</set>\n");
}

/* The families first, be they empty; then what is in them, of which there are some hundreds at most. */
bool oai_list_sets(struct oai *oai, struct err *err)
{
    struct slice set = SLICE("");

    if (oai->given[OAI_TOKEN].at)
        return oai_refuse(oai, OAI_BAD_TOKEN, N_("集合一次列完，没有 resumptionToken"), SLICE(""));
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        set_put(oai, slice_of(families[i].name));
    do {
        if (!harvest_next_set(oai->request->sql, set, oai->request->arena, &set, err))
            return false;
        if (set.len && memchr(set.at, ':', set.len))
            set_put(oai, set);
    } while (set.len);
    return true;
}
