#include "read/package.h"

#include <stdlib.h>
#include <zip.h>

enum { PIECE = 64 << 10 };

struct package {
    zip_t *zip;
    zip_source_t *source;
    size_t inflated;
};

/* Names are never used as paths; one that tries to be a path elsewhere was made to harm. */
static bool name_is_safe(const char *name)
{
    if (!name || !*name || *name == '/' || strchr(name, '\\') || strstr(name, "../"))
        return false;
    for (const char *at = name; *at; at++)
        if ((unsigned char)*at < 0x20)
            return false;
    return true;
}

static enum reader_code part_judge(const zip_stat_t *part, size_t *total)
{
    if (!name_is_safe(part->name))
        return READER_NAME;
    if ((part->valid & ZIP_STAT_ENCRYPTION_METHOD) && part->encryption_method != ZIP_EM_NONE)
        return READER_PASSWORD;
    if (!(part->valid & ZIP_STAT_SIZE) || !(part->valid & ZIP_STAT_COMP_SIZE))
        return READER_BROKEN;
    if (part->size > PACKAGE_BYTES_MOST - *total)
        return READER_BOMB;
    *total += (size_t)part->size;
    if (part->size > PACKAGE_RATIO_FLOOR && part->size / PACKAGE_RATIO_MOST > part->comp_size)
        return READER_BOMB;
    return READER_DONE;
}

static enum reader_code package_judge(struct package *package)
{
    zip_int64_t count = zip_get_num_entries(package->zip, 0);
    enum reader_code code = count > PACKAGE_PARTS_MOST ? READER_PARTS : READER_DONE;
    size_t total = 0;

    for (zip_int64_t i = 0; i < count && code == READER_DONE; i++) {
        zip_stat_t part;

        if (zip_stat_index(package->zip, (zip_uint64_t)i, ZIP_FL_ENC_GUESS, &part) != 0)
            code = READER_BROKEN;
        else
            code = part_judge(&part, &total);
    }
    return code;
}

enum reader_code package_open(struct slice bytes, struct package **out)
{
    struct package *package = calloc(1, sizeof *package);
    zip_error_t error;
    enum reader_code code = READER_BROKEN;

    *out = NULL;
    if (!package)
        abort();
    zip_error_init(&error);
    package->source = zip_source_buffer_create(bytes.at, bytes.len, 0, &error);
    if (package->source)
        package->zip = zip_open_from_source(package->source, ZIP_RDONLY, &error);
    zip_error_fini(&error);
    if (package->zip)
        code = package_judge(package);
    if (code == READER_DONE)
        *out = package;
    else
        package_close(package);
    return code;
}

void package_close(struct package *package)
{
    if (!package)
        return;
    if (package->zip)
        zip_discard(package->zip);
    else if (package->source)
        zip_source_free(package->source);
    free(package);
}

bool package_has(struct package *package, const char *name)
{
    return zip_name_locate(package->zip, name, ZIP_FL_NOCASE) >= 0;
}

/* The declared size was judged at the door; the real one is counted here and may not be larger. */
static enum reader_code part_read(struct package *package, zip_file_t *part, size_t declared, package_take *take,
                                  void *arg)
{
    char piece[PIECE];
    zip_int64_t len;
    size_t most = package->inflated + declared;
    enum reader_code code = READER_DONE;

    while ((len = zip_fread(part, piece, sizeof piece)) > 0 && code == READER_DONE) {
        package->inflated += (size_t)len;
#ifndef TQ_TEETH_READER_SIZE
        if (package->inflated > most)
            return READER_BROKEN;
#endif
        if (package->inflated > PACKAGE_BYTES_MOST)
            return READER_BOMB;
        code = take(arg, (struct slice){piece, (size_t)len}, false);
    }
    if (code == READER_DONE && len < 0)
        code = READER_BROKEN;
    return code == READER_DONE ? take(arg, SLICE(""), true) : code;
}

enum reader_code package_read(struct package *package, const char *name, package_take *take, void *arg)
{
    zip_int64_t index = zip_name_locate(package->zip, name, ZIP_FL_NOCASE);
    zip_file_t *part = index < 0 ? NULL : zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
    zip_stat_t stat;
    enum reader_code code = READER_BROKEN;

    if (!part)
        return READER_BROKEN;
    if (zip_stat_index(package->zip, (zip_uint64_t)index, 0, &stat) == 0)
        code = part_read(package, part, (size_t)stat.size, take, arg);
    zip_fclose(part);
    return code;
}
