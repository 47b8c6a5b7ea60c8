/* The thread that reads the ledger for those who watch. */
#include "web/live.h"

#include <signal.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "web/live_int.h"

enum { WARN_US = 10 * 1000000 };

/* For each reader there is; the loops below are all of this shape. */
#define EACH_ROOM(live, room)                                                                                                   \
    for (size_t chain = 0; chain < ROOMS; chain++)                                                                              \
        for (struct live_room *room = (live)->rooms[chain]; room; room = room->next)
#define EACH_READER(room, reader) for (struct live_reader *reader = (room)->readers; reader; reader = reader->next)

/* --- what is new --- */

struct step {
    struct live_room *room;
    struct told *told;
};

struct news {
    struct live *live;
    struct leaf leaves[LEAVES];
    size_t leaf_count;
    bool more;
    struct step *steps;
    size_t count, room;
};

static bool keep_leaf(const struct leaf *leaf, void *arg, struct err *err)
{
    struct news *news = arg;

    (void)err;
    news->leaves[news->leaf_count++] = *leaf;
    return true;
}

static void step_add(struct news *news, struct live_room *room, struct told *told)
{
    if (news->count == news->room) {
        struct step *more = arena_alloc(&news->live->arena, (2 * news->room + 16) * sizeof *more);

        if (news->count)
            memcpy(more, news->steps, news->count * sizeof *more);
        news->steps = more;
        news->room = 2 * news->room + 16;
    }
    news->steps[news->count++] = (struct step){room, told};
}

/* In whose rooms is it? Most leaves are in nobody's. */
static bool leaf_look(struct news *news, const struct leaf *leaf, struct err *err)
{
    struct live *live = news->live;
    struct matter_place places[MATTER_ROOMS];
    size_t count;

    if (!*leaf->action) /* ledger_follow has said that it is damaged */
        return true;
    if (!matter_room_find(live->sql, leaf, &live->arena, places, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct live_room *room = live_room_find(live, &places[i]);
        struct told *told;

        live_recent_add(live, leaf->index, &places[i]);
        if (!room)
            continue;
        told = live_told(live, leaf, err);
        if (!told)
            return false;
        step_add(news, room, told);
    }
    return true;
}

/*
 * What cannot be read is told to nobody, and keeps nobody from what comes behind it: no later round mends it. A leaf that is damaged ends
 * the round, for the snapshot may be of no more use, and in the next one nobody looks at it.
 */
static bool pass_over(struct news *news, const struct leaf *leaf, const struct err *err)
{
    if (err->code != ERR_CORRUPT)
        return err->code == ERR_MISSING;
    log_warn("live: leaf %llu is passed over: %s", (unsigned long long)leaf->index, err->message);
    news->live->damaged = leaf->index + 1;
    return true;
}

static bool news_read(struct news *news, struct err *err)
{
    struct live *live = news->live;

    if (!ledger_follow(live->sql, live->at, LEAVES, keep_leaf, news, err))
        return false;
    news->more = news->leaf_count == LEAVES;
    for (size_t i = 0; i < news->leaf_count; i++) {
        const struct leaf *leaf = &news->leaves[i];

        if (leaf->index + 1 != live->damaged && !leaf_look(news, leaf, err) && !pass_over(news, leaf, err))
            return false;
        if (leaf->index + 1 == live->damaged) {
            news->leaf_count = i + 1;
            news->more = true;
        }
    }
    return true;
}

/* Who comes and has missed nothing is no longer behind: nobody need be asked who he is. */
static void settle_newcomers(struct live *live)
{
    uint64_t one;
    size_t count;

    EACH_ROOM(live, room)
        EACH_READER(room, reader)
            if (reader->behind && (reader->from >= live->at || (live_recent_find(live, &reader->place, reader->from, 1, &one, &count) && !count)))
                reader->behind = false;
}

/* --- who is asked again, and whether the matter is still for him --- */

/* There is room for an event of his; who takes nothing is left alone until he does. */
static bool can_be_fed(const struct live_reader *reader)
{
    return reader->behind && !reader->lost && http_stream_room(reader->stream) >= FED_ROOM;
}

static void mark_due(struct live *live, const struct news *news)
{
    for (size_t i = 0; i < news->count; i++)
        EACH_READER(news->steps[i].room, reader)
            reader->due = true;
    EACH_ROOM(live, room)
        EACH_READER(room, reader)
            if (can_be_fed(reader) || live->now_us - reader->beat_us >= BEAT_MS * 1000)
                reader->due = true;
}

static bool room_look(struct live *live, struct live_room *room, struct err *err)
{
    struct record *matter;

    if (room->looked == live->round)
        return true;
    for (const struct told *told = live->told; told; told = told->next)
        if (told->event.sort == room->place.sort && told->event.matter.id == room->place.id) {
            room->look = told->event.look;
            room->there = true;
            room->looked = live->round;
            return true;
        }
    matter = arena_alloc(&live->arena, sizeof *matter);
    room->there = record_get(live->sql, room->place.sort->kind, room->place.id, &live->arena, matter, err);
    if ((!room->there && err->code != ERR_MISSING)
        || (room->there && !matter_look_at(live->sql, room->place.sort, matter, &room->look, err)))
        return false;
    room->looked = live->round;
    return true;
}

static bool still_his(struct live_room *room, struct live_reader *reader, struct err *err)
{
    enum matter_sight sight = SIGHT_NONE;
    unsigned sides;

    if (room->there && !matter_look_sight(&room->look, &reader->actor, &sides, &sight, err))
        return false;
    if (sight == SIGHT_NONE)
        live_lose(reader, "missing");
    return true;
}

static bool ask_all(struct live *live, const struct news *news, struct err *err)
{
    mark_due(live, news);
    if (!live_ask_who(live, err))
        return false;
    EACH_ROOM(live, room)
        EACH_READER(room, reader) {
            if (!reader->due || reader->lost || (room_look(live, room, err) && still_his(room, reader, err)))
                continue;
            if (err->code != ERR_CORRUPT)
                return false;
            live_lose(reader, NULL); /* nor is anybody else kept waiting by that */
        }
    return true;
}

/* --- telling --- */

static void tell_news(struct live *live, const struct news *news)
{
    for (size_t i = 0; i < news->count; i++)
        EACH_READER(news->steps[i].room, reader)
            if (!reader->lost && !reader->behind && reader->from <= news->steps[i].told->event.leaf.index
                && !live_tell(live, reader, news->steps[i].told))
                live_lose(reader, NULL);
    live->at += news->leaf_count;
    EACH_ROOM(live, room)
        EACH_READER(room, reader)
            if (!reader->behind && reader->from < live->at)
                reader->from = live->at;
}

/* From the ledger, up to where the thread stands. What he has no room for now waits. */
static bool feed(struct live *live, struct live_reader *reader, bool *more, struct err *err)
{
    uint64_t indexes[FED_EVENTS];
    size_t count;

    if (!live_recent_find(live, &reader->place, reader->from, FED_EVENTS, indexes, &count)
        && !matter_room_leaves(live->sql, &reader->place, reader->from, live->at, FED_EVENTS, indexes, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct told *told = live_told_already(live, indexes[i]);
        struct leaf leaf;

        if (!told && ledger_get(live->sql, indexes[i], &leaf, err))
            told = live_told(live, &leaf, err);
        if (!told && err->code != ERR_MISSING && err->code != ERR_CORRUPT)
            return false;
        if (told && !live_tell(live, reader, told))
            return true;
        reader->from = indexes[i] + 1;
        reader->moved_us = live->now_us;
    }
    if (count == FED_EVENTS) {
        *more = true;
        return true;
    }
    reader->behind = false;
    reader->from = reader->from < live->at ? live->at : reader->from;
    return true;
}

/* Who has waited longest for his turn, to the front. */
static struct live_reader *next_fed(struct live_reader **waiting, size_t count)
{
    struct live_reader *first;
    size_t least = 0;

    for (size_t i = 1; i < count; i++)
        if (waiting[i]->fed < waiting[least]->fed)
            least = i;
    first = waiting[least];
    waiting[least] = waiting[0];
    return waiting[0] = first;
}

/* A few a round, by turns. Who is behind and has no room takes nobody's place: the next round comes when something happens, or soon. */
static bool feed_all(struct live *live, bool *more, struct err *err)
{
    struct live_reader **waiting = arena_alloc(&live->arena, live->watching * sizeof *waiting);
    size_t count = 0;

    EACH_ROOM(live, room)
        EACH_READER(room, reader) {
            if (reader->due && can_be_fed(reader))
                waiting[count++] = reader;
            else if (reader->behind && !can_be_fed(reader) && live->now_us - reader->moved_us >= (int64_t)STUCK_MS * 1000)
                live_lose(reader, NULL);
        }
    for (size_t i = 0; i < count && i < FED_READERS; i++) {
        struct live_reader *reader = next_fed(waiting + i, count - i);

        reader->fed = live->round;
        if (!feed(live, reader, more, err))
            return false;
    }
    *more = *more || count > FED_READERS;
    return true;
}

static void beat_all(struct live *live)
{
    EACH_ROOM(live, room)
        EACH_READER(room, reader) {
            if (!reader->lost && live->now_us - reader->beat_us >= BEAT_MS * 1000) {
                http_stream_send(reader->stream, SLICE(":\n\n"));
                reader->beat_us = live->now_us;
            }
            reader->due = false;
        }
}

/* --- rounds --- */

static bool round_look(struct live *live, bool *more, struct err *err)
{
    struct news *news = arena_zero(&live->arena, 1, sizeof *news);

    news->live = live;
    if (live->at == LEDGER_END) {
        if (!ledger_size(live->sql, &live->at, err))
            return false;
        live_recent_begin(live);
    }
    settle_newcomers(live);
    if (!news_read(news, err) || !ask_all(live, news, err))
        return false;
    tell_news(live, news);
    *more = news->more;
    if (!feed_all(live, more, err))
        return false;
    beat_all(live);
    return true;
}

/* What could not be read now is read in the next round: nobody's place has moved but by what he was told. */
static bool round_all(struct live *live)
{
    struct err err;
    bool more = false, ok;

    live->round++;
    live->now_us = clock_steady_us();
    live->now_ms = clock_ms();
    live_take_newcomers(live);
    if (!live->watching) {
        live->at = LEDGER_END;
        return false;
    }
    live->told = NULL;
    ok = store_read(live->city->store, &live->sql, &err);
    if (ok) {
        ok = round_look(live, &more, &err);
        store_read_end(live->city->store, live->sql);
    }
    if (!ok) /* its leaves are read once more */
        live_recent_begin(live);
    live_sweep(live);
    arena_reset(&live->arena);
    if (!ok && live->now_us - live->warned_us > WARN_US) {
        log_warn("live: %s", err.message);
        live->warned_us = live->now_us;
    }
    return ok && more;
}

static bool stopping(struct live *live)
{
    bool stop;

    pthread_mutex_lock(&live->lock);
    stop = live->stopping;
    pthread_mutex_unlock(&live->lock);
    return stop;
}

/* Without a word: whoever watches comes again by himself. */
static void end_all(struct live *live)
{
    live_take_newcomers(live);
    EACH_ROOM(live, room)
        EACH_READER(room, reader) {
            http_stream_end(reader->stream, false);
            reader->stream = NULL;
        }
    for (size_t i = 0; i < ROOMS; i++)
        while (live->rooms[i]) {
            struct live_room *room = live->rooms[i];

            live->rooms[i] = room->next;
            while (room->readers) {
                struct live_reader *reader = room->readers;

                room->readers = reader->next;
                live_leave(live, reader);
            }
            free(room);
        }
}

static void *run(void *arg)
{
    struct live *live = arg;
    uint64_t seen = 0;

    pthread_setname_np(pthread_self(), "live");
    while (!stopping(live))
        if (!round_all(live))
            seen = city_await(live->city, seen, live->watching ? LOOK_MS : ALONE_MS);
    end_all(live);
    return NULL;
}

bool live_open(struct city *city, unsigned most, struct live **out, struct err *err)
{
    struct live *live = calloc(1, sizeof *live);
    sigset_t all, before;

    *out = live;
    if (!live)
        return err_set(err, ERR_MEMORY, "内存不足");
    live->city = city;
    live->most = most ? most : LIVE_ALL;
    live->at = LEDGER_END;
    pthread_mutex_init(&live->lock, NULL);
    arena_init(&live->arena);
    sigfillset(&all); /* signals are for the main thread */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    live->started = pthread_create(&live->thread, NULL, run, live) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return live->started || err_set(err, ERR_MEMORY, "开不了更新线程");
}

void live_stop(struct live *live)
{
    if (!live || !live->started)
        return;
    pthread_mutex_lock(&live->lock);
    live->stopping = true;
    pthread_mutex_unlock(&live->lock);
    city_ring(live->city);
    pthread_join(live->thread, NULL);
    live->started = false;
}

void live_close(struct live *live)
{
    if (!live)
        return;
    live_stop(live);
    arena_release(&live->arena);
    pthread_mutex_destroy(&live->lock);
    free(live);
}
