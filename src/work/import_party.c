/* Whose the rows are: names are looked up once each. */
#include "base/ident.h"
#include "record/check.h"
#include "record/party.h"
#include "work/import_int.h"

/* Of more owners than these nobody knows the first: a cell of a megabyte is no list of names. */
enum { NAMES_ASKED = 16 };

void party_cache_init(struct party_cache *cache)
{
    *cache = (struct party_cache){.room = 64};
    cache->entries = calloc(cache->room, sizeof *cache->entries);
    if (!cache->entries)
        abort();
    digest_map_init(&cache->names);
    arena_init(&cache->arena);
}

void party_cache_release(struct party_cache *cache)
{
    digest_map_release(&cache->names);
    arena_release(&cache->arena);
    free(cache->entries);
    *cache = (struct party_cache){0};
}

static struct party_entry *entry_add(struct party_cache *cache, struct slice name, const struct party_entry *entry)
{
    uint32_t number = (uint32_t)cache->count + 1;

    if (cache->count == cache->room) {
        cache->room *= 2;
        cache->entries = reallocarray(cache->entries, cache->room, sizeof *cache->entries);
        if (!cache->entries)
            abort();
    }
    cache->entries[cache->count] = arena_alloc(&cache->arena, sizeof *entry);
    *cache->entries[cache->count] = *entry;
    digest_map_add(&cache->names, name, &number);
    return cache->entries[cache->count++];
}

/* Bytes of the mark that parts names and begins here; 0: none does. */
static size_t mark_len(const char *at, size_t len)
{
    static const char *const marks[] = {";", "；", "、", ",", "，", "\n", "|"};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (len >= strlen(marks[i]) && memcmp(at, marks[i], strlen(marks[i])) == 0)
            return strlen(marks[i]);
    return 0;
}

/* The next name of "甲大学；乙公司". */
static bool next_name(struct slice *rest, struct slice *name)
{
    size_t end = 0, skip = 0;

    if (rest->len == 0)
        return false;
    while (end < rest->len && !(skip = mark_len(rest->at + end, rest->len - end)))
        end++;
    *name = slice_trim((struct slice){rest->at, end});
    rest->at += end + skip;
    rest->len -= end + skip;
    return true;
}

static bool look_up(struct checker *checker, struct slice typed, int64_t *id, struct err *err)
{
    struct slice rest = typed, name;

    err_clear(err);
    if (!party_resolve(checker->sql, typed, id, err))
        return false;
    for (int i = 0; i < NAMES_ASKED && *id == 0 && next_name(&rest, &name); i++)
        if (name.len < typed.len && !party_resolve(checker->sql, name, id, err))
            return false;
    return true;
}

/* An officer of one district makes parties in that district. */
static struct slice grant_region(const struct actor *actor, struct arena *arena)
{
    for (size_t i = 0; i < actor->grant_count; i++)
        if (actor->grants[i].scope_kind == SCOPE_DIVISION)
            return slice_of(arena_print(arena, "%lld", (long long)actor->grants[i].scope));
    return (struct slice){0};
}

/* A party that is not there, checked as if somebody had typed it in. entry->id stays 0 where its name won't do. */
static void party_make(struct checker *checker, struct slice typed, struct party_entry *entry, struct slice *key)
{
    struct slice cells[FIELDS_MAX] = {{0}}, rest = typed, name = typed;
    struct record record = {.kind = &kind_party};
    struct complaints *complaints = arena_zero(&checker->arena, 1, sizeof *complaints);
    bool given[FIELDS_MAX] = {[PARTY_NAME] = true, [PARTY_SIDE] = true, [PARTY_REGION] = true};

    next_name(&rest, &name);
    cells[PARTY_NAME] = name;
    cells[PARTY_SIDE] = slice_of(checker->request->options.side);
    cells[PARTY_REGION] = grant_region(checker->request->actor, &checker->arena);
    if (!record_check(&record, cells, true, &checker->arena, complaints))
        return;
    *key = record_key(&record, &checker->arena);
    entry->id = ident_next(checker->now_ms);
    entry->fresh = true;
    if (record.values[PARTY_REGION].known)
        entry->region = strtoll(record.values[PARTY_REGION].text.at, NULL, 10);
    entry->body = arena_copy(&checker->parties.arena, values_pack(&record, given, &checker->arena));
}

/* The same new party in another spelling is the same party. */
static struct party_entry *fresh_add(struct checker *checker, struct slice typed, const struct party_entry *entry,
                                     struct slice key)
{
    struct party_cache *cache = &checker->parties;
    struct slice marked = slice_of(arena_print(&checker->arena, "\n%.*s", (int)key.len, key.at));
    uint32_t number = digest_map_get(&cache->names, marked);

    if (number) {
        digest_map_add(&cache->names, typed, &number);
        return cache->entries[number - 1];
    }
    entry_add(cache, typed, entry);
    number = (uint32_t)cache->count;
    digest_map_add(&cache->names, marked, &number);
    return cache->entries[number - 1];
}

bool party_find(struct checker *checker, struct slice name, struct party_entry **entry, struct err *err)
{
    struct party_entry found = {0};
    struct slice typed = slice_trim(name), key = SLICE("");
    uint32_t number = digest_map_get(&checker->parties.names, typed);

    if (number) {
        *entry = checker->parties.entries[number - 1];
        return true;
    }
    if (!look_up(checker, typed, &found.id, err))
        return false;
    if (!found.id && checker->request->options.make_parties)
        party_make(checker, typed, &found, &key);
    *entry = found.fresh ? fresh_add(checker, typed, &found, key) : entry_add(&checker->parties, typed, &found);
    return true;
}

bool party_stage(struct checker *checker, struct party_entry *entry, long line, struct err *err)
{
    struct staged row = {.sort = STAGED_PARTY, .line = line, .object = entry->id, .owner = entry->id,
                         .body = entry->body};

    if (!entry->fresh || entry->staged)
        return true;
    entry->staged = true;
    checker->tally->parties++;
    return stager_add(checker->stager, &row, err);
}
