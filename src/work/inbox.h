/*
 * What somebody is told: that it is his turn, that a day is near or has passed, that his name stands in a paper. A message is one
 * leaf and one account, "LEAF-ACCOUNT": the same wherever and however often it is sent. work/notify.h makes them out of the leaves.
 *
 *   inbox_list     an account's, newest first, as far as he still sees what they are about
 *   inbox_unread   how many he has not read
 *   message_say    what it says: the public title and the task, nothing of what stands in papers
 */
#ifndef TQ_WORK_INBOX_H
#define TQ_WORK_INBOX_H

#include "work/may.h"

enum message_to { TO_UNIT = 1, TO_TEAM = 2 /* persons of the paper */, TO_REGISTRAR = 4, TO_OFFICERS = 8, TO_PARTY = 16 };
enum message_about { ABOUT_NOTHING, ABOUT_PIER, ABOUT_DUE, ABOUT_KIND /* of the object */, ABOUT_MATTER /* KIND.STATE */, ABOUT_COUNT /* digits */ };
enum message_link { LINK_DEAL, LINK_REGISTRATION, LINK_RIGHTS, LINK_RECORD, LINK_FEEDBACK, LINK_MATTER, LINK_DESK };

struct message_sort {
    const char *name;             /* in the table */
    const char *text, *text_en;   /* "%s" where `about` is a pier or something due */
    enum message_about about;
    enum message_link link;
};

extern const struct message_sort message_sorts[];
extern const size_t message_sort_count;
const struct message_sort *message_sort_find(struct slice name);

struct message {
    uint64_t leaf;
    int64_t account, object, made_ms;
    const struct message_sort *sort;
    struct slice about;           /* code of a pier, name of what is due, or kind of the object */
    int32_t day;                  /* 0: none */
    bool read;
};

/* A message to be put into an inbox and, where its owner wants it so, handed on; one that is there already is left. In a step. */
struct inbox_line {
    int64_t account, object, made_ms;
    uint64_t leaf;
    const char *what, *about; /* name of a message_sort; "" */
    int32_t day;
};
bool inbox_put(struct sql *sql, const struct inbox_line *line, struct err *err);

enum { MESSAGE_ID = 48, INBOX_UNREAD_MOST = 100 };
char *message_id(const struct message *message, char id[MESSAGE_ID]);

/* Below leaf `before` (0: from the newest), at most `most`; texts in the arena. */
bool inbox_list(struct sql *sql, int64_t account, uint64_t before, struct arena *arena, struct message *list, size_t most,
                size_t *count, struct err *err);
/* Counted up to INBOX_UNREAD_MOST. */
bool inbox_unread(struct sql *sql, int64_t account, int64_t *count, struct err *err);

/* ERR_MISSING. */
bool inbox_get(struct sql *sql, int64_t account, uint64_t leaf, struct arena *arena, struct message *message, struct err *err);

/* A local path. In the arena. */
const char *message_path(const struct message *message, struct arena *arena);

/* The title of what it is about where the actor may see it, else "". In the arena. */
bool message_title(struct sql *sql, const struct actor *actor, const struct message *message, struct arena *arena,
                   struct slice *title, struct err *err);
/* "轮到您的单位：签约" */
struct slice message_say(const struct message *message, bool english, struct arena *arena);

/* arg: struct inbox_reading. Writes no leaf: request id "". */
struct inbox_reading {
    int64_t account, now_ms;
    uint64_t leaf;
    bool all;                     /* every one up to `leaf` */
};
store_step inbox_read_step;

#endif
