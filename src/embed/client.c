#include "embed/client.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>

#include "base/json.h"
#include "post/post.h"

enum { NUMBER_BYTES = 32, REST_BYTES = 1 << 16 };

struct embed_client {
    char *address, *model, *key; /* key NULL: none */
    struct post *post;
};

/* --- beginning and end --- */

static bool check(const struct embed_options *options, struct err *err)
{
    bool safe;

    if (!post_address(options->url, &safe))
        return err_set(err, ERR_INVALID, "向量服务的地址要以 https:// 或 http:// 开头：%s", options->url)
               || err_hint(err, "例如 https://api.example.com/v1");
    if (options->key && *options->key && !safe)
        return err_set(err, ERR_INVALID, "向量服务的密钥不能不加密地发到别的机器")
               || err_hint(err, "用 https:// 的地址，或不用密钥");
    for (const char *c = options->key; c && *c; c++)
        if (!isgraph((unsigned char)*c))
            return err_set(err, ERR_INVALID, "向量服务的密钥里有空白或控制字符") || err_hint(err, "密钥写成一行，前后不留空格");
    return true;
}

static char *printed(const char *first, size_t len, const char *second)
{
    struct text text;

    text_init(&text);
    text_add(&text, first, len);
    text_puts(&text, second);
    return text_detach(&text);
}

bool embed_client_new(const struct embed_options *options, struct embed_client **out, struct err *err)
{
    struct embed_client *client;
    size_t len = strlen(options->url);

    if (!check(options, err))
        return false;
    client = calloc(1, sizeof *client);
    if (!client)
        abort();
    while (len && options->url[len - 1] == '/')
        len--;
    client->address = printed(options->url, len, "/embeddings");
    client->model = printed(options->model, strlen(options->model), "");
    client->key = options->key && *options->key ? printed(options->key, strlen(options->key), "") : NULL;
    client->post = post_new();
    *out = client;
    return true;
}

void embed_client_stop(struct embed_client *client)
{
    post_stop(client->post);
}

void embed_client_free(struct embed_client *client)
{
    if (!client)
        return;
    post_free(client->post);
    free(client->address);
    free(client->model);
    free(client->key);
    free(client);
}

/* --- the question --- */

static void write_question(const struct embed_client *client, const struct slice *texts, size_t count, struct text *out)
{
    json_t *question = json_object(), *input = json_array();

    json_put(question, "model", slice_of(client->model));
    for (size_t t = 0; t < count; t++)
        json_array_append_new(input, json_stringn(texts[t].at, texts[t].len));
    json_object_set_new(question, "input", input);
    json_put(question, "encoding_format", SLICE("float"));
    json_write(question, out);
    json_decref(question);
}

/* --- the answer --- */

static enum embed_outcome away(struct embed_answer *answer, const char *why)
{
    snprintf(answer->why, sizeof answer->why, "%s", why);
    free(answer->numbers);
    answer->numbers = NULL;
    return EMBED_AWAY;
}

/* One vector into its place. */
static const char *take_vector(const json_t *item, size_t at, size_t count, bool *seen, struct embed_answer *answer)
{
    const json_t *numbers = json_object_get(item, "embedding"), *index = json_object_get(item, "index");
    size_t place = json_is_integer(index) ? (size_t)json_integer_value(index) : at, dims = json_array_size(numbers);
    bool some = false;

    if (place >= count || seen[place])
        return "应答里的次序不对";
    if (dims == 0 || dims > EMBED_DIMS || (answer->dims && dims != answer->dims))
        return "应答里的向量长短不一，或没有向量";
    if (!answer->numbers && !(answer->numbers = calloc(count, dims * sizeof *answer->numbers)))
        abort();
    answer->dims = (unsigned)dims;
    seen[place] = true;
    for (size_t d = 0; d < dims; d++) {
        const json_t *number = json_array_get(numbers, d);
        double value = json_number_value(number);

        if (!json_is_number(number) || !(fabs(value) <= 1e6))
            return "应答的向量里有不是数的";
        answer->numbers[place * dims + d] = (float)value;
        some |= answer->numbers[place * dims + d] != 0;
    }
    return some ? NULL : "应答里有全是零的向量";
}

static const char *take_all(const json_t *answered, size_t count, struct embed_answer *answer)
{
    const json_t *data = json_object_get(answered, "data");
    bool seen[EMBED_BATCH] = {false};
    const char *wrong = NULL;

    if (json_array_size(data) != count)
        return "应答里的向量不是每段文字一个";
    for (size_t i = 0; i < count && !wrong; i++)
        wrong = take_vector(json_array_get(data, i), i, count, seen, answer);
    return wrong;
}

static enum embed_outcome read_answer(const struct text *text, size_t count, struct embed_answer *answer)
{
    struct err ignored;
    json_t *answered = json_read(text_slice(text), &ignored);
    const char *wrong = answered ? take_all(answered, count, answer) : "应答不是 JSON";

    json_decref(answered);
    return wrong ? away(answer, wrong) : EMBED_DONE;
}

static enum embed_outcome read_status(const struct post_answer *got, struct embed_answer *answer)
{
    if (got->status == 401 || got->status == 403)
        snprintf(answer->why, sizeof answer->why, "它不认密钥(HTTP %ld)", got->status);
    else
        snprintf(answer->why, sizeof answer->why, "%s", got->why);
    if (got->status == 400 || got->status == 413 || got->status == 422)
        return EMBED_REFUSED;
    answer->wait_s = got->wait_s;
    return EMBED_AWAY;
}

enum embed_outcome embed_ask(struct embed_client *client, const struct slice *texts, size_t count, unsigned timeout_ms,
                             struct embed_answer *answer)
{
    struct post_question question = {.url = client->address, .type = "application/json", .accept = "application/json",
                                     .bearer = client->key, .timeout_ms = timeout_ms,
                                     .most = count * EMBED_DIMS * NUMBER_BYTES + REST_BYTES};
    struct post_answer got;
    enum embed_outcome outcome;
    struct text body;

    *answer = (struct embed_answer){0};
    text_init(&body);
    write_question(client, texts, count, &body);
    question.body = text_slice(&body);
    if (!post_ask(client->post, &question, &got))
        outcome = away(answer, got.why);
    else
        outcome = got.status == 200 ? read_answer(&got.body, count, answer) : read_status(&got, answer);
    text_release(&got.body);
    text_release(&body);
    return outcome;
}
