#include "work/log_key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "work/backup_int.h"

enum { PATH = BACKUP_PATH, NAME_RANDOM = 6, FILE_MOST = 8192 };

static const char *const key_files[] = {"log.key", "log-sm2.key"}, *const pub_files[] = {"log.pub", "log-sm2.pub"};

static void path_of(const char *data, const char *name, char path[PATH])
{
    snprintf(path, PATH, "%.3900s/keys%s%.150s", data, *name ? "/" : "", name);
}

/* --- files --- */

static bool failed(const char *path, struct err *err)
{
    return err_set(err, errno == ENOSPC ? ERR_FULL : ERR_IO, "写不了 %s：%s", path, strerrordesc_np(errno));
}

/* New, and on the disk: a key that signed and was lost could not be told from a forged one. */
static bool file_make(const char *path, struct slice bytes, struct err *err)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool ok = file >= 0 && write(file, bytes.at, bytes.len) == (ssize_t)bytes.len && fsync(file) == 0;

    if (!ok)
        failed(path, err);
    if (file >= 0)
        close(file);
    return ok;
}

/* ERR_MISSING: not there. `private`: others must not be able to read it. */
static bool file_read(const char *path, bool private, char bytes[FILE_MOST], struct slice *text, struct err *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    ssize_t len = -1;

    if (file < 0)
        return err_set(err, errno == ENOENT ? ERR_MISSING : ERR_IO, "打不开 %s：%s", path, strerrordesc_np(errno));
    if (fstat(file, &about) == 0)
        len = read(file, bytes, FILE_MOST);
    close(file);
    if (len < 0)
        return err_set(err, ERR_IO, "读不了 %s：%s", path, strerrordesc_np(errno));
    *text = (struct slice){bytes, (size_t)len};
    if (!private || (about.st_mode & 077) == 0)
        return true;
    err_set(err, ERR_DENIED, "私钥 %s 别人也能读", path);
    return err_hint(err, "请运行 chmod 600 %s；若可能已被别人读过，用 tieqiao log new 换一把", path);
}

/* --- making --- */

static bool secret_keep(const char *data, const struct note_secret *secret, struct err *err)
{
    size_t twin = secret->key.kind == NOTE_SM2;
    char path[PATH];
    struct text text;
    bool ok;

    text_init(&text);
    path_of(data, pub_files[twin], path);
    note_key_write(&secret->key, &text);
    text_putc(&text, '\n');
    unlink(path); /* of a making that was cut off: what counts is the private key, which comes last */
    ok = file_make(path, text_slice(&text), err);
    text_clear(&text);
    path_of(data, key_files[twin], path);
    note_secret_write(secret, &text);
    text_putc(&text, '\n');
    ok = ok && file_make(path, text_slice(&text), err);
    seal_wipe(text.at, text.room);
    text_release(&text);
    return ok;
}

static bool make(const char *data, struct slice name, enum note_kind kind, struct note_secret *secret, struct err *err)
{
    unsigned char bytes[SEAL_SECRET];
    char folder[PATH];
    bool ok;

    path_of(data, "", folder);
    seal_random(bytes, sizeof bytes);
    ok = note_secret_make(name, kind, bytes, secret, err) && secret_keep(data, secret, err) && folder_sync(folder, err);
    seal_wipe(bytes, sizeof bytes);
    return ok;
}

/* Nobody named the log: a name that no other has. */
static void name_invent(char name[NOTE_NAME + 1])
{
    unsigned char bytes[NAME_RANDOM];
    char hex[2 * NAME_RANDOM + 1];

    seal_random(bytes, sizeof bytes);
    seal_hex(bytes, sizeof bytes, hex);
    snprintf(name, NOTE_NAME + 1, "tieqiao.invalid/%s", hex);
}

bool log_keys_make(const char *data, struct slice name, struct err *err)
{
    char path[PATH], invented[NOTE_NAME + 1];
    struct note_secret secret;
    bool ok;

    path_of(data, key_files[0], path);
    if (access(path, F_OK) == 0)
        return err_set(err, ERR_CONFLICT, "已经有签检查点的钥匙：%s", path);
    if (name.len == 0) {
        name_invent(invented);
        name = slice_of(invented);
    }
    path_of(data, "", path);
    if (!note_name_fits(name, err))
        return false;
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return failed(path, err);
    ok = make(data, name, NOTE_ED25519, &secret, err);
    seal_wipe(&secret, sizeof secret);
    return ok;
}

bool log_keys_replace(const char *data, struct slice name, int64_t now_ms, struct err *err)
{
    char keys[PATH], aside[PATH], inside[PATH], stamp[BACKUP_STAMP];

    if (name.len > 0 && !note_name_fits(name, err))
        return false;
    backup_stamp(now_ms, stamp);
    path_of(data, "", keys);
    snprintf(aside, sizeof aside, "%.3900s/keys-replaced-%s", data, stamp);
    snprintf(inside, sizeof inside, "%.4000s/replaced-%s", keys, stamp);
    if (rename(keys, aside) != 0 && errno != ENOENT)
        return failed(aside, err);
    if (!log_keys_make(data, name, err))
        return false;
    return rename(aside, inside) == 0 || errno == ENOENT || failed(inside, err);
}

/* --- loading --- */

static bool secret_load(const char *data, enum note_kind kind, struct note_secret *secret, struct err *err)
{
    char path[PATH], bytes[FILE_MOST];
    struct slice text;
    struct err why;
    bool ok;

    path_of(data, key_files[kind == NOTE_SM2], path);
    if (!file_read(path, true, bytes, &text, err))
        return false;
    ok = note_secret_read(text, secret, &why) && (secret->key.kind == kind || err_set(&why, ERR_INVALID, "钥匙是另一种"));
    seal_wipe(bytes, sizeof bytes);
    return ok || err_set(err, ERR_CORRUPT, "钥匙 %s 读不懂：%s", path, why.message);
}

bool log_key_read(const char *data, enum note_kind kind, struct note_key *key, struct err *err)
{
    char path[PATH], bytes[FILE_MOST];
    struct slice text;

    path_of(data, pub_files[kind == NOTE_SM2], path);
    return file_read(path, false, bytes, &text, err) && note_key_read(text, key, err);
}

bool log_keys_load(const char *data, bool twin, struct log_keys *keys, struct err *err)
{
    char name[NOTE_NAME + 1];

    *keys = (struct log_keys){.twin = twin};
    if (!secret_load(data, NOTE_ED25519, &keys->secrets[SEAL_SHA256], err))
        return false;
    if (!twin || secret_load(data, NOTE_SM2, &keys->secrets[SEAL_SM3], err))
        return true;
    snprintf(name, sizeof name, "%.190s/sm3", keys->secrets[SEAL_SHA256].key.name);
    return err->code == ERR_MISSING && make(data, slice_of(name), NOTE_SM2, &keys->secrets[SEAL_SM3], err);
}

/* --- what was signed last --- */

bool log_signed(const char *data, const struct note_key *key, struct checkpoint *last, struct err *err)
{
    char path[PATH], bytes[FILE_MOST];
    struct slice rest;

    *last = (struct checkpoint){.size = 0};
    path_of(data, "signed", path);
    if (!file_read(path, false, bytes, &rest, err))
        return err->code == ERR_MISSING;
    while (rest.len > 0) {
        const char *end = memmem(rest.at, rest.len, "\n\n", 2);
        size_t len = end ? (size_t)(end - rest.at) + 1 : rest.len;

        if (!checkpoint_read((struct slice){rest.at, len}, last, err))
            return false;
        if (strcmp(last->origin, key->name) == 0)
            return true;
        rest = (struct slice){rest.at + len + (end != NULL), rest.len - len - (end != NULL)};
    }
    *last = (struct checkpoint){.size = 0};
    return true;
}

bool log_signed_put(const char *data, const struct checkpoint *checkpoints, size_t count, struct err *err)
{
    char path[PATH], beside[PATH];
    struct text text;
    bool ok;

    path_of(data, "signed", path);
    path_of(data, "signed.new", beside);
    text_init(&text);
    for (size_t i = 0; i < count; i++) {
        checkpoint_write(&checkpoints[i], &text);
        text_putc(&text, '\n');
    }
    unlink(beside);
    ok = file_make(beside, text_slice(&text), err) && (rename(beside, path) == 0 || failed(path, err));
    text_release(&text);
    return ok;
}
