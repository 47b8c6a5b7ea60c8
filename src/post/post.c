#include "post/post_int.h"

#include <stdio.h>
#include <stdlib.h>

enum { CONNECT_MS = 5000, WAIT_MOST_S = 600 };

/* --- beginning and end --- */

struct post *post_new(void)
{
    struct post *post = calloc(1, sizeof *post);

    if (!post)
        abort();
    curl_global_init(CURL_GLOBAL_DEFAULT);
    pthread_mutex_init(&post->mutex, NULL);
    return post;
}

void post_stop(struct post *post)
{
    atomic_store(&post->stopping, true);
}

void post_free(struct post *post)
{
    if (!post)
        return;
    for (size_t h = 0; h < post->handle_count; h++)
        curl_easy_cleanup(post->handles[h]);
    pthread_mutex_destroy(&post->mutex);
    free(post);
}

CURL *post_handle_take(struct post *post)
{
    CURL *handle = NULL;

    pthread_mutex_lock(&post->mutex);
    if (post->handle_count)
        handle = post->handles[--post->handle_count];
    pthread_mutex_unlock(&post->mutex);
    if (!handle)
        handle = curl_easy_init();
    if (!handle)
        abort();
    return handle;
}

void post_handle_give(struct post *post, CURL *handle)
{
    pthread_mutex_lock(&post->mutex);
    if (post->handle_count < POST_HANDLES) {
        post->handles[post->handle_count++] = handle;
        handle = NULL;
    }
    pthread_mutex_unlock(&post->mutex);
    if (handle)
        curl_easy_cleanup(handle);
}

/* --- addresses --- */

bool post_is_local(const char *url, const char *scheme)
{
    static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
    const char *host = url + strlen(scheme);

    for (size_t n = 0; strncmp(url, scheme, strlen(scheme)) == 0 && n < sizeof names / sizeof *names; n++) {
        size_t len = strlen(names[n]);

        if (strncmp(host, names[n], len) == 0 && (host[len] == ':' || host[len] == '/' || !host[len]))
            return true;
    }
    return false;
}

bool post_address(const char *url, bool *safe)
{
    bool tls = strncmp(url, "https://", 8) == 0;

    *safe = tls || post_is_local(url, "http://");
    return tls || strncmp(url, "http://", 7) == 0;
}

/* --- a question --- */

struct asking {
    struct post *post;
    struct post_answer *answer;
    size_t most;
    bool over;
};

static size_t take_bytes(char *bytes, size_t one, size_t count, void *arg)
{
    struct asking *asking = arg;

    if (count > asking->most - asking->answer->body.len) {
        asking->over = true;
        return 0; /* ends the transfer */
    }
    text_add(&asking->answer->body, bytes, count);
    return one * count;
}

int post_go_on(void *arg, curl_off_t down_all, curl_off_t down, curl_off_t up_all, curl_off_t up)
{
    const struct post *post = arg;

    (void)down_all, (void)down, (void)up_all, (void)up;
    return atomic_load(&post->stopping);
}

static struct curl_slist *header_add(struct curl_slist *headers, const char *name, const char *value)
{
    struct curl_slist *longer;
    struct text line;

    if (!value)
        return headers;
    text_init(&line);
    text_print(&line, "%s: %s", name, value);
    longer = curl_slist_append(headers, line.at);
    if (!longer)
        abort();
    text_release(&line);
    return longer;
}

static struct curl_slist *headers_of(const struct post_question *question)
{
    struct curl_slist *headers = header_add(NULL, "Content-Type", question->type);
    struct text bearer;

    headers = header_add(headers, "Accept", question->accept);
    if (question->more) {
        headers = curl_slist_append(headers, question->more);
        if (!headers)
            abort();
    }
    if (!question->bearer)
        return headers;
    text_init(&bearer);
    text_print(&bearer, "Bearer %s", question->bearer);
    headers = header_add(headers, "Authorization", bearer.at);
    text_release(&bearer);
    return headers;
}

static void set_up(CURL *handle, const struct post_question *question, struct curl_slist *headers, struct asking *asking)
{
    unsigned connect_ms = question->timeout_ms < CONNECT_MS ? question->timeout_ms : CONNECT_MS;

    curl_easy_reset(handle);
    curl_easy_setopt(handle, CURLOPT_URL, question->url);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
#ifndef TQ_TEETH_POST_REDIRECT
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
#else
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
#endif
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, (long)question->timeout_ms);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, (long)connect_ms);
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "tieqiao");
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    if (question->type) {
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)question->body.len);
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, question->body.at);
    }
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, asking);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, post_go_on);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, asking->post);
}

static bool perform(CURL *handle, const struct asking *asking)
{
    CURLcode code = curl_easy_perform(handle);
    struct post_answer *answer = asking->answer;
    curl_off_t wait = 0;

    if (asking->over || code != CURLE_OK) {
        snprintf(answer->why, sizeof answer->why, "%s",
                 asking->over ? "应答太长，没有收完" : code == CURLE_OPERATION_TIMEDOUT ? "它没有在时限内应答" : curl_easy_strerror(code));
        return false;
    }
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answer->status);
    if (curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK && wait > 0)
        answer->wait_s = (unsigned)(wait < WAIT_MOST_S ? wait : WAIT_MOST_S);
    if (answer->status != 200)
        snprintf(answer->why, sizeof answer->why, answer->status >= 300 && answer->status < 400 ? "它转到别处去(HTTP %ld)，转向是不跟的" : "它答 HTTP %ld", answer->status);
    return true;
}

bool post_ask(struct post *post, const struct post_question *question, struct post_answer *answer)
{
    struct asking asking = {.post = post, .answer = answer, .most = question->most};
    struct curl_slist *headers = headers_of(question);
    CURL *handle = post_handle_take(post);
    bool ok;

    *answer = (struct post_answer){.status = 0};
    text_init(&answer->body);
    set_up(handle, question, headers, &asking);
    ok = perform(handle, &asking);
    post_handle_give(post, handle);
    curl_slist_free_all(headers);
    return ok;
}
