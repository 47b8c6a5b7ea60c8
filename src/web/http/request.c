/* What a handler reads of a request beyond its fields. */
#include <arpa/inet.h>

#include "web/http/http_int.h"

static const struct exchange *inner(const struct http_exchange *exchange)
{
    return (const struct exchange *)exchange;
}

struct slice http_header(const struct http_exchange *exchange, const char *name)
{
    const struct http_head *head = &inner(exchange)->head;

    for (size_t i = 0; i < head->count; i++)
        if (slice_same_word(head->fields[i].name, name))
            return head->fields[i].value;
    return SLICE("");
}

static bool find_cookie(struct slice pairs, const char *name, struct slice *value)
{
    struct slice pair;

    while (slice_cut(&pairs, ';', &pair)) {
        struct slice rest = slice_trim(pair), key;

        if (slice_cut(&rest, '=', &key) && rest.at && slice_is(key, name)) {
            *value = rest;
            return true;
        }
    }
    return false;
}

struct slice http_cookie(const struct http_exchange *exchange, const char *name)
{
    const struct http_head *head = &inner(exchange)->head;
    struct slice value;

    for (size_t i = 0; i < head->count; i++)
        if (slice_same_word(head->fields[i].name, "cookie") && find_cookie(head->fields[i].value, name, &value))
            return value;
    return SLICE("");
}

/* The last hop of the last X-Forwarded-For: the one that the trusted proxy itself saw and added. */
static struct slice last_hop(const struct http_head *head)
{
    struct slice value = SLICE(""), hop = SLICE("");

    for (size_t i = 0; i < head->count; i++)
        if (slice_same_word(head->fields[i].name, "x-forwarded-for"))
            value = head->fields[i].value;
    while (slice_cut(&value, ',', &hop))
        ;
    return slice_trim(hop);
}

static bool is_address(struct slice text)
{
    char copy[INET6_ADDRSTRLEN];
    unsigned char bytes[16];

    if (!text.len || text.len >= sizeof copy)
        return false;
    memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    return inet_pton(AF_INET, copy, bytes) == 1 || inet_pton(AF_INET6, copy, bytes) == 1;
}

void request_address(struct exchange *ex)
{
    const struct conn *conn = ex->conn;
    const char *trusted = conn->loop->server->trusted;

    ex->pub.address = slice_of(conn->address);
    if (*trusted && strcmp(conn->address, trusted) == 0) {
        struct slice hop = last_hop(&ex->head);

        if (is_address(hop))
            ex->pub.address = hop;
    }
}
