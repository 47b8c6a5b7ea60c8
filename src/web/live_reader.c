/* Who watches: coming in within the limits, and leaving. */
#include <stdlib.h>

#include "base/clock.h"
#include "web/live_int.h"

/* --- coming in: from any thread --- */

static unsigned places_of(const struct live *live, const struct live_watch *watch, uint64_t owner)
{
    bool signed_in = watch->session->account != 0;
    unsigned count = 0;

    for (const struct live_reader *one = live->all; one; one = one->next_all)
        count += one->signed_in == signed_in && one->owner == owner;
    return count;
}

static bool no_place(struct live *live, const struct live_watch *watch, uint64_t owner, bool *own, struct err *err)
{
    unsigned most = watch->session->account ? LIVE_ACCOUNT : LIVE_ADDRESS;

    *own = false;
    if (live->stopping)
        return !err_set(err, ERR_BUSY, "程序正在关闭，请稍后再试");
#ifdef TQ_TEETH_LIVE_LIMIT
    return false;
#endif
    if (live->count >= live->most) {
        err_set(err, ERR_BUSY, "同时在看的人已满，暂时收不到自动更新");
        return !err_hint(err, "页面照常能用，刷新可见最新；过一会儿会再试");
    }
    *own = places_of(live, watch, owner) >= most;
    if (!*own)
        return false;
    err_set(err, ERR_BUSY, watch->session->account ? N_("同一账号同时打开的更新太多（最多 %u 个）") : N_("同一地址同时打开的更新太多（最多 %u 个）"), most);
    return !err_hint(err, "关掉几个页面或连接后再试");
}

bool live_enter(struct live *live, const struct live_watch *watch, struct live_reader **out, bool *own, struct err *err)
{
    bool signed_in = watch->session->account != 0;
    struct live_reader *reader = calloc(1, sizeof *reader);
    bool full;

    if (!reader)
        return err_set(err, ERR_MEMORY, "内存不足");
    reader->owner = signed_in ? (uint64_t)watch->session->account : watch->address;
    reader->signed_in = signed_in;
    reader->place = watch->place;
    reader->from = watch->from;
    reader->behind = true;
    reader->actor = *watch->actor;
    memcpy(reader->session, watch->session->hash, SEAL_HASH);
    pthread_mutex_lock(&live->lock);
    full = no_place(live, watch, reader->owner, own, err);
    if (!full) {
        reader->next_all = live->all;
        live->all = reader;
        live->count++;
    }
    pthread_mutex_unlock(&live->lock);
    if (full)
        free(reader);
    else
        *out = reader;
    return !full;
}

void live_leave(struct live *live, struct live_reader *reader)
{
    struct live_reader **at = &live->all;

    pthread_mutex_lock(&live->lock);
    while (*at != reader)
        at = &(*at)->next_all;
    *at = reader->next_all;
    live->count--;
    pthread_mutex_unlock(&live->lock);
    free(reader);
}

void live_begin(struct live *live, struct live_reader *reader, struct http_stream *stream)
{
    bool taken;

    if (!stream) {
        live_leave(live, reader);
        return;
    }
    reader->stream = stream;
    pthread_mutex_lock(&live->lock);
    taken = !live->stopping;
    if (taken) {
        reader->next = live->newcomers;
        live->newcomers = reader;
    }
    pthread_mutex_unlock(&live->lock);
    if (taken) {
        city_ring(live->city);
        return;
    }
    http_stream_end(stream, false);
    live_leave(live, reader);
}

unsigned live_count(struct live *live)
{
    unsigned count;

    pthread_mutex_lock(&live->lock);
    count = live->count;
    pthread_mutex_unlock(&live->lock);
    return count;
}

void live_greet(uint64_t from, struct text *out)
{
    text_puts(out, "retry: 3000\n");
    if (from) /* who gets nothing before he loses the connection comes again with this */
        text_print(out, "id: %llu\n", (unsigned long long)from - 1);
    text_puts(out, "\n");
}

/* --- the thread's side --- */

static struct live_room **chain_of(const struct live *live, const struct matter_place *place)
{
    uint64_t mixed = ((uint64_t)place->id ^ (uint64_t)place->sort->kind->id << 40) * UINT64_C(0x9e3779b97f4a7c15);

    return (struct live_room **)&live->rooms[mixed >> 32 & (ROOMS - 1)];
}

struct live_room *live_room_find(const struct live *live, const struct matter_place *place)
{
    struct live_room *room = *chain_of(live, place);

    while (room && (room->place.sort != place->sort || room->place.id != place->id))
        room = room->next;
    return room;
}

static struct live_room *room_take(struct live *live, const struct matter_place *place)
{
    struct live_room **chain = chain_of(live, place), *room = live_room_find(live, place);

    if (room)
        return room;
    room = calloc(1, sizeof *room);
    if (!room)
        abort();
    room->place = *place;
    room->next = *chain;
    return *chain = room;
}

void live_take_newcomers(struct live *live)
{
    struct live_reader *reader;

    pthread_mutex_lock(&live->lock);
    reader = live->newcomers;
    live->newcomers = NULL;
    pthread_mutex_unlock(&live->lock);
    while (reader) {
        struct live_reader *next = reader->next;

        reader->room = room_take(live, &reader->place);
        reader->next = reader->room->readers;
        reader->room->readers = reader;
        reader->beat_us = reader->moved_us = live->now_us;
        live->watching++;
        reader = next;
    }
}

void live_lose(struct live_reader *reader, const char *why)
{
    reader->lost = true;
    reader->why = why;
}

static void say_goodbye(struct live_reader *reader)
{
    char said[80];
    int len = snprintf(said, sizeof said, "event: end\ndata: {\"code\":\"%s\"}\n\n", reader->why);

    http_stream_send(reader->stream, (struct slice){said, (size_t)len});
}

static void room_sweep(struct live *live, struct live_room *room)
{
    struct live_reader **at = &room->readers, *reader;

    while ((reader = *at)) {
        if (!reader->lost && !http_stream_gone(reader->stream)) {
            at = &reader->next;
            continue;
        }
        *at = reader->next;
        if (reader->lost && reader->why)
            say_goodbye(reader);
        http_stream_end(reader->stream, reader->lost && !reader->why);
        live->watching--;
        live_leave(live, reader);
    }
}

void live_sweep(struct live *live)
{
    for (size_t i = 0; i < ROOMS; i++) {
        struct live_room **at = &live->rooms[i], *room;

        while ((room = *at)) {
            room_sweep(live, room);
            if (room->readers) {
                at = &room->next;
                continue;
            }
            *at = room->next;
            free(room);
        }
    }
}

/* --- who they are by now --- */

static void take_who(struct live_reader *reader, const struct actor *actor)
{
#ifdef TQ_TEETH_LIVE_SESSION
    if (!actor->account)
        return;
#endif
    if (!actor->account)
        live_lose(reader, "session");
    reader->actor = *actor;
}

bool live_ask_who(struct live *live, struct err *err)
{
    struct live_reader **asked = arena_alloc(&live->arena, live->watching * sizeof *asked);
    const unsigned char **hashes = arena_alloc(&live->arena, live->watching * sizeof *hashes);
    struct actor *actors = arena_alloc(&live->arena, live->watching * sizeof *actors);
    size_t count = 0;

    for (size_t i = 0; i < ROOMS; i++)
        for (struct live_room *room = live->rooms[i]; room; room = room->next)
            for (struct live_reader *reader = room->readers; reader; reader = reader->next)
                if (reader->due && reader->signed_in) {
                    hashes[count] = reader->session;
                    asked[count++] = reader;
                }
    if (!sessions_find(live->sql, hashes, count, live->now_ms, actors, err))
        return false;
    for (size_t i = 0; i < count; i++)
        take_who(asked[i], &actors[i]);
    return true;
}
