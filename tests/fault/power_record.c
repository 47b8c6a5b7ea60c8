/*
 * Records what a program does to the files below POWER_ROOT, in order, into the file POWER_LOG: preloaded (LD_PRELOAD) into a
 * server, so that tests/fault/power.mjs can say what its disk would hold had the power gone at any moment. What the server
 * acknowledges (the heads of its 201 answers, the end of a task over ctl.sock) is recorded among it, before it is sent.
 *
 *   a record   op, one byte · length of the text u16 · inode u64 · offset or size i64 · length of the data u64 · text · data
 *     O  text is now (or was) the name of the inode      D  the same of a folder
 *     W  data at offset         T  the size is now that  s, S  a sync begins, has ended
 *     R  text: from NUL to      U  the name is gone      A  data: what is acknowledged
 *
 * A write and its record are one step against all others. A sync is two records: only what was written before it began is
 * on the disk after it. A file written through a mapping is recorded, whole, when it is synced.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FDS = 4096, ACK_MOST = 1024 };

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static size_t root_len;
static int out = -1;
static struct known {
    uint64_t inode; /* 0: none of ours */
    bool folder, mapped;
} known[FDS];

/* The real function behind `name`, looked up once; its type is that of the wrapper it stands in. */
#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) \
        real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static ssize_t real_write(int fd, const void *bytes, size_t len)
{
    REAL(write);
    return real(fd, bytes, len);
}

static int real_open(const char *path, int flags, mode_t mode)
{
    REAL(open);
    return real(path, flags, mode);
}

__attribute__((constructor)) static void start(void)
{
    const char *folder = getenv("POWER_ROOT"), *log = getenv("POWER_LOG");

    if (!folder || !log || !realpath(folder, root))
        return;
    root_len = strlen(root);
    out = real_open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* --- the log --- */

static void put(const void *bytes, size_t len)
{
    const char *at = bytes;

    while (len > 0) {
        ssize_t n = real_write(out, at, len);

        if (n <= 0)
            abort(); /* a log with a hole proves nothing */
        at += n;
        len -= (size_t)n;
    }
}

static void record(char op, uint64_t inode, int64_t where, const char *text, size_t text_len, const void *data, size_t len)
{
    unsigned char head[27];
    uint16_t text_size = (uint16_t)text_len;
    uint64_t size = len;

    head[0] = (unsigned char)op;
    memcpy(head + 1, &text_size, 2);
    memcpy(head + 3, &inode, 8);
    memcpy(head + 11, &where, 8);
    memcpy(head + 19, &size, 8);
    put(head, sizeof head);
    put(text, text_len);
    put(data, len);
}

/* --- names and descriptors --- */

static struct known *known_of(int fd)
{
    return out >= 0 && fd >= 0 && fd < FDS && known[fd].inode ? &known[fd] : NULL;
}

/* The path below the root; NULL if it is elsewhere. */
static const char *below(const char *path)
{
    return strncmp(path, root, root_len) == 0 && path[root_len] == '/' ? path + root_len + 1 : NULL;
}

static bool fd_path(int fd, char path[PATH_MAX])
{
    char link[32];
    ssize_t len;

    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    len = readlink(link, path, PATH_MAX - 1);
    if (len <= 0)
        return false;
    path[len] = '\0';
    return true;
}

/* A name as it is given to openat and its like, made whole by way of its folder. */
static const char *whole(int folder, const char *name, char path[PATH_MAX])
{
    char at[PATH_MAX];

    if (name[0] == '/')
        return below(name);
    if (folder == AT_FDCWD ? !getcwd(at, sizeof at) : !fd_path(folder, at))
        return NULL;
    if (snprintf(path, PATH_MAX, "%s/%s", at, name) >= PATH_MAX)
        return NULL;
    return below(path);
}

static int opened(int fd, int flags)
{
    struct stat found;
    char path[PATH_MAX];
    const char *name;

    if (out < 0 || fd < 0 || fd >= FDS)
        return fd;
    known[fd] = (struct known){0};
    if (!fd_path(fd, path) || !(name = strcmp(path, root) == 0 ? "" : below(path)) || fstat(fd, &found) != 0
        || !(S_ISREG(found.st_mode) || S_ISDIR(found.st_mode)))
        return fd;
    known[fd] = (struct known){found.st_ino, S_ISDIR(found.st_mode), false};
    record(known[fd].folder ? 'D' : 'O', found.st_ino, 0, name, strlen(name), NULL, 0);
    if (!known[fd].folder && flags & O_TRUNC)
        record('T', found.st_ino, 0, NULL, 0, NULL, 0);
    return fd;
}

#define OPEN(name, real_call, ...) \
    int name(__VA_ARGS__, int flags, ...) \
    { \
        mode_t mode; \
        va_list args; \
        int fd; \
        REAL(name); \
        va_start(args, flags); \
        mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0; \
        va_end(args); \
        pthread_mutex_lock(&order); \
        fd = opened(real_call, flags); \
        pthread_mutex_unlock(&order); \
        return fd; \
    }

OPEN(open, real(path, flags, mode), const char *path)
OPEN(open64, real(path, flags, mode), const char *path)
OPEN(openat, real(folder, path, flags, mode), int folder, const char *path)
OPEN(openat64, real(folder, path, flags, mode), int folder, const char *path)

int close(int fd)
{
    REAL(close);
    if (fd >= 0 && fd < FDS)
        known[fd] = (struct known){0};
    return real(fd);
}

/* --- bytes --- */

static void wrote(const struct known *file, int64_t where, const void *bytes, ssize_t len)
{
    if (file && len > 0)
        record('W', file->inode, where, NULL, 0, bytes, (size_t)len);
}

ssize_t write(int fd, const void *bytes, size_t len)
{
    const struct known *file = known_of(fd);
    struct stat before;
    int64_t where;
    ssize_t n;

    if (!file)
        return real_write(fd, bytes, len);
    pthread_mutex_lock(&order);
    where = fcntl(fd, F_GETFL) & O_APPEND && fstat(fd, &before) == 0 ? before.st_size : lseek(fd, 0, SEEK_CUR);
    n = real_write(fd, bytes, len);
    wrote(file, where, bytes, n);
    pthread_mutex_unlock(&order);
    return n;
}

#define PWRITE(name) \
    ssize_t name(int fd, const void *bytes, size_t len, off_t where) \
    { \
        const struct known *file = known_of(fd); \
        ssize_t n; \
        REAL(name); \
        pthread_mutex_lock(&order); \
        n = real(fd, bytes, len, where); \
        wrote(file, where, bytes, n); \
        pthread_mutex_unlock(&order); \
        return n; \
    }

PWRITE(pwrite)
PWRITE(pwrite64)

static void sized(int fd)
{
    const struct known *file = known_of(fd);
    struct stat now;

    if (file && fstat(fd, &now) == 0)
        record('T', file->inode, now.st_size, NULL, 0, NULL, 0);
}

#define RESIZE(name, arguments, ...) \
    int name(int fd, __VA_ARGS__) \
    { \
        int result; \
        REAL(name); \
        pthread_mutex_lock(&order); \
        result = real arguments; \
        sized(fd); \
        pthread_mutex_unlock(&order); \
        return result; \
    }

RESIZE(ftruncate, (fd, size), off_t size)
RESIZE(ftruncate64, (fd, size), off_t size)
RESIZE(posix_fallocate, (fd, from, size), off_t from, off_t size)
RESIZE(posix_fallocate64, (fd, from, size), off_t from, off_t size)

#define MAP(name) \
    void *name(void *at, size_t len, int protection, int flags, int fd, off_t from) \
    { \
        struct known *file = known_of(fd); \
        REAL(name); \
        if (file && flags & MAP_SHARED && protection & PROT_WRITE) \
            file->mapped = true; \
        return real(at, len, protection, flags, fd, from); \
    }

MAP(mmap)
MAP(mmap64)

/* --- syncs --- */

static void record_mapped(int fd, const struct known *file)
{
    struct stat now;
    void *bytes;

    if (!file->mapped || fstat(fd, &now) != 0 || now.st_size == 0)
        return;
    bytes = malloc((size_t)now.st_size);
    if (!bytes || pread(fd, bytes, (size_t)now.st_size, 0) != now.st_size)
        abort();
    wrote(file, 0, bytes, now.st_size);
    free(bytes);
}

static void mark(char op, const struct known *file)
{
    pthread_mutex_lock(&order);
    record(op, file->inode, 0, NULL, 0, NULL, 0);
    pthread_mutex_unlock(&order);
}

#define SYNC(name) \
    int name(int fd) \
    { \
        const struct known *file = known_of(fd); \
        int result; \
        REAL(name); \
        if (!file) \
            return real(fd); \
        record_mapped(fd, file); \
        mark('s', file); \
        result = real(fd); \
        if (result == 0) \
            mark('S', file); \
        return result; \
    }

SYNC(fsync)
SYNC(fdatasync)

/* --- names --- */

static void renamed(int from_folder, const char *from, int to_folder, const char *to)
{
    char from_path[PATH_MAX], to_path[PATH_MAX], both[2 * PATH_MAX];
    const char *a = whole(from_folder, from, from_path), *b = whole(to_folder, to, to_path);

    if (a && b && out >= 0)
        record('R', 0, 0, both, (size_t)snprintf(both, sizeof both, "%s%c%s", a, '\0', b), NULL, 0);
}

#define RENAME(name, arguments, from_folder, to_folder, ...) \
    int name(__VA_ARGS__) \
    { \
        int result; \
        REAL(name); \
        pthread_mutex_lock(&order); \
        result = real arguments; \
        if (result == 0) \
            renamed(from_folder, from, to_folder, to); \
        pthread_mutex_unlock(&order); \
        return result; \
    }

RENAME(rename, (from, to), AT_FDCWD, AT_FDCWD, const char *from, const char *to)
RENAME(renameat, (a, from, b, to), a, b, int a, const char *from, int b, const char *to)
RENAME(renameat2, (a, from, b, to, flags), a, b, int a, const char *from, int b, const char *to, unsigned flags)

static void unlinked(int folder, const char *name)
{
    char path[PATH_MAX];
    const char *found = whole(folder, name, path);

    if (found && out >= 0)
        record('U', 0, 0, found, strlen(found), NULL, 0);
}

int unlink(const char *path)
{
    int result;
    REAL(unlink);

    pthread_mutex_lock(&order);
    result = real(path);
    if (result == 0)
        unlinked(AT_FDCWD, path);
    pthread_mutex_unlock(&order);
    return result;
}

int unlinkat(int folder, const char *path, int flags)
{
    int result;
    REAL(unlinkat);

    pthread_mutex_lock(&order);
    result = real(folder, path, flags);
    if (result == 0)
        unlinked(folder, path);
    pthread_mutex_unlock(&order);
    return result;
}

/* --- what is promised --- */

static void acknowledged(const void *bytes, size_t len)
{
    static const char *const promises[] = {"HTTP/1.1 201", "{\"event\":\"end\"", "{\"event\": \"end\""};

    for (size_t i = 0; out >= 0 && i < sizeof promises / sizeof *promises; i++)
        if (len >= strlen(promises[i]) && memcmp(bytes, promises[i], strlen(promises[i])) == 0) {
            pthread_mutex_lock(&order);
            record('A', 0, 0, NULL, 0, bytes, len < ACK_MOST ? len : ACK_MOST);
            pthread_mutex_unlock(&order);
            return;
        }
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    REAL(sendmsg);
    if (message->msg_iovlen > 0)
        acknowledged(message->msg_iov[0].iov_base, message->msg_iov[0].iov_len);
    return real(fd, message, flags);
}

ssize_t send(int fd, const void *bytes, size_t len, int flags)
{
    REAL(send);
    acknowledged(bytes, len);
    return real(fd, bytes, len, flags);
}
