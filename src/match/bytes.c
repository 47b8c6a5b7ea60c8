#include "match/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "match/fail.h"

bool bytes_write(int file, const void *bytes, uint64_t len)
{
    const char *at = bytes;

    while (len) {
        ssize_t done = write(file, at, len < SSIZE_MAX ? len : SSIZE_MAX);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        at += done;
        len -= (uint64_t)done;
    }
    return true;
}

bool bytes_read(int file, void *bytes, uint64_t len)
{
    char *at = bytes;

    while (len) {
        ssize_t done = read(file, at, len < SSIZE_MAX ? len : SSIZE_MAX);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        at += done;
        len -= (uint64_t)done;
    }
    return true;
}

bool bytes_file(const char *path, struct match_str head, const void *rest, uint64_t size, bool durable, struct match_err *err)
{
    char beside[PATH_MAX];
    int file;
    bool good;

    if ((size_t)snprintf(beside, sizeof beside, "%s.new", path) >= sizeof beside)
        return match_fail(err, MATCH_BAD_INPUT, "%.100s…: too long a path", path);
    file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    good = file >= 0 && bytes_write(file, head.at, head.len) && bytes_write(file, rest, size) && (!durable || fsync(file) == 0)
        && rename(beside, path) == 0;
    if (!good)
        match_fail_io(err, "writing", path);
    if (file >= 0)
        close(file);
    if (!good && file >= 0)
        unlink(beside);
    return good;
}

bool bytes_map(int folder, const char *name, size_t least, uint8_t **base, size_t *size, struct match_err *err)
{
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC);
    struct stat state;
    bool good = false;

    if (file < 0 || fstat(file, &state) != 0) {
        match_fail_io(err, "opening", name);
    } else if (state.st_size < (off_t)least) {
        match_fail(err, MATCH_CORRUPT, "%s: shorter than its head", name);
    } else {
        void *at = mmap(NULL, (size_t)state.st_size, PROT_READ, MAP_SHARED, file, 0);

        good = at != MAP_FAILED || match_fail_io(err, "mapping", name);
        *base = good ? at : NULL;
        *size = (size_t)state.st_size;
    }
    if (file >= 0)
        close(file);
    return good;
}
