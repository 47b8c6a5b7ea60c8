/*
 * DATA/ctl.sock against any bytes, sent in pieces: the lines that come out are those that went in, and each is a task or is
 * refused in words. The first byte says how long the pieces are.
 */
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/json.h"
#include "cli/control_int.h"

#define MUST(condition) ((condition) ? (void)0 : abort())

enum { PIPE_MOST = 65536 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void send_pieces(int fd, struct slice bytes, size_t step)
{
    while (bytes.len) {
        size_t n = bytes.len < step ? bytes.len : step;

        MUST(send(fd, bytes.at, n, MSG_NOSIGNAL) == (ssize_t)n);
        bytes.at += n;
        bytes.len -= n;
    }
}

static void read_task(struct slice line)
{
    struct err err = {.code = ERR_NONE};
    json_t *request = json_read(line, &err);

    MUST(request || err.message[0]);
    if (request)
        MUST(json_member(request, "task").at);
    json_decref(request);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice rest = {(const char *)data + 1, size - 1}, line, wanted;
    struct lines lines;
    int ends[2];

    if (size < 2 || size > PIPE_MOST)
        return 0;
    MUST(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    send_pieces(ends[0], rest, 64 + data[0] * 64u);
    close(ends[0]);
    lines_init(&lines, ends[1]);
    while (lines_next(&lines, &line)) {
        MUST(memchr(rest.at, '\n', rest.len) && slice_cut(&rest, '\n', &wanted) && slice_same(line, wanted));
        read_task(line);
    }
    MUST(!rest.at || !memchr(rest.at, '\n', rest.len)); /* what has no end is no line */
    lines_release(&lines);
    close(ends[1]);
    return 0;
}
