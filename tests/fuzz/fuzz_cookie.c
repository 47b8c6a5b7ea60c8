/* A Cookie header against any bytes that the gate lets through: what is found is a piece of it, without ';'. */
#include <stdint.h>

#include "web/http/http_int.h"

#define MUST(condition) ((condition) ? (void)0 : abort())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct http_exchange *exchange, const char *name, struct slice head)
{
    struct slice value = http_cookie(exchange, name);

    if (value.len == 0)
        return;
    MUST(value.at >= head.at && value.at + value.len <= head.at + head.len);
    MUST(!memchr(value.at, ';', value.len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct exchange exchange;
    struct text text;
    struct slice head;

    text_init(&text);
    text_puts(&text, "GET / HTTP/1.1\r\nHost: a\r\nCookie: ");
    text_add(&text, data, size);
    text_puts(&text, "\r\nCookie: b=c\r\n\r\n");
    head = text_slice(&text);
    memset(&exchange.head, 0, sizeof exchange.head);
    if (!head_parse(head, &exchange.head)) {
        check(&exchange.pub, "sid", head);
        check(&exchange.pub, "__Host-sid", head);
        check(&exchange.pub, "", head);
        check(&exchange.pub, "b", head);
    }
    text_release(&text);
    return 0;
}
