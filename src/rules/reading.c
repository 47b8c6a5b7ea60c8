/* What all files have in common: complaints that name file and line, members of maps; and the dictionary of facts. */
#include "base/said.h"
#include "rules/rules_int.h"

bool reading_wrong(const struct reading *reading, long line, const char *format, ...)
{
    char message[300];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    err_set(reading->err, ERR_INVALID, "%.100s 第 %ld 行：%.280s", reading->file, line, message);
    return err_line(reading->err, line);
}

static bool known_key(const char *const *known, const char *key)
{
    while (*known && strcmp(*known, key) != 0)
        known++;
    return *known;
}

bool reading_keys(const struct reading *reading, const struct node *map, const char *what, const char *const *known)
{
    if (map->kind != NODE_MAP)
        return reading_wrong(reading, map->line, "%s要写成“词: 值”", what);
    for (const struct node *member = map->first; member; member = member->next)
        if (!known_key(known, member->key)) {
            const char *list = known[0];

            for (size_t i = 1; known[i]; i++)
                list = arena_print(reading->arena, "%s、%s", list, known[i]);
            return reading_wrong(reading, member->line, "%s没有 %.60s 这一项；可以写的是 %.160s", what, member->key, list);
        }
    return true;
}

bool reading_text(const struct reading *reading, const struct node *map, const char *key, bool needed, const char **out)
{
    const struct node *member = node_at(map, key);

    if (!member && !needed)
        return true;
    if (!member)
        return reading_wrong(reading, map->line, "没有写 %s：补上", key);
    if (member->kind != NODE_SCALAR)
        return reading_wrong(reading, member->line, "%s 要写成一段文字", key);
    if (slice_trim(member->text).len == 0)
        return reading_wrong(reading, member->line, "%s 是空的：写上，或整项删去", key);
    *out = arena_text(reading->arena, slice_trim(member->text));
    return true;
}

static bool one_of(const struct reading *reading, const struct node *map, const char *key, const char *const *words,
                   size_t count, int *out)
{
    const struct node *member = node_at(map, key);
    const char *list = words[0], *text = "";

    if (!reading_text(reading, map, key, true, &text))
        return false;
    for (size_t i = 0; i < count; i++)
        if (strcmp(text, words[i]) == 0) {
            *out = (int)i;
            return true;
        }
    for (size_t i = 1; i < count; i++)
        list = arena_print(reading->arena, "%s、%s", list, words[i]);
    return reading_wrong(reading, member->line, "%s 写的是 %.60s，只能是 %s", key, text, list);
}

bool reading_kind(const struct reading *reading, const struct node *map, enum fact_kind *kind)
{
    static const char *const words[] = {"number", "money", "share", "day", "code", "yes", "points"};
    int found;

    if (!one_of(reading, map, "kind", words, sizeof words / sizeof *words, &found))
        return false;
    *kind = (enum fact_kind)found;
    return true;
}

bool reading_source(const struct reading *reading, const struct node *map, bool needed, enum rule_source *source)
{
    static const char *const words[] = {"checked", "secondary", "unverified"};
    int found;

    if (!needed && !node_at(map, "source"))
        return true;
    if (!one_of(reading, map, "source", words, sizeof words / sizeof *words, &found))
        return false;
    *source = (enum rule_source)found;
    return true;
}

/* --- the dictionary --- */

const struct rule_fact *facts_find(const struct dictionary *dictionary, struct slice name)
{
    for (size_t i = 0; i < dictionary->count; i++)
        if (slice_is(name, dictionary->facts[i].fact.name))
            return &dictionary->facts[i].fact;
    return NULL;
}

static bool choice_read(const struct reading *reading, const struct node *member, struct rule_choice *choice)
{
    if (member->kind != NODE_SCALAR || !slice_trim(member->text).len)
        return reading_wrong(reading, member->line, "选项 %.60s 要写上它的名称", member->key);
    if (strspn(member->key, "abcdefghijklmnopqrstuvwxyz0123456789_-") != strlen(member->key))
        return reading_wrong(reading, member->line, "选项的代码 %.60s 只能用小写字母、数字、_ 和 -", member->key);
    *choice = (struct rule_choice){member->key, arena_text(reading->arena, slice_trim(member->text))};
    return true;
}

static bool choices_read(const struct reading *reading, const struct node *map, struct rule_fact *fact)
{
    const struct node *list = node_at(map, "choices");
    struct rule_choice *choices;

    if ((fact->kind == FACT_CODE) != (list != NULL))
        return reading_wrong(reading, map->line, fact->kind == FACT_CODE ? "kind: code 要写 choices：{代码: 名称, …}"
                                                                         : "只有 kind: code 才写 choices");
    if (!list)
        return true;
    if (list->kind != NODE_MAP || list->count < 2)
        return reading_wrong(reading, list->line, "choices 要写至少两项 {代码: 名称, …}");
    choices = arena_zero(reading->arena, list->count, sizeof *choices);
    fact->choices = choices;
    for (const struct node *member = list->first; member; member = member->next)
        if (!choice_read(reading, member, &choices[fact->choice_count++]))
            return false;
    return true;
}

static bool fact_read(const struct reading *reading, const struct node *map, struct rule_fact *fact)
{
    static const char *const keys[] = {"kind", "label", "choices", "hint", "year", "of", NULL};

    fact->name = map->key;
    fact->hint = "";
    return reading_keys(reading, map, "事实", keys) && reading_kind(reading, map, &fact->kind)
        && reading_text(reading, map, "label", true, &fact->label)
        && reading_text(reading, map, "hint", false, &fact->hint) && choices_read(reading, map, fact);
}

/* year: how many years before the year asked about; of: the fact whose earlier year it is, which stands above. */
static bool year_read(const struct reading *reading, const struct node *map, const struct dictionary *dictionary, struct rule_fact *fact)
{
    const struct rule_fact *of;
    const char *year = "0";

    if (!reading_text(reading, map, "year", false, &year) || !reading_text(reading, map, "of", false, &fact->of))
        return false;
    if (strlen(year) != 1 || *year < '0' || *year > '9')
        return reading_wrong(reading, map->line, "year 要写一位数：1 是上一年度，2 是前一年度");
    fact->years_ago = *year - '0';
    if (!fact->of)
        return true;
    of = facts_find(dictionary, slice_of(fact->of));
    if (!of || !of->years_ago || of->of || of->kind != fact->kind || fact->years_ago <= of->years_ago)
        return reading_wrong(reading, map->line, "of 要写上面一个同类的、写了 year 的事实，本项的 year 比它大");
    return true;
}

static bool fact_new(const struct reading *reading, const struct node *map, struct dictionary *dictionary)
{
    for (size_t i = 0; i < dictionary->count; i++)
        if (strcmp(dictionary->facts[i].fact.name, map->key) == 0)
            return reading_wrong(reading, map->line, "事实 %.60s 在 %.80s 第 %ld 行已经写过：删去一处", map->key,
                                 dictionary->facts[i].file, dictionary->facts[i].line);
    return true;
}

bool facts_load(const struct reading *reading, struct slice bytes, struct dictionary *dictionary)
{
    const struct node *root;

    if (!yaml_read(reading, bytes, &root))
        return false;
    for (const struct node *map = root->first; map; map = map->next) {
        struct dictionary_fact read = {.file = reading->file, .line = map->line};

        if (!fact_new(reading, map, dictionary) || !fact_read(reading, map, &read.fact)
            || !year_read(reading, map, dictionary, &read.fact))
            return false;
        if (dictionary->count == dictionary->room) {
            dictionary->room = dictionary->room ? 2 * dictionary->room : 64;
            dictionary->facts = realloc(dictionary->facts, dictionary->room * sizeof *dictionary->facts);
            if (!dictionary->facts)
                abort();
        }
        dictionary->facts[dictionary->count++] = read;
    }
    return true;
}
