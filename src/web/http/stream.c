/* Answers that go on: a ring with one writer, the holder, and one reader, the connection's loop. */
#include <assert.h>
#include <errno.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "web/http/http_int.h"

static void let_go(struct http_stream *stream)
{
    if (atomic_fetch_sub(&stream->holders, 1) == 1)
        free(stream);
}

/* --- the holder's side --- */

/*
 * Says to the loop: look at it. Once until it has: the loop takes the mark off before it looks, and both do so by an exchange, so either
 * it sees what was put in before, or the holder finds the mark off and posts again.
 */
static void post(struct http_stream *stream)
{
    struct loop *loop = stream->loop;
    struct http_stream *top;

    if (atomic_exchange(&stream->posted, true))
        return;
    atomic_fetch_add(&stream->holders, 1);
    top = atomic_load_explicit(&loop->streams, memory_order_relaxed);
    do
        stream->next = top;
    while (!atomic_compare_exchange_weak_explicit(&loop->streams, &top, stream, memory_order_release, memory_order_relaxed));
    if (!top)
        loop_wake(loop);
}

/* The exchange's and the holder's; where there is no memory nobody has it, and the reader is told to come again. */
static struct http_stream *stream_new(struct exchange *ex)
{
    size_t room = ex->conn->loop->server->options.stream_room;
    struct http_stream *stream = malloc(sizeof *stream + room);

    if (!stream)
        return NULL;
    memset(stream, 0, sizeof *stream);
    stream->loop = ex->conn->loop;
    stream->room = room;
    atomic_init(&stream->holders, 2);
    atomic_fetch_add(&stream->loop->server->streams, 1);
    return stream;
}

struct http_stream *http_stream_begin(struct http_exchange *exchange)
{
    struct exchange *ex = (struct exchange *)exchange;
    struct loop *loop = ex->conn->loop;
    bool already = atomic_exchange(&ex->answered, true);
    struct http_stream *stream = NULL;

    (void)already;
    assert(!already);
    if (reply_stream(ex)) {
        stream = ex->stream = stream_new(ex);
        if (!stream)
            reply_refuse(ex, &refuse_busy, true);
    }
    loop_post(loop, ex);
    if (!stream)
        atomic_fetch_sub(&loop->server->in_flight, 1);
    return stream;
}

size_t http_stream_room(const struct http_stream *stream)
{
    return stream->room - (atomic_load_explicit(&stream->put, memory_order_relaxed) - atomic_load_explicit(&stream->taken, memory_order_acquire));
}

bool http_stream_gone(const struct http_stream *stream)
{
    return atomic_load(&stream->gone);
}

bool http_stream_send(struct http_stream *stream, struct slice bytes)
{
    size_t put = atomic_load_explicit(&stream->put, memory_order_relaxed), at = put & (stream->room - 1);
    size_t first = bytes.len < stream->room - at ? bytes.len : stream->room - at;

    if (http_stream_gone(stream) || bytes.len > http_stream_room(stream))
        return false;
    memcpy(stream->ring + at, bytes.at, first);
    memcpy(stream->ring, bytes.at + first, bytes.len - first);
    atomic_store_explicit(&stream->put, put + bytes.len, memory_order_release);
    post(stream);
    return true;
}

void http_stream_end(struct http_stream *stream, bool cut)
{
    struct http_server *server = stream->loop->server;

    assert(atomic_load(&stream->over) == STREAM_ON);
    atomic_store(&stream->over, cut ? STREAM_CUT : STREAM_END);
    post(stream);
    let_go(stream);
    atomic_fetch_sub(&server->in_flight, 1); /* the last touch: http_stop frees only after it */
}

/* --- the loop's side --- */

bool stream_rests(const struct http_stream *stream)
{
    return atomic_load(&stream->put) == atomic_load(&stream->taken);
}

void stream_leave(struct http_stream *stream)
{
    stream->conn = NULL;
    atomic_store(&stream->gone, true);
    atomic_fetch_sub(&stream->loop->server->streams, 1);
    let_go(stream);
}

bool stream_begin(struct conn *conn)
{
    struct exchange *ex = conn->ex;
    int few = HTTP_STREAM_SNDBUF;

    conn->stream = ex->stream;
    ex->stream = NULL;
    conn->stream->conn = conn;
    exchange_give(conn->loop, ex); /* a stream needs none of it */
    conn->ex = NULL;
    setsockopt(conn->fd, SOL_SOCKET, SO_SNDBUF, &few, sizeof few);
    conn_enter(conn, CONN_STREAM);
    return true;
}

/* What lies in the ring, up to its end and from its start. false: it has to wait, or the connection is gone. */
static bool send_some(struct conn *conn, size_t put, size_t taken)
{
    struct http_stream *stream = conn->stream;
    size_t at = taken & (stream->room - 1), all = put - taken, first = all < stream->room - at ? all : stream->room - at;
    struct iovec parts[2] = {{stream->ring + at, first}, {stream->ring, all - first}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    ssize_t n;

    do
        n = sendmsg(conn->fd, &message, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        if (errno != EAGAIN && errno != EWOULDBLOCK)
            conn_close(conn);
        return false;
    }
    conn->moved += (uint64_t)n;
    conn->turn += (size_t)n;
    atomic_store_explicit(&stream->taken, taken + (size_t)n, memory_order_release);
    return true;
}

bool stream_drive(struct conn *conn)
{
    struct http_stream *stream = conn->stream;

    while (receive_stray(conn))
        ;
    while (conn->state == CONN_STREAM) {
        int over = atomic_load(&stream->over); /* before the ring is looked at: nothing is put in behind it */
        size_t put = atomic_load_explicit(&stream->put, memory_order_acquire), taken = atomic_load_explicit(&stream->taken, memory_order_relaxed);

        if (over == STREAM_CUT) {
            conn_abort(conn);
            return false;
        }
        if (put == taken)
            return over == STREAM_END || conn->loop->stopping;
        conn_stream_sends(conn);
        if (!send_some(conn, put, taken))
            return false;
    }
    return false;
}

static struct http_stream *take_posted(struct loop *loop)
{
    return atomic_exchange_explicit(&loop->streams, NULL, memory_order_acquire);
}

void stream_post_all(struct loop *loop)
{
    struct http_stream *stream = take_posted(loop);

    while (stream) {
        struct http_stream *next = stream->next; /* whoever posts it again writes this */

        atomic_exchange(&stream->posted, false);
        if (stream->conn)
            conn_drive(stream->conn);
        let_go(stream);
        stream = next;
    }
}

void stream_forget_all(struct loop *loop)
{
    struct http_stream *stream = take_posted(loop);

    while (stream) {
        struct http_stream *next = stream->next;

        let_go(stream);
        stream = next;
    }
}
