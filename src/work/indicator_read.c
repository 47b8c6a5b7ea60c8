/* A file of a definition, and that of the warnings: docs/indicators.md says what stands in them. */
#include <errno.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/text.h"
#include "seal/seal.h"
#include "work/indicator_int.h"

enum { FILE_MOST = 64 << 10, WARNINGS_MOST = 60, ORDER_LAST = 1000000 };

enum key {
    KEY_CODE, KEY_SINCE, KEY_TITLE, KEY_TITLE_EN, KEY_SAYS, KEY_SAYS_EN, KEY_SOURCE, KEY_GROUP, KEY_ROLE, KEY_ROLE_EN, KEY_ORDER, KEY_FIGURE, KEY_UNIT,
    KEY_UNIT_EN, KEY_COUNTED, KEY_BETTER, KEY_OPEN, KEY_OF, KEY_ALSO, KEY_FROM, KEY_WHERE, KEY_DAY, KEY_DAY_MS, KEY_UNTIL, KEY_LAST, KEY_VALUE, KEY_BASE, KEY_SINCE_DAY,
    KEY_SINCE_MS, KEY_MEASURE, KEY_WITHIN, KEY_DONE, KEY_DONE_MS, KEY_REGION, KEY_PARTY, KEY_LINE, KEY_RECORD, KEY_LEAF, KEY_COUNT
};

static const char *const keys[KEY_COUNT] = {
    "code", "since", "title", "title_en", "says", "says_en", "source", "group", "role", "role_en", "order", "figure", "unit", "unit_en", "counted", "better", "open", "of",
    "also", "from", "where", "day", "day_ms", "until", "last_day", "value", "base", "since_day", "since_ms", "measure", "within", "done", "done_ms", "region", "party",
    "line", "record", "leaf",
};

static const struct { enum key key; enum indicator_column column; } columns[] = {
    {KEY_LINE, LINE_ID}, {KEY_LEAF, LINE_LEAF}, {KEY_DAY, LINE_DAY}, {KEY_DAY_MS, LINE_DAY_MS}, {KEY_UNTIL, LINE_UNTIL}, {KEY_LAST, LINE_LAST}, {KEY_SINCE_DAY, LINE_SINCE},
    {KEY_SINCE_MS, LINE_SINCE_MS}, {KEY_DONE, LINE_DONE}, {KEY_DONE_MS, LINE_DONE_MS}, {KEY_VALUE, LINE_VALUE}, {KEY_BASE, LINE_BASE},
    {KEY_REGION, LINE_REGION}, {KEY_PARTY, LINE_PARTY},
};

static const char *const groups[] = {"money", "target", "quality", "role", "report", NULL};
static const char *const figures[] = {"count", "money", "share", "median", NULL};
static const char *const counteds[] = {"period", "held", NULL};
static const char *const betters[] = {"more", "less", NULL};
static const char *const yes[] = {"no", "yes", NULL};
static const char *const measures[] = {"days", "workdays", NULL};
static const char *const units[] = {"days", "workdays", "months", NULL};

struct reading {
    struct arena *arena;
    const char *path;
    struct slice values[KEY_COUNT];
    long lines[KEY_COUNT];
};

static bool wrong(const struct reading *reading, long line, struct err *err)
{
    struct err because = *err;

    err_set(err, ERR_INVALID, "指标定义 %s 第 %ld 行：%s", reading->path, line, because.message);
    return err_line(err, line);
}

#define WRONG(reading, line, err, ...) (err_set(err, ERR_INVALID, __VA_ARGS__) || wrong(reading, line, err))

/* --- a file's lines --- */

static bool file_bytes(const char *path, struct arena *arena, struct slice *out, struct err *err)
{
    FILE *file = fopen(path, "re");
    char *bytes;
    size_t len;

    if (!file)
        return err_set(err, ERR_IO, "打不开 %s：%s", path, strerror(errno));
    bytes = arena_alloc(arena, FILE_MOST);
    len = fread(bytes, 1, FILE_MOST, file);
    fclose(file);
    *out = (struct slice){bytes, len};
    return len < FILE_MOST || err_set(err, ERR_TOO_LARGE, "文件太大：%s", path);
}

static size_t key_of(struct slice name)
{
    size_t i = 0;

    while (i < KEY_COUNT && !slice_is(name, keys[i]))
        i++;
    return i;
}

static bool line_take(struct reading *reading, struct slice line, long number, size_t *at, struct err *err)
{
    struct slice value = line, name;

    if (line.at[0] == ' ' || line.at[0] == '\t') {
        if (*at == KEY_COUNT)
            return WRONG(reading, number, err, "这一行接不上：它前面没有“键: 值”");
        reading->values[*at] = slice_of(arena_print(reading->arena, "%.*s %.*s", (int)reading->values[*at].len, reading->values[*at].at, (int)slice_trim(line).len,
                                                    slice_trim(line).at));
        return true;
    }
    if (!memchr(line.at, ':', line.len))
        return WRONG(reading, number, err, "写成“键: 值”；接着上一行写的，行首空一格");
    slice_cut(&value, ':', &name);
    *at = key_of(slice_trim(name));
    if (*at == KEY_COUNT)
        return WRONG(reading, number, err, "没有“%.*s”这个键", (int)(name.len > 40 ? 40 : name.len), name.at);
    if (reading->lines[*at])
        return WRONG(reading, number, err, "“%s”写了两次", keys[*at]);
    reading->lines[*at] = number;
    reading->values[*at] = slice_trim(value);
    return true;
}

static bool lines_read(struct reading *reading, struct slice text, struct err *err)
{
    struct slice line;
    size_t at = KEY_COUNT;
    long number = 0;

    while (slice_cut(&text, '\n', &line)) {
        number++;
        if (!slice_trim(line).len || line.at[0] == '#')
            continue;
        if (!line_take(reading, line, number, &at, err))
            return false;
    }
    return true;
}

/* --- what they say --- */

static bool one_of(const struct reading *reading, enum key key, const char *const *list, int otherwise, int *out, struct err *err)
{
    struct slice value = reading->values[key];

    *out = otherwise;
    if (!value.len && otherwise >= 0)
        return true;
    for (int i = 0; list[i]; i++)
        if (slice_is(value, list[i])) {
            *out = i;
            return true;
        }
    return WRONG(reading, reading->lines[key], err, "%s 不能是“%.*s”，见 docs/indicators.md", keys[key], (int)(value.len > 40 ? 40 : value.len), value.at);
}

static bool needed(const struct reading *reading, const enum key *list, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++)
        if (!reading->values[list[i]].len)
            return WRONG(reading, 1, err, "缺“%s”", keys[list[i]]);
    return true;
}

static bool code_fits(struct slice code)
{
    for (size_t i = 0; i < code.len; i++)
        if (!((code.at[i] >= 'a' && code.at[i] <= 'z') || (i && ((code.at[i] >= '0' && code.at[i] <= '9') || code.at[i] == '_'))))
            return false;
    return code.len > 0 && code.len <= 60;
}

static bool number_read(struct slice text, int64_t *out)
{
    int64_t number = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9' || number > ORDER_LAST)
            return false;
        number = number * 10 + text.at[i] - '0';
    }
    *out = number;
    return text.len > 0;
}

static bool within_read(const struct reading *reading, struct indicator_period *within, struct err *err)
{
    struct slice rest = reading->values[KEY_WITHIN], count;
    int64_t number = 0;

    if (!rest.len)
        return true;
    slice_cut(&rest, ' ', &count);
    for (int i = 0; units[i]; i++)
        if (slice_is(rest, units[i]) && number_read(count, &number) && number > 0 && number < 1000) {
            *within = (struct indicator_period){(enum calendar_unit)i, (int32_t)number};
            return true;
        }
    return WRONG(reading, reading->lines[KEY_WITHIN], err, "within 写成“3 workdays”“3 months”“7 days”");
}

/* What goes with what. */
static bool fits(const struct reading *reading, const struct definition *definition, struct err *err)
{
    const struct slice *values = reading->values;
    bool since = values[KEY_SINCE_DAY].len || values[KEY_SINCE_MS].len;

    if (definition->within.count && (definition->shown.figure != FIGURE_SHARE || !since))
        return WRONG(reading, reading->lines[KEY_WITHIN], err, "within 只用于 share，并且要有 since_day 或 since_ms");
    if (!definition->within.count && !values[KEY_DAY].len && !values[KEY_DAY_MS].len)
        return WRONG(reading, 1, err, "缺“day”或“day_ms”");
    if (definition->shown.figure == FIGURE_MEDIAN && !since && !values[KEY_VALUE].len)
        return WRONG(reading, reading->lines[KEY_FIGURE], err, "median 要有 since_day 或 since_ms，或者 value");
    if ((values[KEY_UNTIL].len || values[KEY_LAST].len) && !definition->shown.held)
        return WRONG(reading, reading->lines[values[KEY_UNTIL].len ? KEY_UNTIL : KEY_LAST], err, "until 和 last_day 只用于 counted: held");
    if ((definition->shown.figure == FIGURE_MONEY || (definition->shown.figure == FIGURE_SHARE && !definition->within.count)) && !values[KEY_VALUE].len)
        return WRONG(reading, reading->lines[KEY_FIGURE], err, "缺“value”");
    return true;
}

static bool words_read(const struct reading *reading, struct definition *definition, struct err *err)
{
    struct indicator *shown = &definition->shown;
    const char **texts[KEY_COUNT] = {
        [KEY_CODE] = &shown->code, [KEY_TITLE] = &shown->title, [KEY_TITLE_EN] = &shown->title_en, [KEY_SAYS] = &shown->says, [KEY_SAYS_EN] = &shown->says_en,
        [KEY_SOURCE] = &shown->source, [KEY_ROLE] = &shown->role, [KEY_ROLE_EN] = &shown->role_en, [KEY_UNIT] = &shown->unit, [KEY_UNIT_EN] = &shown->unit_en,
        [KEY_WITHIN] = &shown->within};
    int group, figure, held, open, measure, less;

    for (size_t i = 0; i < KEY_COUNT; i++)
        if (texts[i])
            *texts[i] = arena_text(reading->arena, reading->values[i]);
    if (!code_fits(reading->values[KEY_CODE]))
        return WRONG(reading, reading->lines[KEY_CODE], err, "code 用小写字母、数字和 _，以字母开头");
    if (!day_parse(reading->values[KEY_SINCE], &shown->since))
        return WRONG(reading, reading->lines[KEY_SINCE], err, "since 写成 2026-01-01");
    definition->order = ORDER_LAST;
    if (reading->values[KEY_ORDER].len && !number_read(reading->values[KEY_ORDER], &definition->order))
        return WRONG(reading, reading->lines[KEY_ORDER], err, "order 是一个数");
    if (!one_of(reading, KEY_GROUP, groups, -1, &group, err) || !one_of(reading, KEY_FIGURE, figures, -1, &figure, err)
        || !one_of(reading, KEY_COUNTED, counteds, 0, &held, err) || !one_of(reading, KEY_OPEN, yes, 0, &open, err)
        || !one_of(reading, KEY_MEASURE, measures, 0, &measure, err) || !one_of(reading, KEY_BETTER, betters, figure == FIGURE_MEDIAN, &less, err)
        || !within_read(reading, &definition->within, err))
        return false;
    shown->group = (enum indicator_group)group;
    shown->figure = (enum figure_sort)figure;
    shown->held = held;
    shown->open = open;
    shown->less = less;
    definition->workdays = measure;
    definition->spans = shown->figure == FIGURE_MEDIAN && !reading->values[KEY_VALUE].len;
    return fits(reading, definition, err);
}

static void hash_put(struct slice text, char out[17])
{
    unsigned char sum[SEAL_HASH];

    seal_sha256(&text, 1, sum);
    for (size_t i = 0; i < 8; i++)
        snprintf(out + 2 * i, 3, "%02x", sum[i]);
}

bool indicator_read(struct indicators *set, const char *path, struct err *err)
{
    static const enum key all[] = {KEY_CODE, KEY_SINCE, KEY_TITLE, KEY_TITLE_EN, KEY_SAYS, KEY_SAYS_EN, KEY_SOURCE, KEY_GROUP, KEY_FIGURE, KEY_OF, KEY_FROM};
    struct reading reading = {.arena = &set->memory, .path = path};
    struct definition *definition = &set->list[set->count];
    struct indicator_parts parts = {0};
    struct slice text;

    if (!file_bytes(path, &set->memory, &text, err) || !lines_read(&reading, text, err) || !needed(&reading, all, sizeof all / sizeof *all, err)
        || !words_read(&reading, definition, err))
        return false;
    parts.of = reading.values[KEY_OF];
    parts.also = reading.values[KEY_ALSO];
    parts.from = reading.values[KEY_FROM];
    parts.where = reading.values[KEY_WHERE];
    parts.record = reading.values[KEY_RECORD];
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        parts.columns[columns[i].column] = reading.values[columns[i].key];
    if (!indicator_build(&parts, &set->memory, definition, err)) {
        size_t key = key_of(slice_of(err->field));

        return wrong(&reading, key < KEY_COUNT ? reading.lines[key] : reading.lines[KEY_FROM], err);
    }
    definition->shown.text = arena_text(&set->memory, text);
    hash_put(text, definition->shown.hash);
    set->count++;
    return true;
}

/* --- warnings --- */

static bool bound_read(struct slice text, int64_t *out)
{
    *out = -1;
    return slice_is(text, "-1") || number_read(text, out);
}

static bool warning_read(struct indicators *set, const char *path, struct slice line, long number, struct err *err)
{
    struct reading reading = {.arena = &set->memory, .path = path};
    struct indicator_warning *warning = &set->warnings[set->warning_count];
    struct slice cells[8];
    size_t count = 0;

    while (count < 8 && slice_cut(&line, '\t', &cells[count]))
        count++;
    if (count < 8 || !bound_read(cells[3], &warning->least) || !bound_read(cells[4], &warning->most))
        return WRONG(&reading, number, err, "一行八格：code、of、to、least、most、says、says_en、source；界限是万分比，没有写 -1");
    if (!indicator_find(set, cells[1]) || !indicator_find(set, cells[2]))
        return WRONG(&reading, number, err, "of 或 to 不是指标的代码");
    if (set->warning_count == WARNINGS_MOST)
        return WRONG(&reading, number, err, "最多 %d 行", WARNINGS_MOST);
    warning->code = arena_text(&set->memory, cells[0]);
    warning->of = arena_text(&set->memory, cells[1]);
    warning->to = arena_text(&set->memory, cells[2]);
    warning->says = arena_text(&set->memory, cells[5]);
    warning->says_en = arena_text(&set->memory, cells[6]);
    warning->source = arena_text(&set->memory, cells[7]);
    set->warning_count++;
    return true;
}

bool indicator_warnings_read(struct indicators *set, const char *folder, struct err *err)
{
    const char *path = arena_print(&set->memory, "%s/warnings.tsv", folder);
    struct slice text, line;
    long number = 0;

    set->warnings = arena_zero(&set->memory, WARNINGS_MOST + 1, sizeof *set->warnings);
    if (!file_bytes(path, &set->memory, &text, err))
        return false;
    while (slice_cut(&text, '\n', &line))
        if (number++ && slice_trim(line).len && !warning_read(set, path, line, number, err))
            return false;
    return true;
}
