/*
 * Those who watch a matter while others act: each step taken in its room (work/matter_room.h) reaches them as a server-sent event
 * (docs/decisions/0022-live.md). An event's id is the index of its leaf; the ledger is the only store of events, so who comes late, or
 * again with Last-Event-ID, on this server or another, gets everything since, in order, each once.
 *
 *   live_enter   a place for one more reader, within the limits
 *   live_begin   his stream is there: from now on the thread here has it
 *   live_leave   instead: there is none
 *   live_stop    ends all streams
 *
 * One thread, "live", does everything: woken by each commit of this process (city_await), and while anybody watches it looks by itself every
 * LOOK_MS, for what another process wrote. In each round it takes one snapshot, reads the new leaves, asks once more who everybody is and
 * what he may know, and sends. Nobody is told by what was true when he came. A reader who has not got everything up to where the thread
 * stands is `behind`, and is fed from the ledger until he has; who takes too little is cut off, and comes again with Last-Event-ID.
 *
 *   event: step   {leaf, kind, id, href, title, ver, step, state, at, mine}
 *   event: end    {code}: session, the session has ended or may no longer do this; missing, it is not for him any more. The stream ends.
 *   a comment     every BEAT_MS: the connection stands, and who he is was asked again
 */
#ifndef TQ_WEB_LIVE_H
#define TQ_WEB_LIVE_H

#include "web/http/http.h"
#include "work/city.h"
#include "work/matter_room.h"
#include "work/session.h"

enum { LIVE_ALL = 1000, LIVE_ACCOUNT = 12 /* of one account */, LIVE_ADDRESS = 128 /* of visitors at one address */ };

struct live;
struct live_reader;

struct live_watch {
    struct matter_place place;
    uint64_t from;           /* the leaf to begin with */
    const struct actor *actor;
    const struct session *session;
    uint64_t address;        /* http_address_block; counts where nobody is signed in */
};

/* most: readers in all; 0: LIVE_ALL. */
bool live_open(struct city *city, unsigned most, struct live **live, struct err *err);
/* Before http_stop. Ends every stream and takes no more; whoever watches comes again, here or elsewhere. */
void live_stop(struct live *live);
void live_close(struct live *live); /* NULL is nothing */

/* ERR_BUSY: *own says whether it is the caller who watches too much, or everybody together. From any thread, as the next two. */
bool live_enter(struct live *live, const struct live_watch *watch, struct live_reader **reader, bool *own, struct err *err);
/* stream NULL: he asked for the head alone. Then or after live_leave the reader is no longer the caller's. */
void live_begin(struct live *live, struct live_reader *reader, struct http_stream *stream);
void live_leave(struct live *live, struct live_reader *reader);

/* What a stream begins with. */
void live_greet(uint64_t from, struct text *out);

unsigned live_count(struct live *live);

#endif
