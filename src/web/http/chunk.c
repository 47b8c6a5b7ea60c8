/*
 * The chunked coding, taken off strictly: a size is 1 to 8 hex digits and CR LF. Extensions and trailers, which no
 * client of ours sends and which proxies have disagreed about, are refused.
 */
#include "web/http/head_int.h"

enum { DIGITS_MOST = 8 };

static const struct refusal bad_chunk = {400, "bad_chunk", {"分块传输的正文格式无效", NULL}, {"The chunked body is malformed", NULL}};

const struct refusal refuse_too_large = {413, "too_large",
                                         {"提交的内容超过此处允许的大小", "请分成几份，或去掉图片后再提交"},
                                         {"This is larger than what this address takes",
                                          "Please split it, or send it without pictures"}};

static bool size_byte(struct chunk_state *state, char c)
{
    int digit = hex_value(c);

    if (digit < 0) {
        state->at = CHUNK_SIZE_LF;
        return c == '\r' && state->digits > 0;
    }
    state->left = state->left * 16 + (uint64_t)digit;
    state->at = CHUNK_SIZE;
    return ++state->digits <= DIGITS_MOST;
}

static bool expect(struct chunk_state *state, char c, char wanted, enum chunk_at next)
{
    state->at = next;
    return c == wanted;
}

/* One byte of the coding itself, not of the data. */
static bool framing_byte(struct chunk_state *state, char c)
{
    switch (state->at) {
    case CHUNK_SIZE_FIRST:
        state->left = 0;
        state->digits = 0;
        return size_byte(state, c);
    case CHUNK_SIZE:
        return size_byte(state, c);
    case CHUNK_SIZE_LF:
        return expect(state, c, '\n', state->left ? CHUNK_DATA : CHUNK_END_CR);
    case CHUNK_DATA_CR:
        return expect(state, c, '\r', CHUNK_DATA_LF);
    case CHUNK_DATA_LF:
        return expect(state, c, '\n', CHUNK_SIZE_FIRST);
    case CHUNK_END_CR:
        return expect(state, c, '\r', CHUNK_END_LF);
    case CHUNK_END_LF:
        return expect(state, c, '\n', CHUNK_DONE);
    case CHUNK_DATA:
    case CHUNK_DONE:
        break;
    }
    return false;
}

static size_t take_data(struct chunk_state *state, struct slice in, struct text *body)
{
    size_t n = in.len < state->left ? in.len : (size_t)state->left;

    text_add(body, in.at, n);
    state->left -= n;
    if (!state->left)
        state->at = CHUNK_DATA_CR;
    return n;
}

const struct refusal *chunk_decode(struct chunk_state *state, struct slice in, size_t limit, struct text *body,
                                   size_t *used)
{
    size_t at = 0;

    while (at < in.len && state->at != CHUNK_DONE) {
        if (state->at == CHUNK_DATA) {
            at += take_data(state, (struct slice){in.at + at, in.len - at}, body);
            continue;
        }
        if (!framing_byte(state, in.at[at++]))
            return &bad_chunk;
        if (state->at == CHUNK_DATA && state->left > limit - body->len)
            return &refuse_too_large;
    }
    *used = at;
    return NULL;
}
