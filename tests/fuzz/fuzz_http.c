/*
 * The gate against any bytes: a stream read whole and read byte by byte must come to the same end, and what is let
 * through must keep the gate's word. Seeds: tests/bad/http-*.raw.
 */
#include <stdint.h>

#include "web/http/head_int.h"

enum { LIMIT = 4096 };

#define MUST(condition) ((condition) ? (void)0 : abort())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct end {
    int status; /* 0: wants more; 1: let through; else the refusal's */
    size_t used;
    char path[HEAD_TARGET_MOST + 1];
    size_t path_len;
    struct text body;
};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void check_head(const struct http_head *head)
{
    struct slice rest = {head->path.at + 1, head->path.len - 1}, segment;

    MUST(head->path.len && head->path.at[0] == '/');
    MUST(!memchr(head->path.at, '\0', head->path.len) && !memchr(head->path.at, '\\', head->path.len));
    while (slice_cut(&rest, '/', &segment))
        MUST((segment.len || !rest.at) && !slice_is(segment, ".") && !slice_is(segment, ".."));
    MUST(!(head->chunked && head->has_length) && head->host.len && head->count <= HEAD_FIELDS_MOST);
    for (size_t i = 0; i < head->count; i++)
        for (size_t k = 0; k < head->fields[i].value.len; k++)
            MUST((unsigned char)head->fields[i].value.at[k] >= 0x20 || head->fields[i].value.at[k] == '\t');
}

static const struct refusal *read_chunks(struct slice in, size_t step, struct end *end)
{
    struct chunk_state state = {.at = CHUNK_SIZE_FIRST};

    while (end->used < in.len && state.at != CHUNK_DONE) {
        struct slice piece = {in.at + end->used, least(step, in.len - end->used)};
        size_t used = 0;
        const struct refusal *why = chunk_decode(&state, piece, LIMIT, &end->body, &used);

        if (why)
            return why;
        end->used += used;
        MUST(end->body.len <= LIMIT);
    }
    end->status = state.at == CHUNK_DONE;
    return NULL;
}

static const struct refusal *read_body(const struct http_head *head, struct slice in, size_t step, struct end *end)
{
    if (head->chunked)
        return read_chunks(in, step, end);
    if (head->length > LIMIT)
        return &refuse_too_large;
    end->status = in.len - end->used >= head->length;
    if (end->status)
        end->used += (size_t)head->length;
    return NULL;
}

static const struct refusal *read_request(struct slice in, size_t step, struct arena *arena, struct end *end)
{
    static struct http_head head;
    struct head_scan scan = {.at = 0};
    const struct refusal *why = NULL;

    for (size_t have = 0; !why && !scan.whole && have < in.len;) {
        have += least(step, in.len - have);
        why = head_scan(&scan, (struct slice){in.at, have});
    }
    if (why || !scan.whole)
        return why;
    end->used = scan.whole;
    why = head_parse((struct slice){in.at + scan.start, scan.whole - scan.start}, &head);
    if (!why)
        why = target_parse(&head, arena);
    if (why)
        return why;
    check_head(&head);
    end->path_len = head.path.len;
    memcpy(end->path, head.path.at, head.path.len);
    return read_body(&head, in, step, end);
}

static void run(struct slice in, size_t step, struct end *end)
{
    struct arena arena;
    const struct refusal *why;

    arena_init(&arena);
    end->status = 0;
    end->used = end->path_len = 0;
    text_clear(&end->body);
    why = read_request(in, step, &arena, end);
    if (why)
        end->status = why->status;
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct end whole, bytes;
    struct slice in = {(const char *)data, size};

    run(in, size ? size : 1, &whole);
    run(in, 1, &bytes);
    MUST(whole.status == bytes.status);
    if (whole.status == 1)
        MUST(whole.used == bytes.used && slice_same(text_slice(&whole.body), text_slice(&bytes.body))
             && whole.path_len == bytes.path_len && memcmp(whole.path, bytes.path, whole.path_len) == 0);
    return 0;
}
