/* From an answer to the socket, in the connection's own loop. */
#include <errno.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "web/http/http_int.h"

static bool must_wait(struct conn *conn)
{
    if (errno != EAGAIN && errno != EWOULDBLOCK)
        conn_close(conn);
    return false;
}

static void count(struct conn *conn, ssize_t n)
{
    conn->moved += (uint64_t)n;
    conn->turn += (size_t)n;
}

/* Head and body in one packet where they fit. */
static bool send_memory(struct conn *conn)
{
    struct exchange *ex = conn->ex;
    size_t head = ex->out.len, total = head + ex->tail.len;

    while (ex->sent < total) {
        size_t into = ex->sent > head ? ex->sent - head : 0;
        struct iovec parts[2] = {
            {ex->sent < head ? ex->out.at + ex->sent : NULL, ex->sent < head ? head - ex->sent : 0},
            {(char *)ex->tail.at + into, ex->tail.len - into},
        };
        struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
        ssize_t n = sendmsg(conn->fd, &message, MSG_NOSIGNAL | (ex->file >= 0 ? MSG_MORE : 0));

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return must_wait(conn);
        ex->sent += (size_t)n;
        count(conn, n);
    }
    return true;
}

/* A file that shrank under us cannot keep its Content-Length: the connection ends. */
static bool send_file(struct conn *conn)
{
    struct exchange *ex = conn->ex;

    while (ex->file_at < ex->file_end) {
        off_t left = ex->file_end - ex->file_at;
        ssize_t n = sendfile(conn->fd, ex->file, &ex->file_at, left < HTTP_TURN_BYTES ? (size_t)left : HTTP_TURN_BYTES);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return must_wait(conn);
        if (n == 0) {
            conn_close(conn);
            return false;
        }
        count(conn, n);
        if (conn->turn > HTTP_TURN_BYTES) {
            loop_again(conn);
            return false;
        }
    }
    return true;
}

bool send_answer(struct conn *conn)
{
    return send_memory(conn) && (conn->ex->file < 0 || send_file(conn));
}
