/* What the thread that follows and the one that delivers share. */
#ifndef TQ_WORK_REMINDER_INT_H
#define TQ_WORK_REMINDER_INT_H

#include "post/post.h"
#include "work/reminder.h"

struct reminder {
    struct city *city;
    struct reminder_options options;
    struct post *post;
    int64_t holder;           /* of the lease */
    pthread_t follower, carrier;
    bool following, carrying;
    pthread_mutex_t mutex;    /* guards stopping and news */
    pthread_cond_t changed;
    bool stopping, news;      /* news: something new waits to be delivered */
};

/* One round of deliveries. *busy: there may be more to do at once. */
bool deliver_round(struct reminder *reminder, bool *busy, struct err *err);
void deliver_leave(struct reminder *reminder);

#endif
