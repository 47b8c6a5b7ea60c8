#include "cli/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "post/post.h"

enum { FILE_MOST = 1 << 20, TIMEOUT_MS = 15000, ADDRESS = 4096 };

/* --- files --- */

bool watch_file(const char *path, struct text *out, struct err *err)
{
    FILE *file = fopen(path, "re");

    if (!file)
        return err_set(err, errno == ENOENT ? ERR_MISSING : ERR_IO, "打不开 %s：%s", path, strerrordesc_np(errno));
    out->len += fread(text_reserve(out, FILE_MOST), 1, FILE_MOST, file);
    fclose(file);
    return true;
}

static bool put_failed(const char *path, struct err *err)
{
    return err_set(err, ERR_IO, "写不了 %s：%s", path, strerrordesc_np(errno));
}

bool watch_file_put(const char *path, struct slice bytes, struct err *err)
{
    char beside[PATH_MAX];
    int file;
    bool ok;

    if (snprintf(beside, sizeof beside, "%s.new", path) >= PATH_MAX)
        return err_set(err, ERR_INVALID, "路径太长：%s", path);
    file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0)
        return put_failed(beside, err);
    ok = write(file, bytes.at, bytes.len) == (ssize_t)bytes.len && fsync(file) == 0 && rename(beside, path) == 0;
    if (!ok)
        put_failed(path, err);
    close(file);
    return ok;
}

bool watch_key(const char *given, struct note_key *key, struct err *err)
{
    struct text text;
    struct slice rest, line;
    struct err none;
    bool ok;

    if (note_key_read(slice_of(given), key, err))
        return true;
    text_init(&text);
    ok = watch_file(given, &text, &none);
    rest = text_slice(&text);
    ok = ok && slice_cut(&rest, '\n', &line) && note_key_read(line, key, err);
    text_release(&text);
    return ok;
}

/* --- the log: over HTTP or in a folder --- */

struct far {
    const char *base;
    struct post *post; /* NULL: a folder */
};

static bool far_ask(const struct far *far, const char *address, struct text *out, struct err *err)
{
    const struct post_question question = {.url = address, .timeout_ms = TIMEOUT_MS, .most = FILE_MOST};
    struct post_answer answer;
    bool ok = post_ask(far->post, &question, &answer) && answer.status == 200;

    if (ok)
        text_add_slice(out, text_slice(&answer.body));
    else
        err_set(err, answer.status == 404 ? ERR_MISSING : ERR_IO, "%s：%s", address, answer.why);
    text_release(&answer.body);
    return ok;
}

static bool far_read(const struct far *far, const char *name, struct text *out, struct err *err)
{
    char path[ADDRESS];

    if (snprintf(path, sizeof path, "%s/%s", far->base, name) >= ADDRESS)
        return err_set(err, ERR_INVALID, "地址太长");
    return far->post ? far_ask(far, path, out, err) : watch_file(path, out, err);
}

/* The tile as wide as it is wanted, or the full one if that is all there is by now. */
static bool far_tile(void *arg, unsigned level, uint64_t index, unsigned width, unsigned char (*hashes)[TREE_HASH],
                     struct err *err)
{
    size_t len = (size_t)width * TREE_HASH;
    char place[TREE_PATH], name[TREE_PATH + 8];
    struct text bytes;
    bool ok;

    text_init(&bytes);
    tree_tile_path(level, index, width, place);
    snprintf(name, sizeof name, "tile/%s", place);
    ok = far_read(arg, name, &bytes, err);
    if (!ok && err->code == ERR_MISSING && width < TREE_TILE) {
        tree_tile_path(level, index, TREE_TILE, place);
        snprintf(name, sizeof name, "tile/%s", place);
        ok = far_read(arg, name, &bytes, err);
    }
    if (ok && bytes.len < len)
        ok = err_set(err, ERR_CORRUPT, "%s 不够长", name);
    if (ok)
        memcpy(hashes, bytes.at, len);
    text_release(&bytes);
    return ok;
}

/* --- what was seen last --- */

/* Its own file: whatever it says was checked when it was written. */
static bool state_read(const struct watch *watch, struct checkpoint *before, bool *any, struct err *err)
{
    struct text text;
    struct err why;
    bool ok;

    text_init(&text);
    *any = watch_file(watch->state, &text, &why);
    *before = (struct checkpoint){.size = 0};
    ok = *any ? checkpoint_open(text_slice(&text), &watch->key, before, &why) : why.code == ERR_MISSING;
    text_release(&text);
    return ok || err_set(err, ERR_IO, "上次记下的 %s 用不了：%s", watch->state, why.message);
}

static bool keep_bad(const struct watch *watch, const struct watch_seen *seen, struct err *err)
{
    char path[PATH_MAX];
    struct err ignored;

    snprintf(path, sizeof path, "%.4000s.bad", watch->state);
    return watch_file_put(path, text_slice(&seen->note), &ignored)
        && err_hint(err, "两份签了名、不能都是真的检查点留作证据：%s 和 %s", watch->state, path);
}

/* --- one look --- */

/* Does what is there begin with what was known? ERR_CORRUPT: no. */
static bool extends(const struct watch *watch, struct far *far, const struct watch_seen *seen, struct err *err)
{
    struct tree_source *source = calloc(1, sizeof *source);
    enum seal_digest digest = watch->key.kind == NOTE_SM2 ? SEAL_SM3 : SEAL_SHA256;
    struct tree_proof proof = {.count = 0};
    bool ok;

    if (!source)
        abort();
    *source = (struct tree_source){.digest = digest, .size = seen->now.size, .read = far_tile, .arg = far};
    ok = seen->before.size == 0 || tree_extend(source, seen->before.size, seen->now.size, &proof, err);
    free(source);
    return ok && tree_extended(digest, seen->before.size, seen->before.root, seen->now.size, seen->now.root, &proof, err);
}

static enum watched compare(const struct watch *watch, struct far *far, const struct watch_seen *seen, struct err *err)
{
    if (seen->now.size < seen->before.size) {
        err_set(err, ERR_CORRUPT, "账本退回去了：从 %llu 条变成 %llu 条", (unsigned long long)seen->before.size,
                (unsigned long long)seen->now.size);
        return WATCHED_BACK;
    }
    if (seen->now.size == seen->before.size) {
        if (memcmp(seen->now.root, seen->before.root, TREE_HASH) == 0)
            return WATCHED_SAME;
        err_set(err, ERR_CORRUPT, "账本分叉了：同样 %llu 条，根却不同", (unsigned long long)seen->now.size);
        return WATCHED_FORK;
    }
    if (extends(watch, far, seen, err))
        return WATCHED_GREW;
    if (err->code != ERR_CORRUPT)
        return WATCHED_FAILED;
    err_set(err, ERR_CORRUPT, "账本分叉了：现在的 %llu 条不是接着上次的 %llu 条", (unsigned long long)seen->now.size,
            (unsigned long long)seen->before.size);
    return WATCHED_FORK;
}

static enum watched look(const struct watch *watch, struct far *far, struct watch_seen *seen, struct err *err)
{
    enum watched found;
    bool any;

    if (!state_read(watch, &seen->before, &any, err) || !far_read(far, "checkpoint", &seen->note, err)
        || !checkpoint_open(text_slice(&seen->note), &watch->key, &seen->now, err))
        return WATCHED_FAILED;
    found = any ? compare(watch, far, seen, err) : WATCHED_FIRST;
    if (found == WATCHED_BACK || found == WATCHED_FORK)
        keep_bad(watch, seen, err);
    else if ((found == WATCHED_FIRST || found == WATCHED_GREW) && !watch_file_put(watch->state, text_slice(&seen->note), err))
        found = WATCHED_FAILED;
    return found;
}

/* Two watchers with one file would each think that it saw everything. */
static int lock_take(const struct watch *watch, struct err *err)
{
    char path[PATH_MAX];
    int file;

    snprintf(path, sizeof path, "%.4000s.lock", watch->state);
    file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || flock(file, LOCK_EX) != 0)
        put_failed(path, err);
    return file;
}

enum watched watch_look(const struct watch *watch, struct watch_seen *seen, struct err *err)
{
    struct far far = {.base = watch->base};
    enum watched found = WATCHED_FAILED;
    bool safe;
    int lock;

    text_init(&seen->note);
    lock = lock_take(watch, err);
    if (lock < 0)
        return found;
    if (post_address(watch->base, &safe))
        far.post = post_new();
    found = look(watch, &far, seen, err);
    post_free(far.post);
    close(lock);
    return found;
}
