#include <unistd.h>

#include "web/http/http_int.h"

enum { KEEP_ARENA = 1 << 16, KEEP_TEXT = 1 << 18 };

static void shrink(struct text *text)
{
    if (text->room > KEEP_TEXT)
        text_release(text);
    else
        text_clear(text);
}

static void reset_view(struct http_exchange *pub, void *context)
{
    if (pub->arena.used > KEEP_ARENA)
        arena_release(&pub->arena);
    else
        arena_reset(&pub->arena);
    shrink(&pub->reply);
    pub->method[0] = '\0';
    pub->path = pub->query = pub->body = pub->address = SLICE("");
    pub->reply_type = pub->reply_headers = (struct slice){NULL, 0};
    pub->status = 200;
    pub->reply_file = NULL;
    pub->reply_file_once = false;
    pub->server = context;
    pub->user = NULL;
}

static void give_back_bodies(struct exchange *ex)
{
    if (ex->reserved)
        atomic_fetch_sub(&ex->conn->loop->server->bodies, ex->reserved);
    ex->reserved = 0;
}

void exchange_recycle(struct exchange *ex)
{
    size_t left = ex->in_len - ex->consumed;

    give_back_bodies(ex);
    if (ex->stream)
        stream_leave(ex->stream); /* its head never went out */
    ex->stream = NULL;
    if (ex->file >= 0)
        close(ex->file);
    reset_view(&ex->pub, ex->conn->loop->server->options.context);
    memset(&ex->scan, 0, sizeof ex->scan);
    memset(&ex->chunk, 0, sizeof ex->chunk);
    ex->head.method = (struct slice){NULL, 0};
    ex->head.count = 0;
    shrink(&ex->body);
    shrink(&ex->extra);
    shrink(&ex->out);
    ex->tail = SLICE("");
    ex->file = -1;
    ex->sent = 0;
    ex->close = false;
    if (left && ex->consumed)
        memmove(ex->in, ex->in + ex->consumed, left);
    ex->in_len = left;
    ex->consumed = 0;
}

static struct exchange *exchange_new(void)
{
    struct exchange *ex = malloc(sizeof *ex);

    if (!ex)
        return NULL;
    memset(ex, 0, offsetof(struct exchange, in)); /* in[] is touched only as far as it is filled */
    ex->file = -1;
    atomic_init(&ex->answered, true);
    return ex;
}

struct exchange *exchange_take(struct loop *loop)
{
    struct exchange *ex = loop->pool;

    if (!ex)
        return exchange_new();
    loop->pool = ex->next;
    loop->pooled--;
    return ex;
}

void exchange_give(struct loop *loop, struct exchange *ex)
{
    ex->consumed = ex->in_len; /* nothing is left over for a stranger */
    exchange_recycle(ex);
    ex->conn = NULL;
    if (loop->pooled >= HTTP_POOL_MOST) {
        exchange_free(ex);
        return;
    }
    ex->next = loop->pool;
    loop->pool = ex;
    loop->pooled++;
}

void exchange_free(struct exchange *ex)
{
    if (ex->stream)
        stream_leave(ex->stream);
    if (ex->file >= 0)
        close(ex->file);
    arena_release(&ex->pub.arena);
    text_release(&ex->pub.reply);
    text_release(&ex->body);
    text_release(&ex->extra);
    text_release(&ex->out);
    free(ex);
}
