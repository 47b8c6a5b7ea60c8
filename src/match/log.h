/*
 * The live log: what was put and dropped since the newest file of the index was written, a record a commit.
 *
 *   log.N   "TQMLOG01", u64 N, u64 checksum
 *   record  u32 'TQLR', u32 sort, u64 length of body, u64 checksum of body; body
 *   commit  u64 applied, u32 operations; each 'P' gist or 'D' i64 id
 *   close   empty: log N+1 follows
 *
 * A commit is one write, without fsync. A killed process loses nothing: the bytes are the kernel's. After a loss of
 * power the tail may be missing or torn; reading stops at the first record that is not whole, and match_applied
 * says what is there, so that the caller follows its feed from that place again.
 */
#ifndef TQ_MATCH_LOG_H
#define TQ_MATCH_LOG_H

#include "base/text.h"
#include "match/gist.h"

struct log {
    int folder, file; /* file -1: none is open */
    uint64_t number, size;
};

void log_name(uint64_t number, char name[32]);

/* A new log, empty; replaces a file of that name. */
bool log_make(struct log *log, int folder, uint64_t number, struct match_err *err);
void log_release(struct log *log);

/* Appends a record; on false the log is as it was. body: log_begin, then log_put and log_drop. */
void log_begin(struct text *body, uint64_t applied, uint32_t operations);
void log_put(struct text *body, const struct gist *gist);
void log_drop(struct text *body, int64_t id);
bool log_append(struct log *log, struct slice body, struct match_err *err);
/* Ends it with a close record and syncs it. */
bool log_close(struct log *log, struct match_err *err);

/* What a reader is told, in order. gist NULL: a drop. The gist lives until `commit` returns. */
struct log_reader {
    void *arg;
    void (*put)(void *arg, int64_t id, const struct gist *gist);
    bool (*commit)(void *arg, uint64_t applied, struct match_err *err);
    struct arena *arena;
};

struct log_end {
    uint64_t size;  /* whole records end here */
    bool there;     /* the file exists */
    bool closed;    /* log number + 1 follows */
    bool torn;      /* bytes after the last whole record */
};

/* Tells the reader each whole commit of log `number`. false: only if the reader failed, or the file cannot be read. */
bool log_replay(int folder, uint64_t number, const struct log_reader *reader, struct log_end *end,
                struct match_err *err);

/* Opens a replayed log to append to, cut to its whole records. */
bool log_reopen(struct log *log, int folder, uint64_t number, uint64_t size, struct match_err *err);

#endif
