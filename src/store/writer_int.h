/* The writer and its queue: queue.c is the side that others call, writer.c the thread. */
#ifndef TQ_STORE_WRITER_INT_H
#define TQ_STORE_WRITER_INT_H

#include <pthread.h>
#include <semaphore.h>

#include "store/engine_int.h"

enum { BATCH_MAX = 256 };

/* Why nothing can be written now. */
enum trouble { TROUBLE_NONE, TROUBLE_FULL, TROUBLE_LOST };

struct long_work {
    store_slice *slice;
    void *arg;
    bool more, ok;
    sem_t ended;
    struct err *err;
    struct long_work *next;
};

struct writer {
    struct store *store;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t work;  /* for the writer */
    struct store_job *first, *last;
    size_t queued;
    struct long_work *long_first, *long_last;
    bool stop;
    enum trouble trouble;
    bool connecting; /* the connection broke and the first try for another failed: steps wait a while yet */

    /* The thread's own: */
    struct sql *sql; /* NULL while there is no connection */
    struct store_job *batch[BATCH_MAX];
    size_t count;
    int64_t batch_start_us, commit_us;
    unsigned jitter;
};

/* queue.c */
void queue_init(struct writer *w);
void queue_release(struct writer *w);
struct store_job *queue_pop(struct writer *w);
struct long_work *long_pop(struct writer *w);
void long_push(struct writer *w, struct long_work *work);
/* Waits for work: true as soon as there is some; false when the store closes, or `most_ms` (0: for ever) are over. */
bool queue_wait(struct writer *w, int most_ms);
bool queue_stopping(struct writer *w);
void trouble_set(struct writer *w, enum trouble trouble);
void connecting_set(struct writer *w, bool connecting);
/* Always false, with what people should hear. */
bool trouble_err(enum trouble trouble, struct err *err);

#endif
