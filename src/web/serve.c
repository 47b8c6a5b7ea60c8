#include "web/serve.h"

#include <unistd.h>

#include "base/clock.h"
#include "seal/seal.h"
#include "web/answer.h"
#include "web/aside.h"
#include "web/asset.h"
#include "web/live.h"
#include "web/rate.h"
#include "work/upload.h"

enum { QUEUE = 1024, CONNECTIONS = 4096, QUEUE_AGE_US = 1000000 };

struct served {
    struct web web;
    struct http_server *http;
};

static bool load(struct web *web, const char *share, struct err *err)
{
    struct arena arena;
    bool ok;

    arena_init(&arena);
    ok = messages_open(arena_print(&arena, "%s/po", share), &web->messages, err)
         && templates_open(arena_print(&arena, "%s/pages", share), web->messages, &web->templates, err)
         && assets_open(arena_print(&arena, "%s/assets", share), &web->assets, err)
         && password_pool_open(&web->pool, err) && aside_open(&web->aside, err) && uploads_open(web->city, &web->uploads, err);
    arena_release(&arena);
    return ok;
}

static bool limits_open(struct web *web, const struct rate_limit *limits, struct err *err)
{
    static const struct rate_limit none[RATE_CLASSES];

    return rate_open(limits ? limits : none, &web->rate, err);
}

static unsigned processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);

    return count > 0 ? (unsigned)count : 1;
}

static bool listen_now(struct served *served, const struct serve_options *options, struct err *err)
{
    struct http_options http = {
        .address = options->address ? options->address : "127.0.0.1", .port = options->port,
        .socket_threads = 1, .workers = options->workers ? options->workers : processors() + 1, .queue = QUEUE,
        .queue_age_us = QUEUE_AGE_US, .connections = CONNECTIONS, .trusted_proxy = options->trusted_proxy,
        .handle = web_handle, .limit = web_limit, .urgent = web_urgent, .context = &served->web};

    return http_start(&http, &served->http, err);
}

bool serve_start(const struct serve_options *options, struct served **out, struct err *err)
{
    struct served *served = calloc(1, sizeof *served);
    struct web *web;

    if (!served)
        return err_set(err, ERR_MEMORY, "内存不足");
    web = &served->web;
    *web = (struct web){.city = options->city, .reader = options->reader, .demo = options->demo,
                        .secure = options->secure, .profile = options->profile, .open = options->open};
    snprintf(web->build, sizeof web->build, "%llx", (unsigned long long)clock_ms());
    *out = served;
    if (load(web, options->city->share, err) && limits_open(web, options->limits, err)
        && live_open(web->city, options->watchers, &web->live, err) && listen_now(served, options, err))
        return true;
    serve_stop(served);
    *out = NULL;
    return false;
}

unsigned serve_port(const struct served *served)
{
    return http_port(served->http);
}

void serve_stop(struct served *served)
{
    if (!served)
        return;
    aside_stop(served->web.aside);
    live_stop(served->web.live);
    if (served->http)
        http_stop(served->http);
    live_close(served->web.live);
    aside_close(served->web.aside);
    if (served->web.pool)
        password_pool_close(served->web.pool);
    uploads_close(served->web.uploads);
    assets_close(served->web.assets);
    rate_close(served->web.rate);
    templates_close(served->web.templates);
    messages_close(served->web.messages);
    free(served);
}
