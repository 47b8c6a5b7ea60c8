/* One connection's states. Each step returns true while there is more to do without waiting. */
#include <arpa/inet.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "web/http/http_int.h"

const struct refusal refuse_slow = {408, "too_slow", {"请求传送得太慢，连接已关闭", "请检查网络后再试"},
                                    {"The request came too slowly; the connection is closed",
                                     "Please check the network and try again"}};
const struct refusal refuse_busy = {503, "busy", {"系统繁忙，请稍后再试", NULL}, {"Busy, please try again later", NULL}};
const struct refusal refuse_bodies = {503, "busy", {"同时上传的内容过多，请稍后再试", NULL},
                                      {"Too much is being uploaded at once, please try again later", NULL}};

static void show_address(const struct sockaddr_storage *peer, char *out, socklen_t room)
{
    const struct sockaddr_in *four = (const void *)peer;
    const struct sockaddr_in6 *six = (const void *)peer;

    out[0] = '\0';
    if (peer->ss_family == AF_INET)
        inet_ntop(AF_INET, &four->sin_addr, out, room);
    else if (peer->ss_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&six->sin6_addr))
        inet_ntop(AF_INET, &six->sin6_addr.s6_addr[12], out, room);
    else if (peer->ss_family == AF_INET6)
        inet_ntop(AF_INET6, &six->sin6_addr, out, room);
}

struct conn *conn_new(int fd, const struct sockaddr_storage *peer)
{
    struct conn *conn = calloc(1, sizeof *conn);

    if (!conn)
        return NULL;
    conn->fd = fd;
    show_address(peer, conn->address, sizeof conn->address);
    return conn;
}

void conn_enter(struct conn *conn, enum conn_state state)
{
    conn->state = state;
    conn->since_us = conn->loop->now_us;
    conn->moved = conn->counted = 0;
    loop_rest(conn->loop, conn);
}

void conn_close(struct conn *conn)
{
    struct loop *loop = conn->loop;

    close(conn->fd);
    conn->fd = -1;
    if (conn->ex)
        exchange_give(loop, conn->ex);
    conn->ex = NULL;
    if (conn->stream)
        stream_leave(conn->stream);
    conn->stream = NULL;
    conn->state = CONN_DEAD;
    loop_rest(loop, conn);
}

bool conn_refuse(struct conn *conn, const struct refusal *why, bool closing)
{
    struct http_server *server = conn->loop->server;

    reply_refuse(conn->ex, why, closing);
    atomic_fetch_add_explicit(why->status == 503 ? &server->busy : &server->refused, 1, memory_order_relaxed);
    loop_note_refusal(conn, why);
    conn_enter(conn, CONN_WRITE);
    return true;
}

/* Our side is shut first, and theirs awaited: closing over unread bytes would reset the answer away. */
static bool begin_linger(struct conn *conn)
{
    shutdown(conn->fd, SHUT_WR);
    if (conn->ex)
        exchange_give(conn->loop, conn->ex);
    conn->ex = NULL;
    if (conn->stream)
        stream_leave(conn->stream);
    conn->stream = NULL;
    conn_enter(conn, CONN_LINGER);
    return true;
}

static bool next_request(struct conn *conn)
{
    struct exchange *ex = conn->ex;

    if (ex->stream)
        return stream_begin(conn);
    if (ex->close || conn->loop->stopping)
        return begin_linger(conn);
    exchange_recycle(ex);
    if (ex->in_len) {
        conn->pipelined++;
        conn_enter(conn, CONN_HEAD);
        return true;
    }
    conn->pipelined = 0;
    exchange_give(conn->loop, ex);
    conn->ex = NULL;
    conn_enter(conn, CONN_IDLE);
    return true;
}

static bool step(struct conn *conn)
{
    switch (conn->state) {
    case CONN_IDLE:
    case CONN_HEAD:
        return receive_head(conn);
    case CONN_BODY:
        return receive_body(conn);
    case CONN_CHUNKS:
        return receive_chunks(conn);
    case CONN_WRITE:
        return send_answer(conn) && next_request(conn);
    case CONN_STREAM:
        return stream_drive(conn) && begin_linger(conn);
    case CONN_LINGER:
        return receive_nothing(conn);
    case CONN_WAIT:
    case CONN_DEAD:
        break;
    }
    return false;
}

void conn_drive(struct conn *conn)
{
    conn->turn = 0;
    while (step(conn))
        if (conn->turn > HTTP_TURN_BYTES) {
            loop_again(conn);
            return;
        }
}

void conn_answered(struct conn *conn)
{
    conn_enter(conn, CONN_WRITE);
    conn_drive(conn);
}

static int64_t patience(const struct conn *conn)
{
    const struct http_options *options = &conn->loop->server->options;

    switch (conn->state) {
    case CONN_IDLE:
        return options->idle_us;
    case CONN_HEAD:
        return options->header_us;
    case CONN_BODY:
    case CONN_CHUNKS:
        return options->body_us;
    case CONN_WRITE:
    case CONN_STREAM:
        return options->write_us;
    case CONN_LINGER:
        return HTTP_LINGER_US;
    case CONN_WAIT:
    case CONN_DEAD:
        break;
    }
    return INT64_MAX / 2;
}

/* What has really gone from side to side: bytes that only wait in our kernel have not. */
static uint64_t progress(const struct conn *conn)
{
    int waiting = 0;

    if ((conn->state == CONN_WRITE || conn->state == CONN_STREAM) && ioctl(conn->fd, SIOCOUTQ, &waiting) != 0)
        waiting = 0;
    return conn->moved > (uint64_t)waiting ? conn->moved - (uint64_t)waiting : 0;
}

void conn_stream_sends(struct conn *conn)
{
    if (progress(conn) != conn->moved)
        return;
    conn->since_us = conn->loop->now_us;
    conn->counted = conn->moved;
}

/* Nothing waits for the reader, or he has taken something since the last look. */
static bool stream_goes_on(struct conn *conn, int64_t now_us)
{
    uint64_t moved = progress(conn);

    if (moved <= conn->counted && !(stream_rests(conn->stream) && moved == conn->moved))
        return false;
    conn->since_us = now_us;
    conn->counted = moved;
    return true;
}

/* A transfer that kept the least rate since the clock was last set is given the same time again. */
static bool keeps_going(struct conn *conn, int64_t now_us)
{
    uint64_t moved, least;

    if (conn->state == CONN_STREAM)
        return stream_goes_on(conn, now_us);
    if (conn->state != CONN_BODY && conn->state != CONN_CHUNKS && conn->state != CONN_WRITE)
        return false;
    moved = progress(conn);
    least = (uint64_t)(now_us - conn->since_us) * conn->loop->server->options.least_rate / 1000000;
    if (moved < conn->counted + least)
        return false;
    conn->since_us = now_us;
    conn->counted = moved;
    return true;
}

bool conn_overdue(struct conn *conn, int64_t now_us)
{
#ifdef TQ_TEETH_HTTP_DEADLINE
    now_us = conn->since_us;
#endif
    return now_us - conn->since_us > patience(conn) && !keeps_going(conn, now_us);
}

/* A reset, so that what the kernel still holds for a reader who does not read is dropped at once. */
void conn_abort(struct conn *conn)
{
    struct linger at_once = {.l_onoff = 1, .l_linger = 0};

    setsockopt(conn->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    conn_close(conn);
}

void conn_expire(struct conn *conn)
{
    switch (conn->state) {
    case CONN_HEAD:
    case CONN_BODY:
    case CONN_CHUNKS:
        conn_refuse(conn, &refuse_slow, true);
        conn_drive(conn);
        break;
    case CONN_WRITE:
    case CONN_STREAM:
        atomic_fetch_add_explicit(&conn->loop->server->refused, 1, memory_order_relaxed);
        conn_abort(conn);
        break;
    default:
        conn_close(conn);
    }
}
