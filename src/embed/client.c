#include "embed/client.h"

#include <ctype.h>
#include <curl/curl.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/json.h"

enum { HANDLES = 8, NUMBER_BYTES = 32, REST_BYTES = 1 << 16, CONNECT_MS = 5000, WAIT_MOST_S = 600 };

struct embed_client {
    char *address, *model, *bearer;
    atomic_bool stopping;
    pthread_mutex_t mutex; /* guards the handles: they keep their connections open */
    CURL *handles[HANDLES];
    size_t handle_count;
};

/* --- beginning and end --- */

static bool is_local(const char *url)
{
    static const char *const names[] = {"http://127.0.0.1", "http://localhost", "http://[::1]"};

    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        size_t len = strlen(names[n]);

        if (strncmp(url, names[n], len) == 0 && (url[len] == ':' || url[len] == '/' || !url[len]))
            return true;
    }
    return false;
}

static bool check(const struct embed_options *options, struct err *err)
{
    bool safe = strncmp(options->url, "https://", 8) == 0;

    if (!safe && strncmp(options->url, "http://", 7) != 0)
        return err_set(err, ERR_INVALID, "向量服务的地址要以 https:// 或 http:// 开头：%s", options->url)
               || err_hint(err, "例如 https://api.example.com/v1");
    if (options->key && *options->key && !safe && !is_local(options->url))
        return err_set(err, ERR_INVALID, "向量服务的密钥不能不加密地发到别的机器")
               || err_hint(err, "用 https:// 的地址，或不用密钥");
    for (const char *c = options->key; c && *c; c++)
        if (!isgraph((unsigned char)*c))
            return err_set(err, ERR_INVALID, "向量服务的密钥里有空白或控制字符") || err_hint(err, "密钥写成一行，前后不留空格");
    return true;
}

static char *printed(const char *first, const char *second)
{
    struct text text;

    text_init(&text);
    text_puts(&text, first);
    text_puts(&text, second);
    return text_detach(&text);
}

bool embed_client_new(const struct embed_options *options, struct embed_client **out, struct err *err)
{
    struct embed_client *client;
    size_t len = strlen(options->url);
    char *base;

    if (!check(options, err))
        return false;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    client = calloc(1, sizeof *client);
    base = strdup(options->url);
    if (!client || !base)
        abort();
    while (len && base[len - 1] == '/')
        base[--len] = '\0';
    client->address = printed(base, "/embeddings");
    client->model = printed(options->model, "");
    client->bearer = options->key && *options->key ? printed("Authorization: Bearer ", options->key) : NULL;
    pthread_mutex_init(&client->mutex, NULL);
    free(base);
    *out = client;
    return true;
}

void embed_client_stop(struct embed_client *client)
{
    atomic_store(&client->stopping, true);
}

void embed_client_free(struct embed_client *client)
{
    if (!client)
        return;
    for (size_t h = 0; h < client->handle_count; h++)
        curl_easy_cleanup(client->handles[h]);
    pthread_mutex_destroy(&client->mutex);
    free(client->address);
    free(client->model);
    free(client->bearer);
    free(client);
}

static CURL *handle_take(struct embed_client *client)
{
    CURL *handle = NULL;

    pthread_mutex_lock(&client->mutex);
    if (client->handle_count)
        handle = client->handles[--client->handle_count];
    pthread_mutex_unlock(&client->mutex);
    if (!handle)
        handle = curl_easy_init();
    if (!handle)
        abort();
    return handle;
}

static void handle_give(struct embed_client *client, CURL *handle)
{
    pthread_mutex_lock(&client->mutex);
    if (client->handle_count < HANDLES) {
        client->handles[client->handle_count++] = handle;
        handle = NULL;
    }
    pthread_mutex_unlock(&client->mutex);
    if (handle)
        curl_easy_cleanup(handle);
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

struct body {
    struct text text;
    size_t most;
    bool over;
};

static size_t take_bytes(char *bytes, size_t one, size_t count, void *arg)
{
    struct body *body = arg;

    if (count > body->most - body->text.len) {
        body->over = true;
        return 0; /* ends the transfer */
    }
    text_add(&body->text, bytes, count);
    return one * count;
}

/* Not 0: leave off. curl asks about once a second, and oftener while bytes come. */
static int go_on(void *arg, curl_off_t down_all, curl_off_t down, curl_off_t up_all, curl_off_t up)
{
    const struct embed_client *client = arg;

    (void)down_all, (void)down, (void)up_all, (void)up;
    return atomic_load(&client->stopping);
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

static enum embed_outcome read_status(CURL *handle, long status, struct embed_answer *answer)
{
    curl_off_t wait = 0;

    snprintf(answer->why, sizeof answer->why,
             status >= 300 && status < 400 ? "它转到别处去(HTTP %ld)，转向是不跟的" : status == 401 || status == 403 ? "它不认密钥(HTTP %ld)" : "它答 HTTP %ld",
             status);
    if (status == 400 || status == 413 || status == 422)
        return EMBED_REFUSED;
    if (curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK && wait > 0)
        answer->wait_s = (unsigned)(wait < WAIT_MOST_S ? wait : WAIT_MOST_S);
    return EMBED_AWAY;
}

static void set_up(struct embed_client *client, CURL *handle, struct curl_slist *headers, const struct text *question,
                   struct body *body, unsigned timeout_ms)
{
    curl_easy_reset(handle);
    curl_easy_setopt(handle, CURLOPT_URL, client->address);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
#ifndef TQ_TEETH_EMBED_REDIRECT
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
#else
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
#endif
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, (long)timeout_ms);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, (long)(timeout_ms < CONNECT_MS ? timeout_ms : CONNECT_MS));
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "tieqiao");
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)question->len);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, question->at);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, body);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, go_on);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, client);
}

static enum embed_outcome perform(CURL *handle, size_t count, struct body *body, struct embed_answer *answer)
{
    CURLcode code = curl_easy_perform(handle);
    long status = 0;

    if (body->over)
        return away(answer, "应答太长，没有收完");
    if (code != CURLE_OK) {
        snprintf(answer->why, sizeof answer->why, "%s", code == CURLE_OPERATION_TIMEDOUT ? "它没有在时限内应答" : curl_easy_strerror(code));
        return EMBED_AWAY;
    }
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return status == 200 ? read_answer(&body->text, count, answer) : read_status(handle, status, answer);
}

enum embed_outcome embed_ask(struct embed_client *client, const struct slice *texts, size_t count, unsigned timeout_ms,
                             struct embed_answer *answer)
{
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    struct body body = {.most = count * EMBED_DIMS * NUMBER_BYTES + REST_BYTES};
    CURL *handle = handle_take(client);
    enum embed_outcome outcome;
    struct text question;

    *answer = (struct embed_answer){0};
    headers = curl_slist_append(headers, "Accept: application/json");
    if (client->bearer)
        headers = curl_slist_append(headers, client->bearer);
    text_init(&question);
    text_init(&body.text);
    write_question(client, texts, count, &question);
    set_up(client, handle, headers, &question, &body, timeout_ms);
    outcome = perform(handle, count, &body, answer);
    handle_give(client, handle);
    curl_slist_free_all(headers);
    text_release(&body.text);
    text_release(&question);
    return outcome;
}
