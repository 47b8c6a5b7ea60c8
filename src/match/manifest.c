#include "match/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "match/bytes.h"
#include "match/checksum.h"
#include "match/fail.h"

#define MANIFEST "manifest"
#define MANIFEST_MAGIC "TQMAN001"

struct head {
    char magic[8];
    uint64_t sum; /* of all that follows it */
    uint64_t size, log, applied, next, count;
};

struct entry {
    uint64_t number;
    uint32_t bits, set; /* bits 0: nothing is deleted and no words follow */
};

void segment_name(uint64_t number, char name[32])
{
    snprintf(name, 32, "seg.%llu", (unsigned long long)number);
}

static void put_parts(const struct manifest *manifest, struct text *out)
{
    for (size_t p = 0; p < manifest->count; p++) {
        const struct bitmap *deleted = manifest->parts[p].deleted;
        struct entry entry = {manifest->parts[p].number, deleted ? deleted->bits : 0, bitmap_count(deleted)};

        text_add(out, &entry, sizeof entry);
        if (deleted)
            text_add(out, deleted->words, bitmap_words(deleted->bits) * 8);
    }
}

static bool write_beside(int folder, const struct text *bytes, struct match_err *err)
{
    int file = openat(folder, MANIFEST ".new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    if (file < 0)
        return match_fail_io(err, "making", MANIFEST);
    if (!bytes_write(file, bytes->at, bytes->len) || fsync(file) != 0) {
        match_fail_io(err, "writing", MANIFEST);
        close(file);
        return false;
    }
    close(file);
    return true;
}

bool manifest_write(int folder, const struct manifest *manifest, struct match_err *err)
{
    struct head head = {MANIFEST_MAGIC, 0, 0, manifest->log, manifest->applied, manifest->next, manifest->count};
    struct text bytes;
    bool good;

    text_init(&bytes);
    text_add(&bytes, &head, sizeof head);
    put_parts(manifest, &bytes);
    head.size = bytes.len;
    memcpy(bytes.at, &head, sizeof head);
    head.sum = checksum(bytes.at + 16, bytes.len - 16);
    memcpy(bytes.at, &head, sizeof head);
    good = write_beside(folder, &bytes, err);
    if (good && (renameat(folder, MANIFEST ".new", folder, MANIFEST) != 0 || fsync(folder) != 0))
        good = match_fail_io(err, "replacing", MANIFEST);
    text_release(&bytes);
    return good;
}

static bool read_all(int file, struct text *bytes)
{
    char piece[65536];
    ssize_t n;

    while ((n = read(file, piece, sizeof piece)) > 0)
        text_add(bytes, piece, (size_t)n);
    return n == 0;
}

static bool read_parts(struct manifest *manifest, struct slice rest)
{
    for (size_t p = 0; p < manifest->count; p++) {
        struct entry entry;
        size_t words;

        if (rest.len < sizeof entry)
            return false;
        memcpy(&entry, rest.at, sizeof entry);
        rest.at += sizeof entry;
        rest.len -= sizeof entry;
        words = bitmap_words(entry.bits) * 8;
        if (words > rest.len)
            return false;
        manifest->parts[p].number = entry.number;
        if (entry.bits) {
            manifest->parts[p].deleted = bitmap_new(entry.bits);
            memcpy(manifest->parts[p].deleted->words, rest.at, words);
            manifest->parts[p].deleted->set = entry.set;
        }
        rest.at += words;
        rest.len -= words;
    }
    return rest.len == 0;
}

static bool parse(struct manifest *manifest, const struct text *bytes, struct match_err *err)
{
    struct head head;

    if (bytes->len < sizeof head)
        return match_fail(err, MATCH_CORRUPT, "manifest: shorter than its head");
    memcpy(&head, bytes->at, sizeof head);
    if (memcmp(head.magic, MANIFEST_MAGIC, sizeof head.magic) != 0)
        return match_fail(err, MATCH_CORRUPT, "manifest: not one of this version");
    if (head.size != bytes->len)
        return match_fail(err, MATCH_CORRUPT, "manifest: cut short, or longer than it was written");
    if (head.sum != checksum(bytes->at + 16, bytes->len - 16) || head.count > bytes->len / sizeof(struct entry))
        return match_fail(err, MATCH_CORRUPT, "manifest: does not match its checksum");
    *manifest = (struct manifest){head.log, head.applied, head.next, NULL, head.count};
    manifest->parts = calloc(head.count + 1, sizeof *manifest->parts);
    if (!manifest->parts)
        return match_fail(err, MATCH_NO_MEMORY, "no memory for the manifest");
    return read_parts(manifest, (struct slice){bytes->at + sizeof head, bytes->len - sizeof head})
        || match_fail(err, MATCH_CORRUPT, "manifest: its parts are cut");
}

bool manifest_read(int folder, struct manifest *manifest, bool *there, struct match_err *err)
{
    int file = openat(folder, MANIFEST, O_RDONLY | O_CLOEXEC);
    struct text bytes;
    bool good;

    memset(manifest, 0, sizeof *manifest);
    *there = file >= 0;
    if (file < 0)
        return errno == ENOENT || match_fail_io(err, "opening", MANIFEST);
    text_init(&bytes);
    good = read_all(file, &bytes) ? parse(manifest, &bytes, err) : match_fail_io(err, "reading", MANIFEST);
    text_release(&bytes);
    close(file);
    return good;
}

void manifest_release(struct manifest *manifest)
{
    for (size_t p = 0; manifest->parts && p < manifest->count; p++)
        bitmap_let_go(manifest->parts[p].deleted);
    free(manifest->parts);
    memset(manifest, 0, sizeof *manifest);
}
