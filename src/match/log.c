#include "match/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "match/bytes.h"
#include "match/checksum.h"
#include "match/fail.h"

#define LOG_MAGIC "TQMLOG01"
enum { RECORD_MAGIC = 0x524c5154, RECORD_COMMIT = 1, RECORD_CLOSE = 2 };

struct log_head {
    char magic[8];
    uint64_t number, sum;
};

struct record_head {
    uint32_t magic, sort;
    uint64_t len, sum;
};

void log_name(uint64_t number, char name[32])
{
    snprintf(name, 32, "log.%llu", (unsigned long long)number);
}

bool log_make(struct log *log, int folder, uint64_t number, struct match_err *err)
{
    struct log_head head = {LOG_MAGIC, number, 0};
    char name[32];

    head.sum = checksum(&head, offsetof(struct log_head, sum));
    log_name(number, name);
    *log = (struct log){folder, -1, number, sizeof head};
    log->file = openat(folder, name, O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (log->file < 0)
        return match_fail_io(err, "making", name);
    if (bytes_write(log->file, &head, sizeof head) && fsync(folder) == 0)
        return true;
    match_fail_io(err, "writing", name);
    log_release(log);
    return false;
}

void log_release(struct log *log)
{
    if (log->file >= 0)
        close(log->file);
    log->file = -1;
}

void log_begin(struct text *body, uint64_t applied, uint32_t operations)
{
    text_clear(body);
    text_add(body, &applied, sizeof applied);
    text_add(body, &operations, sizeof operations);
}

void log_put(struct text *body, const struct gist *gist)
{
    text_putc(body, 'P');
    gist_write(gist, body);
}

void log_drop(struct text *body, int64_t id)
{
    text_putc(body, 'D');
    text_add(body, &id, sizeof id);
}

static bool append(struct log *log, uint32_t sort, struct slice body, struct match_err *err)
{
    struct record_head head = {RECORD_MAGIC, sort, body.len, checksum(body.at, body.len)};
    struct text record;
    bool good;

    text_init(&record);
    text_add(&record, &head, sizeof head);
    text_add(&record, body.at, body.len);
    good = bytes_write(log->file, record.at, record.len);
    if (good) {
        log->size += record.len;
    } else {
        match_fail_io(err, "writing", "the live log");
        if (ftruncate(log->file, (off_t)log->size) != 0)
            match_fail_io(err, "cutting", "the live log");
    }
    text_release(&record);
    return good;
}

bool log_append(struct log *log, struct slice body, struct match_err *err)
{
    return append(log, RECORD_COMMIT, body, err);
}

bool log_close(struct log *log, struct match_err *err)
{
    uint64_t before = log->size;

    if (!append(log, RECORD_CLOSE, SLICE(""), err))
        return false;
    if (fsync(log->file) == 0)
        return true;
    match_fail_io(err, "syncing", "the live log");
    if (ftruncate(log->file, (off_t)before) == 0)
        log->size = before;
    return false;
}

/* --- reading --- */

/* What the file holds now; one that shrinks meanwhile gives what is left of it. */
static bool read_file(int file, const char *name, char **bytes, size_t *len, struct match_err *err)
{
    struct stat state;
    size_t got = 0;
    ssize_t n = 1;

    if (fstat(file, &state) != 0)
        return match_fail_io(err, "reading", name);
    *bytes = malloc((size_t)state.st_size + 1);
    while (*bytes && got < (size_t)state.st_size && n > 0) {
        n = read(file, *bytes + got, (size_t)state.st_size - got);
        got += n > 0 ? (size_t)n : 0;
    }
    *len = got;
    if (*bytes && n >= 0)
        return true;
    free(*bytes);
    return match_fail_io(err, "reading", name);
}

static bool take(struct slice *rest, void *out, size_t len)
{
    if (rest->len < len)
        return false;
    memcpy(out, rest->at, len);
    rest->at += len;
    rest->len -= len;
    return true;
}

/* The operations of one commit; false: the body is not what its checksum promised (another version wrote it). */
static bool read_operations(struct slice *body, uint32_t count, const struct log_reader *reader)
{
    for (uint32_t i = 0; i < count; i++) {
        struct gist *gist;
        int64_t id;
        char sort;

        if (!take(body, &sort, 1))
            return false;
        if (sort == 'D' && take(body, &id, sizeof id)) {
            reader->put(reader->arg, id, NULL);
            continue;
        }
        gist = arena_alloc(reader->arena, sizeof *gist);
        if (sort != 'P' || !gist_read(body, reader->arena, gist))
            return false;
        reader->put(reader->arg, gist->id, gist);
    }
    return body->len == 0;
}

static bool next_record(struct slice *rest, uint32_t *sort, struct slice *body)
{
    struct record_head head;
    struct slice whole = *rest;

    if (!take(&whole, &head, sizeof head) || head.magic != RECORD_MAGIC || head.len > whole.len
        || checksum(whole.at, (size_t)head.len) != head.sum)
        return false;
    *sort = head.sort;
    *body = (struct slice){whole.at, (size_t)head.len};
    *rest = (struct slice){whole.at + head.len, whole.len - (size_t)head.len};
    return true;
}

static bool replay_commit(struct slice body, const struct log_reader *reader, bool *whole, struct match_err *err)
{
    uint64_t applied;
    uint32_t count;

    *whole = take(&body, &applied, sizeof applied) && take(&body, &count, sizeof count)
        && read_operations(&body, count, reader);
    return !*whole || reader->commit(reader->arg, applied, err);
}

static bool replay(struct slice rest, const struct log_reader *reader, struct log_end *end, struct match_err *err)
{
    struct slice all = rest, body;
    bool whole = true;
    uint32_t sort;

    while (!end->closed && next_record(&rest, &sort, &body)) {
        end->closed = sort == RECORD_CLOSE;
        if (sort == RECORD_COMMIT && !replay_commit(body, reader, &whole, err))
            return false;
        if (!whole)
            return match_fail(err, MATCH_CORRUPT, "the live log holds a record of another version");
        end->size = sizeof(struct log_head) + (size_t)(rest.at - all.at);
    }
    end->torn = rest.len != 0;
    return true;
}

static bool replay_file(int file, const char *name, uint64_t number, const struct log_reader *reader,
                        struct log_end *end, struct match_err *err)
{
    struct log_head head;
    struct slice rest = {0};
    char *bytes = NULL;
    bool good = true;

    if (!read_file(file, name, &bytes, &rest.len, err))
        return false;
    rest.at = bytes;
    end->there = true;
    if (take(&rest, &head, sizeof head) && memcmp(head.magic, LOG_MAGIC, 8) == 0 && head.number == number
        && head.sum == checksum(&head, offsetof(struct log_head, sum))) {
        end->size = sizeof head;
        good = replay(rest, reader, end, err);
    } else {
        end->torn = true;
    }
    free(bytes);
    return good;
}

/* Opened and not asked for first: a writer may remove it in between. */
bool log_replay(int folder, uint64_t number, const struct log_reader *reader, struct log_end *end,
                struct match_err *err)
{
    char name[32];
    bool good;
    int file;

    *end = (struct log_end){0};
    log_name(number, name);
    file = openat(folder, name, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return errno == ENOENT || match_fail_io(err, "opening", name);
    good = replay_file(file, name, number, reader, end, err);
    close(file);
    return good;
}

bool log_reopen(struct log *log, int folder, uint64_t number, uint64_t size, struct match_err *err)
{
    char name[32];

    log_name(number, name);
    *log = (struct log){folder, -1, number, size};
    log->file = openat(folder, name, O_RDWR | O_APPEND | O_CLOEXEC);
    if (log->file >= 0 && ftruncate(log->file, (off_t)size) == 0)
        return true;
    match_fail_io(err, "opening", name);
    log_release(log);
    return false;
}
