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

/* An IPv4 address as IPv6 writes it: ::ffff:192.0.2.7. */
static bool address_bytes(struct slice text, unsigned char bytes[16])
{
    static const unsigned char mapped[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    char copy[INET6_ADDRSTRLEN];

    if (!text.len || text.len >= sizeof copy)
        return false;
    memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    memcpy(bytes, mapped, sizeof mapped);
    return inet_pton(AF_INET, copy, bytes + sizeof mapped) == 1 || inet_pton(AF_INET6, copy, bytes) == 1;
}

static uint64_t number_of(const unsigned char *bytes)
{
    uint64_t number = 0;

    for (size_t i = 0; i < 8; i++)
        number = number << 8 | bytes[i];
    return number;
}

/* No /64 that is given out begins with zeros: the two kinds do not meet. */
uint64_t http_address_block(struct slice address)
{
    unsigned char bytes[16];
    uint64_t upper;

    if (!address_bytes(address, bytes))
        return 0;
    upper = number_of(bytes);
    return upper ? upper : number_of(bytes + 8);
}

static bool is_address(struct slice text)
{
    unsigned char bytes[16];

    return address_bytes(text, bytes);
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
