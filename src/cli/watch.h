/*
 * Watching somebody's log from outside: over HTTP, or in a folder that a copy of it lies in. What was seen last stands in a file of
 * the watcher's own; what is there now must extend it. For tieqiao monitor and tieqiao witness.
 *
 * The file holds the signed note itself. Where a log goes back or forks, the note that shows it is kept beside, as FILE.bad: two
 * notes that the log signed and that cannot both be true.
 */
#ifndef TQ_CLI_WATCH_H
#define TQ_CLI_WATCH_H

#include "ledger/note.h"

enum watched {
    WATCHED_FIRST,  /* nothing was known before */
    WATCHED_SAME,
    WATCHED_GREW,   /* and begins with what was known */
    WATCHED_BACK,   /* shorter than what was known */
    WATCHED_FORK,   /* does not begin with what was known */
    WATCHED_FAILED  /* not there, not signed, not to be read: nothing is known of it */
};

struct watch {
    const char *base;     /* "https://host/log", or a folder */
    const char *state;    /* the watcher's own file */
    struct note_key key;  /* the log's */
};

struct watch_seen {
    struct text note;     /* as it was given out; text_release it */
    struct checkpoint now, before;
};

/*
 * One look. What it found is remembered, on the disk, before it returns; only one watcher at a time has the file. err is set for
 * the last three.
 */
enum watched watch_look(const struct watch *watch, struct watch_seen *seen, struct err *err);

/* A key as it stands on the command line: itself, or the file whose first line it is. */
bool watch_key(const char *given, struct note_key *key, struct err *err);
/* The first bytes of a file, as text. ERR_MISSING: there is none. */
bool watch_file(const char *path, struct text *out, struct err *err);
/* Whole or as it was, and on the disk; 0600. */
bool watch_file_put(const char *path, struct slice bytes, struct err *err);

#endif
