/*
 * The number of this process among those on one database. It is part of each id that it makes, so no two that live at once may
 * have the same: it is a lease ("node 17").
 *
 *   node_take    takes a free number and sets it (ident_node)
 *   node_keep    renews it in time; another one, should it have been lost meanwhile
 *   node_leave   gives it back
 *
 * 0 is the number of who needs none: on SQLite one process writes at a time. On PostgreSQL 1 to 1023 are leased, beginning
 * anywhere, so that a number just given back is not the next one's: their clocks may differ.
 *
 * A process that slept longer than its lease may make ids with a number that is another's until it has looked again; two that
 * come out the same are one too many for the primary key, and the later write is refused.
 */
#ifndef TQ_WORK_NODE_H
#define TQ_WORK_NODE_H

#include "store/store.h"

enum { NODE_MOST = 1023, NODE_LEASE_MS = 10 * 60 * 1000, NODE_RENEW_MS = 60 * 1000, NODE_DAY_MS = 24 * 60 * 60 * 1000 };

struct node {
    struct store *store;
    unsigned number;   /* 0: none */
    int64_t holder;    /* this process, at random */
    int64_t lease_ms;  /* how long each lasts */
    int64_t renew_ms;  /* when it is to be renewed; a number that is not there is looked for */
};

/*
 * lease_ms: NODE_LEASE_MS for who calls node_keep, NODE_DAY_MS for a command that only ends. ERR_BUSY: all are taken. After any
 * error node_keep will do, when the database can be written to again.
 */
bool node_take(struct node *node, struct store *store, int64_t lease_ms, int64_t now_ms, struct err *err);

/* As often as one likes. One thread at a time. What fails is logged and tried again. */
void node_keep(struct node *node, int64_t now_ms);

void node_leave(struct node *node);

#endif
