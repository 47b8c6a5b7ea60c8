/*
 * The server's inner objects, and who may touch them.
 *
 *   loop       one socket thread: its epoll, its connections, its pool of exchanges. Nobody else touches these, but
 *              for the two inboxes (atomic stacks) by which accepted sockets and answers come in.
 *   conn       one socket. Holds an exchange only while a request is under way.
 *   exchange   one request and its answer. Its loop owns it while bytes move; from queue_offer to http_answer it is
 *              the handler's.
 *   queue      the complete requests that wait for a worker: the only lock. A second one for what is urgent.
 *   stream     an answer that goes on. Its holder writes the ring and says when it is over; its loop reads the ring and says when
 *              the reader is gone; each of these is one atomic. Freed by the last who lets go: holder, connection, inbox.
 *
 * Sockets are edge-triggered and registered once: `readable` remembers an edge that came while nobody read.
 */
#ifndef TQ_WEB_HTTP_HTTP_INT_H
#define TQ_WEB_HTTP_HTTP_INT_H

#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/types.h>

#include "web/http/head_int.h"
#include "web/http/http.h"

enum {
    HTTP_IN_ROOM = HEAD_MOST + 2048, /* a head, and room for the chunked coding behind it */
    HTTP_PIPELINE_MOST = 100,        /* requests sent ahead of their answers, after which the connection is closed */
    HTTP_POOL_MOST = 256,            /* exchanges a loop keeps for later */
    HTTP_TURN_BYTES = 1 << 20,       /* moved for one connection before the others have their turn */
    HTTP_FILE_COPIED = 1 << 16,      /* a smaller file is read by the answering thread, a larger one by sendfile */
    HTTP_UNSENT_MOST = 1 << 16,      /* bytes of an answer that the kernel holds unsent for one connection */
    HTTP_LINGER_BYTES = 1 << 20,     /* read and thrown away, so that our last answer is not lost in a reset */
    HTTP_LINGER_US = 2000000,
    HTTP_STREAM_SNDBUF = 1 << 14     /* asked of the kernel for a stream: few bytes wait out of our sight */
};

struct conn;
struct loop;

enum stream_over { STREAM_ON, STREAM_END, STREAM_CUT };

struct http_stream {
    struct loop *loop;
    struct conn *conn;        /* the loop's own; NULL: not yet, or no longer */
    struct http_stream *next; /* in the loop's inbox */
    atomic_uint holders;
    atomic_bool posted;       /* in the inbox */
    atomic_bool gone;
    atomic_int over;          /* enum stream_over */
    atomic_size_t put, taken; /* bytes ever; ring[n & (room - 1)] */
    size_t room;
    char ring[];
};

struct exchange {
    struct http_exchange pub; /* first: the handler's view */
    struct conn *conn;
    struct exchange *next; /* in the loop's inbox or pool */
    atomic_bool answered;  /* true but between queue_offer and http_answer: a second answer finds it so */

    struct http_head head;
    struct head_scan scan;
    struct chunk_state chunk;
    size_t limit;      /* most bytes of body here */
    size_t reserved;   /* of the server's bodies */
    size_t consumed;   /* of in[]: where this request ends */
    struct text body;  /* what did not come whole with the head */
    struct text extra; /* header lines by http_reply_header */

    struct http_stream *stream; /* that goes on when the head is out; NULL */
    bool close;        /* after this answer */
    uint64_t id;       /* named in the gate's own answer and in the diary */
    struct text out;   /* the answer's head; of the gate's own answers, all */
    struct slice tail; /* the answer's body from memory */
    int file;          /* or from a file, -1: none */
    off_t file_at, file_end;
    size_t sent; /* of out and tail */

    size_t in_len;
    char in[HTTP_IN_ROOM];
};

enum conn_state {
    CONN_IDLE,   /* at rest between requests */
    CONN_HEAD,   /* a request has begun */
    CONN_BODY,   /* of announced length */
    CONN_CHUNKS, /* chunked */
    CONN_WAIT,   /* with the workers: no deadline */
    CONN_WRITE,
    CONN_STREAM, /* the head is out; bytes go as they come */
    CONN_LINGER, /* our side is shut; waiting for theirs */
    CONN_DEAD
};

struct link {
    struct link *prev, *next;
};

struct conn {
    struct link link; /* first: in the loop's idle or busy list */
    struct loop *loop;
    struct conn *next; /* among newcomers or dead */
    struct conn *next_again;
    struct exchange *ex;
    struct http_stream *stream; /* NULL but in CONN_STREAM */
    int64_t since_us; /* when the state's deadline began to count */
    uint64_t moved;   /* bytes in this state */
    uint64_t counted; /* of them, before since_us */
    size_t turn;      /* bytes in this turn */
    int fd;
    enum conn_state state;
    bool readable;    /* an edge came that has not been read away */
    bool ended;       /* the peer has shut its side */
    bool again;       /* in the loop's list of those whose turn was cut */
    unsigned pipelined;
    char address[INET6_ADDRSTRLEN];
};

struct loop {
    struct http_server *server;
    pthread_t thread;
    bool started;
    int epoll, wake;
    _Atomic(struct exchange *) answers;
    _Atomic(struct conn *) newcomers;
    _Atomic(struct http_stream *) streams; /* with something to send, or over */
    struct link idle, busy; /* idle: longest at rest first */
    struct conn *again, *dead;
    struct exchange *pool;
    unsigned pooled, count;
    int64_t now_us, swept_us, told_us;
    unsigned untold; /* refusals not logged since told_us */
    bool accepts, deaf; /* has the listener; does not listen until the next sweep */
    bool stopping;
};

struct queue {
    struct http_server *server;
    pthread_mutex_t lock;
    pthread_cond_t filled;
    struct exchange **ring;
    unsigned room, first, count, sleeping;
    int64_t age_us;
    bool stopped;
    pthread_t *workers;
    unsigned started;
};

struct http_server {
    struct http_options options;
    char trusted[INET6_ADDRSTRLEN]; /* "" : none */
    int listener;
    unsigned port;
    struct loop *loops;
    unsigned loop_count, next_loop, loop_room; /* connections a loop may hold */
    struct queue queue, urgent;
    int64_t sweep_us;
    atomic_bool stopping;
    _Atomic int64_t stop_by_us;
    atomic_uint in_flight; /* from queue_offer to the end of http_answer; of a stream, of http_stream_end */
    atomic_uint open, streams;
    atomic_size_t bodies;
    atomic_ullong requests, refused, busy, ids;
    struct http_server *abandoned; /* a list of those that a handler may still answer */
};

extern const struct refusal refuse_slow, refuse_busy, refuse_bodies, refuse_broken, refuse_no_file;

/* exchange.c: the life of an exchange */
struct exchange *exchange_take(struct loop *loop);
void exchange_recycle(struct exchange *ex); /* ready for the next request; what is left of in[] moves to the front */
void exchange_give(struct loop *loop, struct exchange *ex);
void exchange_free(struct exchange *ex);

/* conn.c: one connection's states */
void conn_stream_sends(struct conn *conn); /* where nothing waits yet for the reader of the stream, his time begins now */
void conn_abort(struct conn *conn); /* a reset: what the kernel still holds for him is dropped */
struct conn *conn_new(int fd, const struct sockaddr_storage *peer);
void conn_drive(struct conn *conn); /* as far as it goes without waiting */
void conn_answered(struct conn *conn);
void conn_expire(struct conn *conn); /* past its deadline */
bool conn_overdue(struct conn *conn, int64_t now_us);
void conn_close(struct conn *conn);
void conn_enter(struct conn *conn, enum conn_state state);
bool conn_refuse(struct conn *conn, const struct refusal *why, bool closing);

/* receive.c: from the socket to a whole request; each returns false when it has to wait */
bool receive_head(struct conn *conn);
bool receive_body(struct conn *conn);
bool receive_chunks(struct conn *conn);
bool receive_nothing(struct conn *conn); /* lingering */
bool receive_stray(struct conn *conn);   /* what comes from a reader of a stream */

/* send.c */
bool send_answer(struct conn *conn);

/* stream.c */
bool stream_begin(struct conn *conn); /* the head is out: from the exchange to the connection */
bool stream_drive(struct conn *conn); /* true: it is over, and everything sent */
void stream_leave(struct http_stream *stream); /* the loop lets go of it: the reader is gone */
bool stream_rests(const struct http_stream *stream); /* nothing waits in its ring */
void stream_post_all(struct loop *loop); /* what holders said since the last round */
void stream_forget_all(struct loop *loop);

/* request.c */
void request_address(struct exchange *ex); /* whose request it is */

/* reply.c */
void reply_prepare(struct exchange *ex);
void reply_refuse(struct exchange *ex, const struct refusal *why, bool closing);
bool reply_stream(struct exchange *ex); /* the head of one; false: it is a whole answer */

/* queue.c: false from queue_offer: too full, or what waits has waited too long */
void work_queue_init(struct queue *queue, struct http_server *server);
bool queue_start(struct queue *queue, unsigned room, unsigned workers, struct err *err);
bool queue_offer(struct queue *queue, struct exchange *ex);
bool queue_stop(struct queue *queue); /* false: a worker does not come back */
void work_queue_release(struct queue *queue);

/* loop.c */
void loop_init(struct loop *loop, struct http_server *server);
bool loop_start(struct loop *loop, struct err *err);
void loop_wake(struct loop *loop);
void loop_post(struct loop *loop, struct exchange *ex); /* answered: from any thread */
void loop_rest(struct loop *loop, struct conn *conn);   /* into the idle list, or the busy one */
void loop_again(struct conn *conn);
void loop_note_refusal(struct conn *conn, const struct refusal *why);
/* After its thread has ended: closes what is open; frees all. */
void loop_disconnect(struct loop *loop);
void loop_release(struct loop *loop);

#endif
