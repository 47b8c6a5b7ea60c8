#include "http_client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

int client_connect(unsigned port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
        perror("client_connect");
        abort();
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

bool client_send(int fd, struct slice bytes)
{
    while (bytes.len) {
        ssize_t n = send(fd, bytes.at, bytes.len, MSG_NOSIGNAL);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes.at += n;
        bytes.len -= (size_t)n;
    }
    return true;
}

static bool readable(int fd, int ms)
{
    struct pollfd one = {.fd = fd, .events = POLLIN};

    return poll(&one, 1, ms) > 0;
}

/* 1: bytes, 0: closed, -1: quiet */
static int receive_some(int fd, struct text *got, int ms)
{
    ssize_t n;

    if (!readable(fd, ms))
        return -1;
    n = recv(fd, text_reserve(got, 65536), 65536, 0);
    if (n <= 0)
        return 0;
    got->len += (size_t)n;
    return 1;
}

bool client_receive(int fd, struct text *got, int quiet_ms)
{
    int more;

    do
        more = receive_some(fd, got, quiet_ms);
    while (more > 0);
    return more == 0;
}

static struct slice head_of(struct slice stream)
{
    const char *end = stream.len ? memmem(stream.at, stream.len, "\r\n\r\n", 4) : NULL;

    return (struct slice){stream.at, end ? (size_t)(end - stream.at) + 4 : 0};
}

struct slice client_header(struct slice stream, const char *name)
{
    struct slice head = head_of(stream), line;

    while (slice_cut(&head, '\n', &line)) {
        struct slice rest = line, key;

        if (slice_cut(&rest, ':', &key) && rest.at && key.len == strlen(name) && strncasecmp(key.at, name, key.len) == 0)
            return slice_trim(rest);
    }
    return SLICE("");
}

struct slice client_body(struct slice stream)
{
    size_t head = head_of(stream).len;

    return (struct slice){stream.at + head, stream.len - head};
}

static size_t length_of(struct slice stream)
{
    struct slice length = client_header(stream, "Content-Length");

    return length.len ? strtoul(length.at, NULL, 10) : 0;
}

void client_statuses(struct slice stream, unsigned long heads, struct statuses *out)
{
    *out = (struct statuses){.used = 0};
    while (stream.len && out->count < STATUSES_MOST) {
        struct slice head = head_of(stream);
        int status;
        size_t all;

        if (!head.len)
            return;
        if (head.len < 16 || memcmp(head.at, "HTTP/1.1 ", 9) != 0) {
            out->garbled = true;
            return;
        }
        status = (int)strtol(head.at + 9, NULL, 10);
        all = head.len + (status >= 200 && !(out->count < 64 && heads >> out->count & 1) ? length_of(stream) : 0);
        if (all > stream.len)
            return;
        if (status >= 200)
            out->list[out->count++] = status;
        out->used += all;
        stream.at += all;
        stream.len -= all;
    }
}

bool client_ask(int fd, struct slice request, size_t answers, struct text *got, int wait_ms)
{
    struct statuses seen;

    client_send(fd, request);
    for (;;) {
        client_statuses(text_slice(got), 0, &seen);
        if (seen.count >= answers)
            return true;
        if (receive_some(fd, got, wait_ms) <= 0)
            return false;
    }
}
