#include "base/calendar.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/utf8.h"

enum { YEAR_FIRST = 1900, YEARS = 300};

/* What a notice says of a day. */
struct noted {
    const char *why; /* NULL: nothing */
    bool works;
};

struct calendar {
    struct arena memory;
    struct noted *years[YEARS]; /* 366 each, by the day of the year; NULL: not announced */
};

/* --- looking --- */

static int32_t within(int64_t day)
{
    return day < CALENDAR_FIRST ? CALENDAR_FIRST : day > CALENDAR_LAST ? CALENDAR_LAST : (int32_t)day;
}

/* 0 Sunday … 6 Saturday; 1970-01-01 was a Thursday. */
static int weekday(int32_t day)
{
    return ((day % 7) + 7 + 4) % 7;
}

static bool is_weekend(int32_t day)
{
    return weekday(day) == 0 || weekday(day) == 6;
}

static struct noted *note_of(const struct calendar *calendar, int32_t day)
{
    int year, month, of_month;
    int32_t first;

    day_to_ymd(day, &year, &month, &of_month);
    day_from_ymd(year, 1, 1, &first);
    return calendar->years[year - YEAR_FIRST] ? &calendar->years[year - YEAR_FIRST][day - first] : NULL;
}

bool calendar_announced(const struct calendar *calendar, int32_t day)
{
    return note_of(calendar, within(day)) != NULL;
}

/* Also says in *provisional whether that is only what the weekday says. */
static bool works(const struct calendar *calendar, int32_t day, bool *provisional)
{
    const struct noted *noted = note_of(calendar, day);

    if (!noted && provisional)
        *provisional = true;
    return noted && noted->why ? noted->works : !is_weekend(day);
}

bool calendar_works(const struct calendar *calendar, int32_t day)
{
    return works(calendar, within(day), NULL);
}

const char *calendar_why(const struct calendar *calendar, int32_t day)
{
    const struct noted *noted = note_of(calendar, within(day));

    return noted && noted->why ? noted->why : "";
}

/* --- periods --- */

/* §202: the corresponding day, or the month's last. */
static int32_t months_after(int32_t from, int32_t count)
{
    int year, month, of_month;
    int64_t months;
    int32_t end;

    day_to_ymd(from, &year, &month, &of_month);
    months = (int64_t)year * 12 + month - 1 + count;
    if (months / 12 >= YEAR_FIRST + YEARS)
        return CALENDAR_LAST;
    while (!day_from_ymd((int)(months / 12), (int)(months % 12) + 1, of_month, &end))
        of_month--;
    return end;
}

static int32_t workdays_after(const struct calendar *calendar, int32_t from, int32_t count, bool *provisional)
{
    int32_t day = from;

    while (count > 0 && day < CALENDAR_LAST)
        count -= works(calendar, ++day, provisional);
    return day;
}

int32_t calendar_after(const struct calendar *calendar, int32_t from, enum calendar_unit unit, int32_t count,
                       bool *provisional)
{
    from = within(from);
    if (count <= 0)
        return from;
    switch (unit) {
    case CALENDAR_DAYS:
        return within((int64_t)from + count);
    case CALENDAR_WORKDAYS:
        return workdays_after(calendar, from, count, provisional);
    case CALENDAR_MONTHS:
        return months_after(from, count);
    }
    return from;
}

int32_t calendar_rolled(const struct calendar *calendar, int32_t day, bool *provisional)
{
    day = within(day);
    while (!works(calendar, day, provisional) && day < CALENDAR_LAST)
        day++;
    return day;
}

int32_t calendar_workdays(const struct calendar *calendar, int32_t from, int32_t to, bool *provisional)
{
    int32_t count = 0;

    to = within(to);
    for (int32_t day = within(from); day < to;)
        count += works(calendar, ++day, provisional);
    return count;
}

/* --- reading --- */

/* The file that is being read, for what is said of it. */
struct reading {
    struct calendar *calendar;
    const char *path;
    int year;
    long line;
};

/* complaint: of the line, without where it stands. */
static bool refuse(const struct reading *reading, const char *complaint, struct err *err)
{
    err_set(err, ERR_INVALID, "节假日表 %s 第 %ld 行：%s", reading->path, reading->line, complaint);
    err_hint(err, "一行是：日期、rest 或 work、缘由，中间是制表符，如 2026-02-14 work 春节调休");
    return err_line(err, reading->line);
}

static bool note(const struct reading *reading, int32_t day, bool works, struct slice why, struct err *err)
{
    struct calendar *calendar = reading->calendar;
    struct noted *noted = note_of(calendar, day);

    if (noted->why)
        return refuse(reading, N_("这一天写了两次"), err);
    if (works && !is_weekend(day))
        return refuse(reading, N_("周一至周五本来就上班，work 只写补班的周末"), err);
    if (why.len == 0 || !utf8_check(why, true, err))
        return refuse(reading, N_("缺缘由，或缘由里有看不见的字符"), err);
    *noted = (struct noted){arena_text(&calendar->memory, why), works};
    return true;
}

static bool line_read(const struct reading *reading, struct slice line, struct err *err)
{
    struct slice date, word, why, more;
    int year, month, of_month;
    int32_t day;

    if (!slice_cut(&line, '\t', &date) || !slice_cut(&line, '\t', &word) || !slice_cut(&line, '\t', &why)
        || slice_cut(&line, '\t', &more))
        return refuse(reading, N_("不是三栏"), err);
    if (!day_parse(slice_trim(date), &day))
        return refuse(reading, N_("没有这一天，日期要写成 2026-02-14"), err);
    day_to_ymd(day, &year, &month, &of_month);
    if (year != reading->year)
        return refuse(reading, N_("这一天不在文件名所说的年份里"), err);
    word = slice_trim(word);
    if (!slice_is(word, "rest") && !slice_is(word, "work"))
        return refuse(reading, N_("第二栏只能是 rest 或 work"), err);
    return note(reading, day, slice_is(word, "work"), slice_trim(why), err);
}

static bool lines_read(struct reading *reading, FILE *file, struct err *err)
{
    char *bytes = NULL;
    size_t room = 0;
    ssize_t len;
    bool ok = true;

    while (ok && (len = getline(&bytes, &room, file)) >= 0) {
        struct slice line = {bytes, (size_t)len};
        const char *comment = memchr(bytes, '#', line.len);

        reading->line++;
        if (comment)
            line.len = (size_t)(comment - bytes);
        line = slice_trim(line);
        ok = line.len == 0 || line_read(reading, line, err);
    }
    if (ok && ferror(file))
        ok = err_set(err, ERR_IO, "读不了节假日表 %s：%s", reading->path, strerror(errno));
    free(bytes);
    return ok;
}

static bool year_read(struct calendar *calendar, const char *folder, int year, struct err *err)
{
    struct reading reading = {calendar, arena_print(&calendar->memory, "%s/%d.tsv", folder, year), year, 0};
    FILE *file = fopen(reading.path, "re");
    bool ok;

    if (!file)
        return err_set(err, ERR_IO, "打不开节假日表 %s：%s", reading.path, strerror(errno));
    calendar->years[year - YEAR_FIRST] = arena_zero(&calendar->memory, 366, sizeof(struct noted));
    ok = lines_read(&reading, file, err);
    fclose(file);
    return ok;
}

/* The year of a file "YYYY.tsv"; 0: another file. */
static int year_of(const char *name)
{
    int year = 0;

    if (strlen(name) != 8 || strcmp(name + 4, ".tsv") != 0)
        return 0;
    for (int i = 0; i < 4; i++) {
        if (!isdigit((unsigned char)name[i]))
            return 0;
        year = year * 10 + name[i] - '0';
    }
    return year >= YEAR_FIRST && year < YEAR_FIRST + YEARS ? year : 0;
}

static bool folder_read(struct calendar *calendar, const char *path, struct err *err)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    size_t years = 0;
    bool ok = true;

    if (!folder)
        return err_set(err, ERR_IO, "打不开节假日表的文件夹 %s：%s", path, strerror(errno));
    while (ok && (entry = readdir(folder)) != NULL) {
        int year = year_of(entry->d_name);

        if (year) {
            ok = year_read(calendar, path, year, err);
            years++;
        }
    }
    closedir(folder);
    return ok && (years > 0 || err_set(err, ERR_MISSING, "文件夹 %s 里没有一年的节假日表（如 2026.tsv）", path));
}

bool calendar_load(const char *folder, struct calendar **out, struct err *err)
{
    struct calendar *calendar = calloc(1, sizeof *calendar);

    *out = NULL;
    if (!calendar)
        return err_set(err, ERR_MEMORY, "内存不够，读不了节假日表");
    arena_init(&calendar->memory);
    if (!folder_read(calendar, folder, err)) {
        calendar_free(calendar);
        return false;
    }
    *out = calendar;
    return true;
}

void calendar_free(struct calendar *calendar)
{
    if (!calendar)
        return;
    arena_release(&calendar->memory);
    free(calendar);
}
