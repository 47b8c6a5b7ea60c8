/*
 * tieqiao monitor: is that log still the one that I saw? tieqiao witness: and if it is, my signature under it (cosignature/v1).
 * From cron, at another organ; exit status 3: the log went back, 4: it forked, 1: nothing could be said.
 */
#include <unistd.h>

#include "base/clock.h"
#include "cli/verb.h"
#include "cli/watch.h"
#include "seal/seal.h"

enum { EXIT_BACK = 3, EXIT_FORK = 4 };

static const char monitor_usage[] = "用法：tieqiao monitor --state 文件 --key 公钥 地址|文件夹；tieqiao monitor --help 有说明",
    witness_usage[] = "用法：tieqiao witness --state 文件 --secret 私钥文件 --key 公钥 地址|文件夹 [--out 文件]，或 --make 名字 --secret 私钥文件";

/* --- what both do --- */

static int told(enum watched found, const struct watch_seen *seen, const struct err *err)
{
    switch (found) {
    case WATCHED_FIRST:
        fprintf(stderr, "第一次看：%s，%llu 条，记下了\n", seen->now.origin, (unsigned long long)seen->now.size);
        return EXIT_DONE;
    case WATCHED_SAME:
        fprintf(stderr, "%s 还是 %llu 条，没有变\n", seen->now.origin, (unsigned long long)seen->now.size);
        return EXIT_DONE;
    case WATCHED_GREW:
        fprintf(stderr, "%s 从 %llu 条到 %llu 条，前面的一条没有改\n", seen->now.origin, (unsigned long long)seen->before.size,
                (unsigned long long)seen->now.size);
        return EXIT_DONE;
    case WATCHED_BACK:
    case WATCHED_FORK:
        verb_failed(err);
        return found == WATCHED_BACK ? EXIT_BACK : EXIT_FORK;
    default:
        return verb_failed(err);
    }
}

/* The words of both; false: off, or err. */
static bool watch_take(int *argc, char **argv, struct watch *watch, bool *missing, struct err *err)
{
    const char *key = option_take(argc, argv, "--key", missing);

    err_clear(err);
    watch->state = option_take(argc, argv, "--state", missing);
    watch->base = *argc == 2 ? argv[1] : NULL;
    return !*missing && key && watch->state && watch->base && seal_start(err) && watch_key(key, &watch->key, err);
}

int verb_monitor(int argc, char **argv, const struct where *where)
{
    struct watch watch;
    struct watch_seen seen;
    bool missing = false;
    struct err err;
    int status;

    (void)where;
    if (!watch_take(&argc, argv, &watch, &missing, &err))
        return err.code != ERR_NONE ? verb_failed(&err) : verb_usage(monitor_usage);
    status = told(watch_look(&watch, &seen, &err), &seen, &err);
    text_release(&seen.note);
    return status;
}

/* --- the witness --- */

static bool secret_make(const char *name, const char *path, struct err *err)
{
    unsigned char bytes[SEAL_SECRET];
    struct note_secret secret;
    struct text text;
    bool ok;

    if (access(path, F_OK) == 0)
        return err_set(err, ERR_CONFLICT, "%s 已经有了", path);
    text_init(&text);
    seal_random(bytes, sizeof bytes);
    ok = note_secret_make(slice_of(name), NOTE_COSIGNATURE, bytes, &secret, err);
    if (ok) {
        note_secret_write(&secret, &text);
        text_putc(&text, '\n');
        ok = watch_file_put(path, text_slice(&text), err);
        seal_wipe(text.at, text.room);
        text_clear(&text);
    }
    if (ok) {
        note_key_write(&secret.key, &text);
        puts(text.at);
    }
    seal_wipe(bytes, sizeof bytes);
    seal_wipe(&secret, sizeof secret);
    text_release(&text);
    return ok;
}

static bool secret_read(const char *path, struct note_secret *secret, struct err *err)
{
    struct text text;
    bool ok;

    text_init(&text);
    ok = watch_file(path, &text, err) && note_secret_read(text_slice(&text), secret, err)
         && (secret->key.kind == NOTE_COSIGNATURE || err_set(err, ERR_INVALID, "%s 不是见证人的私钥", path));
    seal_wipe(text.at, text.room);
    text_release(&text);
    return ok;
}

/* The note with one line more. What it says was remembered before. */
static bool cosign(const struct watch_seen *seen, const struct note_secret *secret, const char *out, struct err *err)
{
    struct note note;
    struct text text;
    bool ok;

    text_init(&text);
    text_add_slice(&text, text_slice(&seen->note));
    ok = note_read(text_slice(&seen->note), &note, err)
         && note_sign(note.text, secret, (uint64_t)(clock_ms() / 1000), &text, err);
    if (ok && out)
        ok = watch_file_put(out, text_slice(&text), err);
    else if (ok)
        fwrite(text.at, 1, text.len, stdout);
    text_release(&text);
    return ok;
}

static int witness(const struct watch *watch, const char *secret_file, const char *out, struct err *err)
{
    struct note_secret secret;
    struct watch_seen seen;
    int status;

    if (!secret_read(secret_file, &secret, err))
        return verb_failed(err);
    status = told(watch_look(watch, &seen, err), &seen, err);
    if (status == EXIT_DONE && !cosign(&seen, &secret, out, err))
        status = verb_failed(err);
    seal_wipe(&secret, sizeof secret);
    text_release(&seen.note);
    return status;
}

int verb_witness(int argc, char **argv, const struct where *where)
{
    bool missing = false;
    const char *make = option_take(&argc, argv, "--make", &missing), *secret = option_take(&argc, argv, "--secret", &missing),
               *out = option_take(&argc, argv, "--out", &missing);
    struct watch watch;
    struct err err;

    (void)where;
    if (make && secret && argc == 1)
        return seal_start(&err) && secret_make(make, secret, &err) ? EXIT_DONE : verb_failed(&err);
    if (make || !secret || !watch_take(&argc, argv, &watch, &missing, &err))
        return !make && secret && err.code != ERR_NONE ? verb_failed(&err) : verb_usage(witness_usage);
    return witness(&watch, secret, out, &err);
}
