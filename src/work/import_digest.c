/* What a file's bytes are known by. */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "seal/seal.h"
#include "work/import.h"

static bool not_read(int error, struct err *err)
{
    return err_set(err, ERR_IO, "文件读不了：%s", strerror(error));
}

bool import_digest(const char *path, char hex[IMPORT_DIGEST], struct err *err)
{
    unsigned char hash[SEAL_HASH];
    struct stat info;
    void *bytes = NULL;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool ok = file >= 0 && fstat(file, &info) == 0;

    if (ok && info.st_size) {
        bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, file, 0);
        ok = bytes != MAP_FAILED;
    }
    if (!ok)
        not_read(errno, err);
    else
        seal_sha256(&(struct slice){bytes, (size_t)info.st_size}, 1, hash);
    if (ok && bytes)
        munmap(bytes, (size_t)info.st_size);
    if (file >= 0)
        close(file);
    if (ok)
        seal_hex(hash, SEAL_HASH, hex);
    return ok;
}
