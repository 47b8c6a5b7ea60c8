/*
 * One address for one page. A path that could be read in two ways (dot segments, //, an encoded slash, a backslash, a
 * control) leads nowhere: 404. So no rule about paths above this file, nor a proxy's in front, can be walked around.
 */
#include <strings.h>

#include "base/utf8.h"
#include "web/http/head_int.h"

static const struct refusal bad_target = {400, "bad_address", {"网址格式无效，请检查百分号编码", NULL},
                                           {"The address is malformed; please check its percent signs", NULL}};
static const struct refusal odd_path = {404, "missing", {"没有这个页面", "请检查地址，或从首页找起"},
                                         {"There is no such page", "Please check the address, or start from the front page"}};
static const struct refusal other_host = {400, "bad_host", {"网址中的主机与 Host 不一致", NULL},
                                           {"The address names another host than Host", NULL}};

/* http://host/path, as a proxy may ask: the host must be the one of the Host field. */
static const struct refusal *strip_authority(struct http_head *head, struct slice *rest)
{
    struct slice host;
    const char *from = memchr(rest->at, ':', rest->len);

    if (!from || !(slice_same_word((struct slice){rest->at, (size_t)(from - rest->at)}, "http")
                   || slice_same_word((struct slice){rest->at, (size_t)(from - rest->at)}, "https")))
        return &bad_target;
    rest->len -= (size_t)(from - rest->at);
    rest->at = from;
    if (rest->len < 4 || memcmp(rest->at, "://", 3) != 0)
        return &bad_target;
    host.at = rest->at + 3;
    for (host.len = 0; host.len < rest->len - 3 && !strchr("/?", host.at[host.len]); host.len++)
        ;
    if (host.len != head->host.len || strncasecmp(host.at, head->host.at, host.len) != 0)
        return &other_host;
    *rest = (struct slice){host.at + host.len, rest->len - 3 - host.len};
    return NULL;
}

static const struct refusal *check_bytes(struct slice target)
{
    for (size_t i = 0; i < target.len; i++) {
        unsigned char c = (unsigned char)target.at[i];

        if (c <= 0x20 || c == 0x7f || c == '#')
            return &bad_target;
    }
    return NULL;
}

/* Decodes once. "%252e" becomes "%2e" and stays that: a name that no page has. */
static const struct refusal *decode(struct slice raw, struct arena *arena, struct slice *path)
{
    char *to = arena_alloc(arena, raw.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.at[i];

        if (c == '%') {
            int high = i + 2 < raw.len ? hex_value(raw.at[i + 1]) : -1, low = high < 0 ? -1 : hex_value(raw.at[i + 2]);

            if (low < 0)
                return &bad_target;
            c = (char)(high * 16 + low);
            i += 2;
            if (c == '/')
                return &odd_path;
        }
        if ((unsigned char)c < 0x20 || c == 0x7f || c == '\\')
            return &odd_path;
        to[len++] = c;
    }
    to[len] = '\0';
    *path = (struct slice){to, len};
    return NULL;
}

/* An empty segment may only be the last one: "/a/". */
static bool one_spelling(struct slice path)
{
    struct slice rest = {path.at + 1, path.len - 1}, segment;

    while (slice_cut(&rest, '/', &segment))
        if ((!segment.len && rest.at) || slice_is(segment, ".") || slice_is(segment, ".."))
            return false;
    return true;
}

const struct refusal *target_parse(struct http_head *head, struct arena *arena)
{
    struct slice rest = head->target, raw;
    const struct refusal *why = check_bytes(rest);

    if (!why && rest.at[0] != '/')
        why = strip_authority(head, &rest);
    if (why)
        return why;
    slice_cut(&rest, '?', &raw);
    head->query = rest.at ? rest : SLICE("");
    why = decode(raw.len ? raw : SLICE("/"), arena, &head->path);
    if (why)
        return why;
    if (utf8_valid(head->path) != head->path.len)
        return &bad_target;
    return one_spelling(head->path) ? NULL : &odd_path;
}
