#include "work/backup_int.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

enum { DAY_S = 86400, PART_MORE = 13, NAME_MOST = 255 - PART_MORE };

static const char name_form[] = "tieqiao-dddddddd-dddddd.db"; /* d: a digit */

static bool is_ours(const char *name, size_t len)
{
    if (len != sizeof name_form - 1)
        return false;
    for (size_t i = 0; i < len; i++)
        if (name_form[i] == 'd' && i > 7 && i < len - 2 ? !isdigit((unsigned char)name[i]) : name[i] != name_form[i])
            return false;
    return true;
}

void backup_stamp(int64_t ms, char out[BACKUP_STAMP])
{
    char iso[CLOCK_TEXT];

    clock_show_iso(ms, iso);
    snprintf(out, BACKUP_STAMP, "%.4s%.2s%.2s-%.2s%.2s%.2s", iso, iso + 5, iso + 8, iso + 11, iso + 14, iso + 17);
}

bool folder_sync(const char *path, struct err *err)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    /* Some file systems of other machines know no sync of folders (EINVAL): theirs to answer for. */
    bool ok = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);

    if (!ok)
        err_set(err, ERR_IO, "目录 %s 写不到磁盘上：%s", path, strerrordesc_np(errno));
    if (fd >= 0)
        close(fd);
    return ok;
}

/* --- which file --- */

static bool path_of(const struct backup_place *place, char path[BACKUP_PATH])
{
    return snprintf(path, BACKUP_PATH, "%s/%s", place->folder, place->name) < BACKUP_PATH;
}

static bool is_there(const struct backup_place *place)
{
    char path[BACKUP_PATH];
    struct stat found;

    return path_of(place, path) && lstat(path, &found) == 0;
}

static void name_by_time(struct backup_place *place, int64_t now_ms)
{
    char stamp[BACKUP_STAMP];

    do {
        backup_stamp(now_ms, stamp);
        snprintf(place->name, sizeof place->name, "tieqiao-%s.db", stamp);
        now_ms += 1000;
    } while (is_there(place));
}

static bool folder_resolve(const char *folder, struct backup_place *place, struct err *err)
{
    char whole[PATH_MAX];
    struct stat found;

    if (!realpath(folder, whole) || stat(whole, &found) != 0) {
        err_set(err, ERR_INVALID, "放备份的目录 %s 打不开：%s", folder, strerrordesc_np(errno));
        return err_hint(err, "先建好这个目录，或换一个");
    }
    if (!S_ISDIR(found.st_mode))
        return err_set(err, ERR_INVALID, "%s 不是目录", folder);
    snprintf(place->folder, sizeof place->folder, "%s", whole);
    return true;
}

static bool in_folder(const struct backup_request *request, struct backup_place *place, struct err *err)
{
    place->many = true;
    if (!folder_resolve(request->target, place, err))
        return false;
    name_by_time(place, request->now_ms);
    return true;
}

static bool as_file(const struct backup_request *request, struct backup_place *place, struct err *err)
{
    char *head = strdup(request->target), *tail = strdup(request->target);
    const char *name = basename(tail);
    bool ok = false;

    if (request->keep > 0) {
        err_set(err, ERR_INVALID, "--keep 只用于放备份的目录，而 %s 不是目录", request->target);
        err_hint(err, "先建好目录，备份的文件名由程序按时间取");
    } else if (strlen(name) > NAME_MOST)
        err_set(err, ERR_INVALID, "备份的文件名太长");
    else if (folder_resolve(dirname(head), place, err)) {
        snprintf(place->name, sizeof place->name, "%s", name);
        ok = !is_there(place) || err_set(err, ERR_CONFLICT, "已经有 %s，备份不覆盖已有的文件", request->target)
             || err_hint(err, "换一个文件名，或给出目录，文件名由程序按时间取");
    }
    free(head);
    free(tail);
    return ok;
}

/* A backup inside the data folder is lost with it, and a restore would find it in its way. */
static bool is_outside(const struct backup_place *place, const char *data, struct err *err)
{
    char whole[PATH_MAX];
    size_t len;

    if (!realpath(data, whole))
        return true;
    len = strlen(whole);
    if (strncmp(place->folder, whole, len) != 0 || (place->folder[len] != '/' && place->folder[len] != '\0'))
        return true;
    err_set(err, ERR_INVALID, "备份不能放在数据目录 %s 里：数据目录坏了，备份也就没了", data);
    return err_hint(err, "放到别处，最好是另一块磁盘");
}

bool backup_place_find(const struct backup_request *request, struct backup_place *place, struct err *err)
{
    size_t len = strlen(request->target);
    struct stat found;
    bool folder = len > 0 && (request->target[len - 1] == '/'
                              || (stat(request->target, &found) == 0 && S_ISDIR(found.st_mode)));

    *place = (struct backup_place){.many = false};
    if (len == 0 || len > BACKUP_PATH / 2)
        return err_set(err, ERR_INVALID, "没有说备份放到哪里，或路径太长");
    return (folder ? in_folder(request, place, err) : as_file(request, place, err))
        && is_outside(place, request->data, err);
}

/* --- the part --- */

/* ".NAME.XXXXXX.part" of this place: of any name by time where the folder was given. */
static bool is_part(const struct backup_place *place, const char *entry)
{
    size_t len = strlen(entry), name_len = len - PART_MORE;

    if (len <= PART_MORE || entry[0] != '.' || strcmp(entry + len - 5, ".part") != 0)
        return false;
    return place->many ? is_ours(entry + 1, name_len)
                       : strlen(place->name) == name_len && strncmp(entry + 1, place->name, name_len) == 0;
}

static void parts_sweep(const struct backup_place *place)
{
    DIR *folder = opendir(place->folder);
    const struct dirent *entry;
    struct stat found;

    while (folder && (entry = readdir(folder)) != NULL)
        if (is_part(place, entry->d_name) && fstatat(dirfd(folder), entry->d_name, &found, AT_SYMLINK_NOFOLLOW) == 0
            && S_ISREG(found.st_mode) && clock_ms() / 1000 - found.st_mtime > DAY_S
            && unlinkat(dirfd(folder), entry->d_name, 0) == 0)
            log_info("backup: removed %s, which a killed backup had left", entry->d_name);
    if (folder)
        closedir(folder);
}

bool backup_part_make(struct backup_place *place, struct err *err)
{
    int fd;

    parts_sweep(place);
    snprintf(place->part, sizeof place->part, "%.3800s/.%.242s.XXXXXX.part", place->folder, place->name);
    fd = mkostemps(place->part, 5, O_CLOEXEC);
    if (fd >= 0) {
        close(fd);
        return true;
    }
    err_set(err, errno == ENOSPC ? ERR_FULL : ERR_INVALID, "放备份的目录 %s 不能写入：%s", place->folder,
            strerrordesc_np(errno));
    return err_hint(err, errno == ENOSPC ? "腾出空间，或换一处" : "换一个程序可写的目录(正在服务时由服务程序写)");
}

void backup_part_drop(const struct backup_place *place)
{
    if (unlink(place->part) != 0)
        log_warn("backup: %s: %s", place->part, strerror(errno));
}

/* Not every file system can refuse to replace by itself. */
static bool name_give(const char *part, const char *path)
{
    if (renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
        return false;
    if (access(path, F_OK) == 0) {
        errno = EEXIST;
        return false;
    }
    return rename(part, path) == 0;
}

bool backup_part_publish(const struct backup_place *place, struct err *err)
{
    char path[BACKUP_PATH];

    if (path_of(place, path) && name_give(place->part, path))
        return folder_sync(place->folder, err);
    return err_set(err, errno == EEXIST ? ERR_CONFLICT : ERR_IO, "备份不能命名为 %s：%s", place->name,
                   strerrordesc_np(errno));
}

/* --- older ones --- */

static int is_backup(const struct dirent *entry)
{
    return is_ours(entry->d_name, strlen(entry->d_name));
}

static int newest_first(const struct dirent **a, const struct dirent **b)
{
    return -strcmp((*a)->d_name, (*b)->d_name);
}

int backup_rotate(const struct backup_place *place, int keep)
{
    struct dirent **entries;
    int count = scandir(place->folder, &entries, is_backup, newest_first), kept = 1, dropped = 0;
    int folder = open(place->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    for (int i = 0; i < count; i++) {
        bool this_one = strcmp(entries[i]->d_name, place->name) == 0;

        if (!this_one && kept < keep)
            kept++;
        else if (!this_one && unlinkat(folder, entries[i]->d_name, 0) == 0)
            dropped++;
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    if (folder >= 0)
        close(folder);
    return dropped;
}
