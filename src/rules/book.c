/* The book: folders read, versions and regions held apart, the rule in force found. */
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "base/text.h"
#include "rules/rules_int.h"

enum { FILE_MOST = 1 << 20, FOLDER_DEPTH = 6 };

/* --- files --- */

static bool file_read(const char *path, struct arena *arena, struct slice *bytes, struct err *err)
{
    FILE *file = fopen(path, "re");
    struct text text;
    bool ok;

    if (!file)
        return err_set(err, ERR_IO, "打不开 %.200s：%s", path, strerror(errno));
    text_init(&text);
    text.len = fread(text_reserve(&text, FILE_MOST + 1), 1, FILE_MOST + 1, file);
    ok = !ferror(file) || err_set(err, ERR_IO, "读不了 %.200s：%s", path, strerror(errno));
    fclose(file);
    *bytes = arena_copy(arena, text_slice(&text));
    text_release(&text);
    return ok;
}

static bool is_folder(const char *path)
{
    struct stat found;

    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

struct files {
    struct arena *arena;
    const char **paths;
    size_t count, room;
};

static void files_add(struct files *files, const char *path)
{
    if (files->count == files->room) {
        files->room = files->room ? 2 * files->room : 64;
        files->paths = realloc(files->paths, files->room * sizeof *files->paths);
        if (!files->paths)
            abort();
    }
    files->paths[files->count++] = path;
}

static bool is_yaml(const char *name)
{
    const char *dot = strrchr(name, '.');

    return name[0] != '.' && dot && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
}

/* Every .yaml below the folder but those in `without`. */
static bool files_find(struct files *files, const char *folder, const char *without, int depth, struct err *err)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    bool ok = true;

    if (!dir)
        return err_set(err, ERR_IO, "打不开规则文件夹 %.200s：%s", folder, strerror(errno));
    while (ok && (entry = readdir(dir))) {
        struct stat stat_of;
        const char *path = arena_print(files->arena, "%s/%s", folder, entry->d_name);

        if (entry->d_name[0] == '.' || stat(path, &stat_of) != 0)
            continue;
        if (S_ISDIR(stat_of.st_mode) && depth < FOLDER_DEPTH && (!without || strcmp(entry->d_name, without) != 0))
            ok = files_find(files, path, NULL, depth + 1, err);
        else if (S_ISREG(stat_of.st_mode) && is_yaml(entry->d_name))
            files_add(files, path);
    }
    closedir(dir);
    return ok;
}

static int path_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void files_sort(struct files *files)
{
    if (files->count)
        qsort(files->paths, files->count, sizeof *files->paths, path_order);
}

/* --- what it is loaded with --- */

struct loading {
    struct rulebook *book;
    rule_wrong *wrong; /* NULL: the first wrong file ends it */
    void *arg;
    struct err *err;
};

/* A file was wrong. Goes on? */
static bool told(const struct loading *loading)
{
    if (!loading->wrong)
        return false;
    loading->wrong(loading->arg, loading->err);
    return true;
}

static struct reading reading_of(const struct loading *loading, const char *path)
{
    return (struct reading){.file = path, .arena = &loading->book->arena, .dictionary = &loading->book->dictionary,
                            .err = loading->err};
}

static bool dictionary_file(const struct loading *loading, const char *path)
{
    struct reading reading = reading_of(loading, path);
    struct slice bytes;

    return file_read(path, &loading->book->arena, &bytes, loading->err)
        && facts_load(&reading, bytes, &loading->book->dictionary);
}

/* --- rules that stand in each other's way --- */

static bool overlaps(const struct rule *a, const struct rule *b)
{
    return a->region == b->region && a->valid_from <= b->valid_until && b->valid_from <= a->valid_until;
}

static bool apart(const struct reading *reading, const struct rulebook *book, const struct rule *rule)
{
    for (size_t i = 0; i < book->count; i++) {
        const struct rule *other = &book->rules[i]->rule;
        bool same = strcmp(other->id, rule->id) == 0;

        if (!overlaps(other, rule))
            continue;
        if (same)
            return reading_wrong(reading, 1, "与 %.120s 是同一条规则 %.40s，而且日期重叠：改 valid_from 或 valid_until", other->file,
                                 rule->id);
        if (rule->overrides && other->overrides && strcmp(rule->overrides, other->overrides) == 0)
            return reading_wrong(reading, 1, "与 %.120s 在同一地区、同一时期都取代 %.40s：只留一条", other->file, rule->overrides);
    }
    return true;
}

static void put(struct rulebook *book, struct held *held)
{
    if (book->count == book->room) {
        book->room = book->room ? 2 * book->room : 64;
        book->rules = realloc(book->rules, book->room * sizeof(struct held *));
        if (!book->rules)
            abort();
    }
    book->rules[book->count++] = held;
}

static bool machine_check(const struct reading *reading, const struct calendar *calendar, struct held *held)
{
    struct err why;

    if (machine_make(&held->rule, calendar, &held->machine, &why))
        return true;
    return reading_wrong(reading, why.line ? why.line : 1, "%.160s%s%.120s", why.message, *why.hint ? "；" : "", why.hint);
}

static bool rule_file(const struct loading *loading, const char *path)
{
    struct rulebook *book = loading->book;
    struct reading reading = reading_of(loading, path);
    struct held *held = arena_zero(&book->arena, 1, sizeof *held);
    struct slice bytes;

    if (!file_read(path, &book->arena, &bytes, loading->err) || !rule_load(&reading, bytes, held)
        || !apart(&reading, book, &held->rule) || !machine_check(&reading, book->calendar, held))
        return false;
    if (!rule_uses_check(&reading, &held->rule)) {
        machine_free(held->machine);
        return false;
    }
    put(book, held);
    return true;
}

static int rule_order(const void *a, const void *b)
{
    const struct rule *left = &(*(struct held *const *)a)->rule, *right = &(*(struct held *const *)b)->rule;
    int order = strverscmp(left->id, right->id);

    if (order == 0)
        order = (left->region > right->region) - (left->region < right->region);
    return order ? order : (left->valid_from > right->valid_from) - (left->valid_from < right->valid_from);
}

/* What it stands in the place of must be there, in a wider region. */
static bool overridden_there(const struct loading *loading)
{
    const struct rulebook *book = loading->book;

    for (size_t i = 0; i < book->count; i++) {
        const struct rule *rule = &book->rules[i]->rule;
        struct reading reading = reading_of(loading, rule->file);
        bool found = !rule->overrides;

        for (size_t j = 0; j < book->count && !found; j++)
            found = strcmp(book->rules[j]->rule.id, rule->overrides) == 0 && rule_covers(&book->rules[j]->rule, rule->region)
                && book->rules[j]->rule.region != rule->region;
        if (!found) {
            reading_wrong(&reading, 1, "overrides 写的 %.40s 没有在更大的地区里：改正，或先写那条规则", rule->overrides);
            if (!told(loading))
                return false;
        }
    }
    return true;
}

/* One that is wrong ends it at once: every rule would be told wrong for want of its facts. */
static bool dictionary_all(const struct loading *loading, const char *folder)
{
    struct files files = {.arena = &loading->book->arena};
    bool ok = files_find(&files, arena_print(files.arena, "%s/facts", folder), NULL, 0, loading->err);

    files_sort(&files);
    for (size_t i = 0; ok && i < files.count; i++)
        ok = dictionary_file(loading, files.paths[i]);
    free(files.paths);
    return ok;
}

static bool rules_all(const struct loading *loading, const char *folder, const char *only)
{
    struct files files = {.arena = &loading->book->arena};
    bool ok = true;

    if (only && !is_folder(only))
        files_add(&files, arena_text(files.arena, slice_of(only)));
    else
        ok = files_find(&files, only ? only : folder, "facts", 0, loading->err);
    files_sort(&files);
    for (size_t i = 0; ok && i < files.count; i++)
        ok = rule_file(loading, files.paths[i]) || told(loading);
    free(files.paths);
    if (loading->book->count)
        qsort(loading->book->rules, loading->book->count, sizeof(struct held *), rule_order);
    return ok && (only || overridden_there(loading));
}

bool rulebook_load_good(const char *folder, const char *only, const struct calendar *calendar, rule_wrong *wrong, void *arg,
                        struct rulebook **out, struct err *err)
{
    struct rulebook *book = calloc(1, sizeof *book);
    struct loading loading = {.book = book, .wrong = wrong, .arg = arg, .err = err};

    if (!book)
        abort();
    arena_init(&book->arena);
    book->calendar = calendar;
    if (dictionary_all(&loading, folder) && rules_all(&loading, folder, only)) {
        *out = book;
        return true;
    }
    rulebook_free(book);
    return false;
}

bool rulebook_load(const char *folder, const struct calendar *calendar, struct rulebook **book, struct err *err)
{
    return rulebook_load_good(folder, NULL, calendar, NULL, NULL, book, err);
}

void rulebook_free(struct rulebook *book)
{
    if (!book)
        return;
    for (size_t i = 0; i < book->count; i++)
        machine_free(book->rules[i]->machine);
    free(book->rules);
    free(book->dictionary.facts);
    arena_release(&book->arena);
    free(book);
}

/* --- looking --- */

size_t rulebook_count(const struct rulebook *book)
{
    return book->count;
}

const struct rule *rulebook_at(const struct rulebook *book, size_t index)
{
    return &book->rules[index]->rule;
}

size_t rulebook_fact_count(const struct rulebook *book)
{
    return book->dictionary.count;
}

const struct rule_fact *rulebook_fact_at(const struct rulebook *book, size_t index)
{
    return &book->dictionary.facts[index].fact;
}

const struct rule_fact *rulebook_fact(const struct rulebook *book, struct slice name)
{
    return facts_find(&book->dictionary, name);
}

/* How many places below the region the rule's own is: 0 the same, 3 the nation. -1: it is not over the region. */
static int distance(const struct rule *rule, int32_t region)
{
    const int32_t above[] = {region, region / 100 * 100, region / 10000 * 10000, REGION_NATION};

    for (int i = 0; i < 4; i++)
        if (rule->region == above[i])
            return i;
    return -1;
}

bool rule_covers(const struct rule *rule, int32_t region)
{
    return distance(rule, region) >= 0;
}

/* Does the rule answer to this id: its own, or one that it stands in the place of, directly or by way of another? */
static bool answers_to(const struct rulebook *book, const struct rule *rule, const char *id, int depth)
{
    if (strcmp(rule->id, id) == 0)
        return true;
    if (!rule->overrides || depth == 0)
        return false;
    if (strcmp(rule->overrides, id) == 0)
        return true;
    for (size_t i = 0; i < book->count; i++)
        if (strcmp(book->rules[i]->rule.id, rule->overrides) == 0 && &book->rules[i]->rule != rule
            && answers_to(book, &book->rules[i]->rule, id, depth - 1))
            return true;
    return false;
}

const struct rule *rule_find(const struct rulebook *book, const char *id, int32_t region, int32_t as_of)
{
    const struct rule *found = NULL;

    for (size_t i = 0; i < book->count; i++) {
        const struct rule *rule = &book->rules[i]->rule;
        int far = distance(rule, region);

        if (far >= 0 && rule->valid_from <= as_of && as_of <= rule->valid_until
            && (!found || far < distance(found, region)) && answers_to(book, rule, id, 3))
            found = rule;
    }
    return found;
}
