/*
 * DATA/ctl.sock: how a command reaches the server that has the data folder open (DATA/LOCK). A Unix socket for the
 * same user and root alone (0600, and asked of the kernel once more); a line of JSON for the task, lines of JSON back:
 * what task.h tells, and at last {"event": "end"} or {"event": "failed", "message", "hint"}.
 *
 *   control_start   in the server: listens; each connection has a thread, one task that writes runs at a time
 *   control_ask     in the command
 */
#ifndef TQ_CLI_CONTROL_H
#define TQ_CLI_CONTROL_H

#include "cli/task.h"

struct control;

/* db: as --db said, NULL for SQLite; address: "http://…", where the city is served. Both the caller's. */
bool control_start(struct city *city, const char *db, const char *address, struct control **control, struct err *err);

/* Tells running tasks to leave off and waits for them. What an import has decided goes on at the next start. */
void control_stop(struct control *control);

/*
 * *served false: nobody listens there. Otherwise the request has been run to its end, `tell` has had all its events, and
 * false is its failure (or that the server went away).
 */
bool control_ask(const char *data, const json_t *request, task_tell *tell, void *arg, bool *served, struct err *err);

#endif
