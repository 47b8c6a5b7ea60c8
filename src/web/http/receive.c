/* From the socket to a whole request, in the connection's own loop. */
#include <errno.h>
#include <sys/socket.h>

#include "web/http/http_int.h"

enum got { GOT_BYTES, GOT_NOTHING, GOT_END };

/* Reads what is there. A short read has emptied the socket, so the next edge will tell; but not once the peer has ended. */
static enum got get(struct conn *conn, char *to, size_t room, size_t *len)
{
    ssize_t n;

    if (!conn->readable)
        return GOT_NOTHING;
    do
        n = recv(conn->fd, to, room, 0);
    while (n < 0 && errno == EINTR);
    if (n > 0) {
        if ((size_t)n < room && !conn->ended)
            conn->readable = false;
        conn->moved += (uint64_t)n;
        conn->turn += (size_t)n;
        *len = (size_t)n;
        return GOT_BYTES;
    }
    if (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK))
        return GOT_END;
    conn->readable = false;
    return GOT_NOTHING;
}

/* More bytes into in[]. false: none now, or the connection is gone. */
static bool fill(struct conn *conn)
{
    struct exchange *ex = conn->ex;
    size_t n = 0;

    switch (get(conn, ex->in + ex->in_len, sizeof ex->in - ex->in_len, &n)) {
    case GOT_BYTES:
        ex->in_len += n;
        return true;
    case GOT_END:
        conn_close(conn);
        return false;
    case GOT_NOTHING:
        break;
    }
    return false;
}

/* --- a whole request --- */

static struct queue *queue_for(struct http_server *server, const struct http_exchange *pub)
{
    const struct http_options *options = &server->options;

    return options->urgent && options->urgent(pub->path, options->context) ? &server->urgent : &server->queue;
}

static bool submit(struct conn *conn)
{
    struct exchange *ex = conn->ex;
    struct http_server *server = conn->loop->server;

    request_address(ex);
    ex->pub.arrived_us = conn->loop->now_us;
    ex->close = !ex->head.keep_alive || conn->pipelined >= HTTP_PIPELINE_MOST - 1;
    atomic_store_explicit(&ex->answered, false, memory_order_relaxed);
    conn_enter(conn, CONN_WAIT);
    atomic_fetch_add(&server->in_flight, 1);
    if (queue_offer(queue_for(server, &ex->pub), ex)) {
        atomic_fetch_add_explicit(&server->requests, 1, memory_order_relaxed);
        return false;
    }
    atomic_fetch_sub(&server->in_flight, 1);
    return conn_refuse(conn, &refuse_busy, ex->close);
}

/* Room for a body among all bodies held: announced length, or for chunks the limit. */
static bool reserve(struct exchange *ex, size_t bytes)
{
    struct http_server *server = ex->conn->loop->server;

    if (atomic_fetch_add(&server->bodies, bytes) + bytes > server->options.bodies) {
        atomic_fetch_sub(&server->bodies, bytes);
        return false;
    }
    ex->reserved = bytes;
    return true;
}

/* The socket is empty of our bytes here, so these few always fit. */
static void say_continue(struct conn *conn)
{
    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";

    if (conn->ex->head.expects && conn->ex->in_len == conn->ex->scan.whole)
        (void)!send(conn->fd, go_on, sizeof go_on - 1, MSG_NOSIGNAL);
}

static bool begin_chunks(struct conn *conn)
{
    struct exchange *ex = conn->ex;

    if (!reserve(ex, ex->limit))
        return conn_refuse(conn, &refuse_bodies, true);
    say_continue(conn);
    conn_enter(conn, CONN_CHUNKS);
    return true;
}

static bool begin_body(struct conn *conn)
{
    struct exchange *ex = conn->ex;
    size_t have = ex->in_len - ex->scan.whole, length = (size_t)ex->head.length;

    if (have >= length) {
        ex->pub.body = (struct slice){ex->in + ex->scan.whole, length};
        ex->consumed = ex->scan.whole + length;
        return submit(conn);
    }
    if (!reserve(ex, length))
        return conn_refuse(conn, &refuse_bodies, true);
    say_continue(conn);
    text_add(&ex->body, ex->in + ex->scan.whole, have);
    ex->in_len = ex->consumed = ex->scan.whole;
    conn_enter(conn, CONN_BODY);
    return true;
}

/* The head is whole: what is it, and may its body come? */
static bool head_done(struct conn *conn)
{
    struct exchange *ex = conn->ex;
    const struct http_options *options = &conn->loop->server->options;
    struct slice bytes = {ex->in + ex->scan.start, ex->scan.whole - ex->scan.start};
    const struct refusal *why = head_parse(bytes, &ex->head);

    if (!why)
        why = target_parse(&ex->head, &ex->pub.arena);
    if (why)
        return conn_refuse(conn, why, true);
    memcpy(ex->pub.method, ex->head.method.at, ex->head.method.len);
    ex->pub.method[ex->head.method.len] = '\0';
    ex->pub.path = ex->head.path;
    ex->pub.query = ex->head.query;
    ex->consumed = ex->scan.whole;
    if (!ex->head.chunked && !ex->head.length)
        return submit(conn);
    ex->limit = options->limit ? options->limit(ex->pub.method, ex->pub.path, options->context) : 0;
    if (ex->head.chunked)
        return begin_chunks(conn);
    return ex->head.length > ex->limit ? conn_refuse(conn, &refuse_too_large, true) : begin_body(conn);
}

bool receive_head(struct conn *conn)
{
    struct exchange *ex = conn->ex;
    const struct refusal *why;

    if (!ex) {
        if (!conn->readable)
            return false;
        ex = conn->ex = exchange_take(conn->loop);
        if (!ex) {
            conn_close(conn);
            return false;
        }
        ex->conn = conn;
        exchange_recycle(ex);
    }
    if (ex->scan.at == ex->in_len && !fill(conn)) {
        if (conn->state == CONN_IDLE) {
            exchange_give(conn->loop, ex);
            conn->ex = NULL;
        }
        return false;
    }
    if (conn->state == CONN_IDLE)
        conn_enter(conn, CONN_HEAD);
    why = head_scan(&ex->scan, (struct slice){ex->in, ex->in_len});
    if (why)
        return conn_refuse(conn, why, true);
    return ex->scan.whole ? head_done(conn) : true;
}

/* --- bodies --- */

bool receive_body(struct conn *conn)
{
    struct exchange *ex = conn->ex;
    size_t want = (size_t)ex->head.length - ex->body.len, n = 0;

    if (want > HTTP_FILE_COPIED)
        want = HTTP_FILE_COPIED; /* memory follows what came, not what was announced */
    switch (get(conn, text_reserve(&ex->body, want), want, &n)) {
    case GOT_END:
        conn_close(conn);
        return false;
    case GOT_NOTHING:
        return false;
    case GOT_BYTES:
        break;
    }
    ex->body.len += n;
    if (ex->body.len < ex->head.length)
        return true;
    ex->pub.body = text_slice(&ex->body);
    return submit(conn);
}

bool receive_chunks(struct conn *conn)
{
    struct exchange *ex = conn->ex;
    size_t from = ex->scan.whole, used = 0;
    const struct refusal *why;

    if (ex->in_len == from && !fill(conn))
        return false;
    why = chunk_decode(&ex->chunk, (struct slice){ex->in + from, ex->in_len - from}, ex->limit, &ex->body, &used);
    if (why)
        return conn_refuse(conn, why, true);
    if (ex->chunk.at == CHUNK_DONE) {
        ex->consumed = from + used;
        ex->pub.body = text_slice(&ex->body);
        return submit(conn);
    }
    ex->in_len = from;
    return true;
}

/* What comes after our last answer is read and thrown away, for a while. */
bool receive_nothing(struct conn *conn)
{
    char bytes[16384];
    size_t n = 0;
    enum got got = get(conn, bytes, sizeof bytes, &n);

    if (got == GOT_END || conn->moved > HTTP_LINGER_BYTES)
        conn_close(conn);
    return got == GOT_BYTES && conn->state == CONN_LINGER;
}

/* Not counted as progress: a reader who talks is not yet one who reads. */
bool receive_stray(struct conn *conn)
{
    char bytes[4096];
    size_t n = 0;
    enum got got = get(conn, bytes, sizeof bytes, &n);

    conn->moved -= n;
    if (got == GOT_END)
        conn_close(conn);
    return got == GOT_BYTES && conn->turn <= HTTP_TURN_BYTES;
}
