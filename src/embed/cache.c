#include "embed/cache.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "TQEMBED1"
enum { DIMS_MOST = 4096, TABLE_LEAST = 1024 };

struct cache_head {
    char magic[8];
    uint32_t dims, none;
};

struct record { /* dims numbers follow */
    unsigned char hash[EMBED_HASH];
    float scale;
    uint32_t sum; /* of the others and the numbers */
};

struct embed_cache {
    int file;
    unsigned dims;
    size_t count, room; /* room: of the table, a power of two */
    struct slot {
        uint64_t start; /* of the hash */
        uint32_t number; /* of the record + 1; 0: none */
    } *table;
};

static uint32_t sum_of(const struct record *record, const int8_t *numbers, unsigned dims)
{
    uint32_t sum = 2166136261u; /* FNV-1a */
    const unsigned char *at = (const unsigned char *)record;

    for (size_t i = 0; i < offsetof(struct record, sum); i++)
        sum = (sum ^ at[i]) * 16777619u;
    for (unsigned d = 0; d < dims; d++)
        sum = (sum ^ (uint8_t)numbers[d]) * 16777619u;
    return sum;
}

static size_t record_size(const struct embed_cache *cache)
{
    return sizeof(struct record) + cache->dims;
}

static off_t record_at(const struct embed_cache *cache, size_t number)
{
    return (off_t)(sizeof(struct cache_head) + number * record_size(cache));
}

static bool failed(const char *what, struct err *err)
{
    return err_set(err, errno == ENOSPC || errno == EDQUOT ? ERR_FULL : ERR_IO, "%s：%s", what, strerror(errno));
}

/* --- the table --- */

static struct slot *slot_of(struct slot *table, size_t room, uint64_t start)
{
    size_t at = start & (room - 1);

    while (table[at].number && table[at].start != start)
        at = (at + 1) & (room - 1);
    return &table[at];
}

static void grow(struct embed_cache *cache)
{
    size_t room = cache->room ? 2 * cache->room : TABLE_LEAST;
    struct slot *table = calloc(room, sizeof *table);

    if (!table)
        abort();
    for (size_t s = 0; s < cache->room; s++)
        if (cache->table[s].number)
            *slot_of(table, room, cache->table[s].start) = cache->table[s];
    free(cache->table);
    cache->table = table;
    cache->room = room;
}

static void remember(struct embed_cache *cache, const unsigned char *hash)
{
    uint64_t start;

    if (2 * cache->count >= cache->room)
        grow(cache);
    memcpy(&start, hash, sizeof start);
    *slot_of(cache->table, cache->room, start) = (struct slot){start, (uint32_t)++cache->count};
}

/* --- the file --- */

static bool read_record(const struct embed_cache *cache, size_t number, struct record *record, int8_t *numbers)
{
    unsigned char bytes[sizeof *record + DIMS_MOST];
    size_t size = record_size(cache);

    if (pread(cache->file, bytes, size, record_at(cache, number)) != (ssize_t)size)
        return false;
    memcpy(record, bytes, sizeof *record);
    memcpy(numbers, bytes + sizeof *record, cache->dims);
    return isfinite(record->scale) && record->sum == sum_of(record, numbers, cache->dims);
}

/* All records up to the first that is torn; what is behind that is cut off. */
static bool read_records(struct embed_cache *cache)
{
    int8_t numbers[DIMS_MOST];
    struct record record;

    while (read_record(cache, cache->count, &record, numbers))
        remember(cache, record.hash);
    return ftruncate(cache->file, record_at(cache, cache->count)) == 0;
}

static bool read_head(struct embed_cache *cache)
{
    struct cache_head head;

    if (pread(cache->file, &head, sizeof head, 0) != sizeof head || memcmp(head.magic, MAGIC, sizeof head.magic) != 0
        || head.dims == 0 || head.dims > DIMS_MOST)
        return false;
    cache->dims = head.dims;
    return true;
}

static bool put_aside(const char *path)
{
    char old[PATH_MAX];

    return (size_t)snprintf(old, sizeof old, "%s.old", path) < sizeof old && rename(path, old) == 0;
}

static bool open_file(struct embed_cache *cache, const char *path)
{
    struct stat state;

    cache->file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (cache->file < 0 || fstat(cache->file, &state) != 0)
        return false;
    if (state.st_size == 0)
        return true;
    if (read_head(cache))
        return read_records(cache);
    close(cache->file);
    cache->file = -1;
    if (!put_aside(path))
        return false;
    cache->file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return cache->file >= 0;
}

bool embed_cache_open(const char *path, struct embed_cache **out, struct err *err)
{
    struct embed_cache *cache = calloc(1, sizeof *cache);

    if (!cache)
        abort();
    cache->file = -1;
    grow(cache);
    if (!open_file(cache, path)) {
        failed(path, err);
        embed_cache_close(cache);
        return false;
    }
    *out = cache;
    return true;
}

void embed_cache_close(struct embed_cache *cache)
{
    if (!cache)
        return;
    if (cache->file >= 0)
        close(cache->file);
    free(cache->table);
    free(cache);
}

unsigned embed_cache_dims(const struct embed_cache *cache)
{
    return cache->dims;
}

size_t embed_cache_count(const struct embed_cache *cache)
{
    return cache->count;
}

bool embed_cache_find(const struct embed_cache *cache, const unsigned char hash[EMBED_HASH], float *numbers)
{
    int8_t whole[DIMS_MOST];
    const struct slot *slot;
    struct record record;
    uint64_t start;

    memcpy(&start, hash, sizeof start);
    slot = slot_of(cache->table, cache->room, start);
    if (!slot->number || !read_record(cache, slot->number - 1, &record, whole) || memcmp(record.hash, hash, EMBED_HASH) != 0)
        return false;
    for (unsigned d = 0; d < cache->dims; d++)
        numbers[d] = (float)whole[d] * record.scale;
    return true;
}

static void make_record(const unsigned char *hash, const float *numbers, unsigned dims, struct record *record, int8_t *whole)
{
    float most = 0;
    double squares = 0;

    for (unsigned d = 0; d < dims; d++)
        most = fmaxf(most, fabsf(numbers[d]));
    for (unsigned d = 0; d < dims; d++) {
        whole[d] = (int8_t)(most > 0 ? lrintf(numbers[d] / most * 127) : 0);
        squares += (double)whole[d] * whole[d];
    }
    memset(record, 0, sizeof *record);
    memcpy(record->hash, hash, EMBED_HASH);
    record->scale = squares > 0 ? (float)(1 / sqrt(squares)) : 0;
    record->sum = sum_of(record, whole, dims);
}

static bool write_head(struct embed_cache *cache, unsigned dims)
{
    struct cache_head head = {MAGIC, dims, 0};

    if (pwrite(cache->file, &head, sizeof head, 0) != sizeof head)
        return false;
    cache->dims = dims;
    return true;
}

bool embed_cache_add(struct embed_cache *cache, const unsigned char hash[EMBED_HASH], const float *numbers, unsigned dims, struct err *err)
{
    unsigned char bytes[sizeof(struct record) + DIMS_MOST];
    struct record record;

    assert(dims > 0 && dims <= DIMS_MOST && (cache->dims == 0 || dims == cache->dims));
    make_record(hash, numbers, dims, &record, (int8_t *)bytes + sizeof record);
    memcpy(bytes, &record, sizeof record);
    errno = ENOSPC; /* a short write has no reason of its own */
    if ((cache->dims == 0 && !write_head(cache, dims))
        || pwrite(cache->file, bytes, record_size(cache), record_at(cache, cache->count)) != (ssize_t)record_size(cache))
        return failed("写不进向量文件", err);
    remember(cache, hash);
    return true;
}
