/*
 * Reading lists. One value, or none, is an index to walk. Several are looked for in the records' sets, along the rarest of
 * them, a piece at a time, up to a bound.
 */
#include "record/facet_int.h"

enum { PIECE = 500, TALLIES_MOST = 4096 };

static const char list_page[] =
    "SELECT id FROM facet WHERE kind = ?1 AND facet = ?2 AND value = ?3 AND id < ?4 ORDER BY id DESC LIMIT ?5";
static const char total_one[] = "SELECT records FROM facet_tally WHERE kind = ?1 AND facet = ?2 AND value = ?3";
static const char totals_of[] = "SELECT value, records FROM facet_tally WHERE kind = ?1 AND facet = ?2 AND records > 0 LIMIT ?3";
static const char tallies_all[] = "SELECT facet, value, records FROM facet_tally WHERE kind = ?1 AND records > 0";
/* PIECE stands in it as a number: a planner that doesn't know how few rows are wanted reads them all. */
static const char sets_piece[] =
    "SELECT f.id, s.pairs FROM (SELECT id FROM facet WHERE kind = ?1 AND facet = ?2 AND value = ?3 AND id < ?4"
    " ORDER BY id DESC LIMIT 500) f LEFT JOIN facet_set s ON s.kind = ?1 AND s.id = f.id ORDER BY f.id DESC";

bool facet_total(struct sql *sql, const struct kind *kind, const char *facet, struct slice value, int64_t *records,
                 struct err *err)
{
    bool found;

    if (!sql_one(sql, total_one, SQL_ARGS(sql_text(slice_of(kind->name)), sql_text(slice_of(facet)), sql_text(value)), records,
                 &found, err))
        return false;
    if (!found)
        *records = 0;
    return true;
}

static int by_value(const void *a, const void *b)
{
    struct slice x = ((const struct facet_tally *)a)->value, y = ((const struct facet_tally *)b)->value;
    int order = x.len && y.len ? memcmp(x.at, y.at, x.len < y.len ? x.len : y.len) : 0;

    return order ? order : x.len < y.len ? -1 : x.len > y.len;
}

bool facet_totals(struct sql *sql, const struct kind *kind, const char *facet, struct arena *arena, struct facet_tally **list, size_t *count,
                  struct err *err)
{
    struct sql_rows rows;

    *list = arena_alloc(arena, TALLIES_MOST * sizeof **list);
    *count = 0;
    if (!sql_rows(sql, totals_of, SQL_ARGS(sql_text(slice_of(kind->name)), sql_text(slice_of(facet)), sql_int(TALLIES_MOST)), &rows, err))
        return false;
    while (*count < TALLIES_MOST && sql_next(&rows))
        (*list)[(*count)++] = (struct facet_tally){slice_of(facet), arena_copy(arena, sql_slice(&rows, 0)), sql_number(&rows, 1)};
    if (*count)
        qsort(*list, *count, sizeof **list, by_value);
    return sql_done(&rows, err);
}

int64_t facet_total_in(const struct facet_tally *list, size_t count, struct slice value)
{
    struct facet_tally key = {.value = value};
    const struct facet_tally *found = count ? bsearch(&key, list, count, sizeof key, by_value) : NULL;

    return found ? found->records : 0;
}

/* --- counting values --- */

struct counting {
    struct arena *arena;
    struct facet_tally *tallies;
    size_t count, *slots; /* slots: index + 1 into tallies, by hash; 0: free */
};

enum { SLOTS = 2 * TALLIES_MOST };

static void counting_init(struct counting *counting, struct arena *arena)
{
    *counting = (struct counting){.arena = arena, .tallies = arena_alloc(arena, TALLIES_MOST * sizeof *counting->tallies),
                                  .slots = arena_zero(arena, SLOTS, sizeof *counting->slots)};
}

static size_t hash_of(struct slice facet, struct slice value)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < facet.len; i++)
        hash = (hash ^ (unsigned char)facet.at[i]) * UINT64_C(0x100000001b3);
    hash = (hash ^ '=') * UINT64_C(0x100000001b3);
    for (size_t i = 0; i < value.len; i++)
        hash = (hash ^ (unsigned char)value.at[i]) * UINT64_C(0x100000001b3);
    return (size_t)(hash ^ hash >> 29) % SLOTS;
}

/* More than TALLIES_MOST values: the first ones count. */
static void count_value(struct counting *counting, struct slice facet, struct slice value, int64_t records)
{
    size_t slot = hash_of(facet, value);

    for (; counting->slots[slot]; slot = (slot + 1) % SLOTS) {
        struct facet_tally *tally = &counting->tallies[counting->slots[slot] - 1];

        if (slice_same(tally->value, value) && slice_same(tally->facet, facet)) {
            tally->records += records;
            return;
        }
    }
    if (counting->count == TALLIES_MOST)
        return;
    counting->tallies[counting->count++] =
        (struct facet_tally){arena_copy(counting->arena, facet), arena_copy(counting->arena, value), records};
    counting->slots[slot] = counting->count;
}

static void count_pairs(struct counting *counting, struct slice pairs)
{
    struct slice line, facet;

    while (slice_cut(&pairs, '\n', &line))
        if (slice_cut(&line, '=', &facet) && line.at)
            count_value(counting, facet, line, 1);
}

static int most_first(const void *a, const void *b)
{
    const struct facet_tally *x = a, *y = b;
    struct slice left = x->facet, right = y->facet;
    size_t least;
    int order;

    if (slice_same(left, right)) {
        if (x->records != y->records)
            return x->records < y->records ? 1 : -1;
        left = x->value;
        right = y->value;
    }
    least = left.len < right.len ? left.len : right.len;
    order = least ? memcmp(left.at, right.at, least) : 0;
    return order ? order : (left.len > right.len) - (left.len < right.len);
}

/* All values of the kind, each with its records times `weight`. */
static bool count_all(struct sql *sql, const struct kind *kind, struct counting *counting, int64_t weight, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(sql, tallies_all, SQL_ARGS(sql_text(slice_of(kind->name))), &rows, err))
        return false;
    while (sql_next(&rows))
        count_value(counting, sql_slice(&rows, 0), sql_slice(&rows, 1), weight * sql_number(&rows, 2));
    return sql_done(&rows, err);
}

/* --- walking along one value --- */

struct walk {
    struct sql *sql;
    const struct facet_query *query;
    struct facet_filter along;
    int64_t along_total;
    struct slice needles[FACET_FILTERS]; /* of the other values: "\nfacet=value\n" */
    size_t needle_count, looked;
    int64_t before;
    bool ended;
};

/* Along the rarest value; ids of one that nobody has are found at once. */
static bool walk_begin(struct walk *walk, struct sql *sql, const struct facet_query *query, struct arena *arena,
                       struct err *err)
{
    size_t rarest = 0;

    *walk = (struct walk){.sql = sql, .query = query, .along = {"", SLICE("")}, .before = INT64_MAX};
    if (query->count == 0)
        return facet_total(sql, query->kind, "", SLICE(""), &walk->along_total, err);
    for (size_t i = 0; i < query->count; i++) {
        int64_t total;

        if (!facet_total(sql, query->kind, query->filters[i].facet, query->filters[i].value, &total, err))
            return false;
        if (i == 0 || total < walk->along_total) {
            walk->along_total = total;
            rarest = i;
        }
    }
    walk->along = query->filters[rarest];
    for (size_t i = 0; i < query->count; i++)
        if (i != rarest)
            walk->needles[walk->needle_count++] =
                slice_of(arena_print(arena, "\n%s=%.*s\n", query->filters[i].facet, (int)query->filters[i].value.len,
                                     query->filters[i].value.at));
    return true;
}

static bool fits(const struct walk *walk, struct slice pairs)
{
    for (size_t i = 0; i < walk->needle_count; i++)
        if (!memmem(pairs.at, pairs.len, walk->needles[i].at, walk->needles[i].len))
            return false;
    return true;
}

/* false stops the walk there. */
typedef bool walk_fn(int64_t id, struct slice pairs, void *arg);

static bool walk_record(struct walk *walk, const struct sql_rows *rows, walk_fn *fn, void *arg, bool *on, struct err *err)
{
    struct slice pairs = sql_slice(rows, 1);
    struct text read;
    bool ok = true;

    text_init(&read);
    if (sql_is_null(rows, 1)) {
        ok = facet_rows(walk->sql, walk->before, &read, err);
        pairs = text_slice(&read);
    }
    if (ok && fits(walk, pairs))
        *on = fn(walk->before, pairs, arg);
    text_release(&read);
    return ok;
}

static bool walk_piece(struct walk *walk, walk_fn *fn, void *arg, bool *on, struct err *err)
{
    struct sql_rows rows;
    struct err later;
    size_t seen = 0;
    bool ok = true;

    if (!sql_rows(walk->sql, sets_piece,
                  SQL_ARGS(sql_text(slice_of(walk->query->kind->name)), sql_text(slice_of(walk->along.facet)),
                           sql_text(walk->along.value), sql_int(walk->before)),
                  &rows, err))
        return false;
    while (ok && *on && sql_next(&rows)) {
        seen++;
        walk->before = sql_number(&rows, 0);
        ok = walk_record(walk, &rows, fn, arg, on, err);
    }
    walk->looked += seen;
    walk->ended = *on && seen < PIECE;
    return sql_done(&rows, ok ? err : &later) && ok;
}

/* Until fn has enough, the list ends, or FACET_LOOKED records have been looked at. */
static bool walk_on(struct walk *walk, walk_fn *fn, void *arg, struct err *err)
{
    bool on = true;

    while (on && !walk->ended && walk->looked < FACET_LOOKED)
        if (!walk_piece(walk, fn, arg, &on, err))
            return false;
    return true;
}

/* --- a page --- */

struct page {
    int64_t *ids;
    size_t count, limit;
    int64_t next;
};

/* The one beyond the limit only says that there is one. */
static bool page_add(int64_t id, struct slice pairs, void *arg)
{
    struct page *page = arg;

    (void)pairs;
    if (page->count < page->limit) {
        page->ids[page->count++] = id;
        return true;
    }
    if (!page->next)
        page->next = page->ids[page->count - 1];
    return false;
}

static bool page_along(struct sql *sql, const struct facet_query *query, struct page *page, struct err *err)
{
    struct facet_filter along = query->count ? query->filters[0] : (struct facet_filter){"", SLICE("")};
    struct sql_rows rows;

    if (!sql_rows(sql, list_page,
                  SQL_ARGS(sql_text(slice_of(query->kind->name)), sql_text(slice_of(along.facet)), sql_text(along.value),
                           sql_int(query->before ? query->before : INT64_MAX), sql_int((int64_t)query->limit + 1)),
                  &rows, err))
        return false;
    while (sql_next(&rows))
        page_add(sql_number(&rows, 0), SLICE(""), page);
    return sql_done(&rows, err);
}

static bool page_walk(struct walk walk, const struct facet_query *query, struct page *page, struct err *err)
{
    if (query->before)
        walk.before = query->before;
    if (walk.along_total == 0)
        return true;
    if (!walk_on(&walk, page_add, page, err))
        return false;
    if (!page->next && !walk.ended)
        page->next = walk.before;
    return true;
}

bool facet_list(struct sql *sql, const struct facet_query *query, int64_t *ids, size_t *count, int64_t *next,
                struct err *err)
{
    struct page page = {.ids = ids, .limit = query->limit};
    struct arena arena;
    struct walk walk;
    bool ok;

    arena_init(&arena);
    if (query->count < 2)
        ok = page_along(sql, query, &page, err);
    else
        ok = walk_begin(&walk, sql, query, &arena, err) && page_walk(walk, query, &page, err);
    arena_release(&arena);
    *count = page.count;
    *next = page.next;
    return ok;
}

/* --- page, total and values --- */

struct looking {
    struct page page;     /* filled along the way, where the page is the first */
    struct counting counting;
    int64_t found;
};

static bool look_at(int64_t id, struct slice pairs, void *arg)
{
    struct looking *looking = arg;

    if (looking->found == FACET_TALLIED)
        return false;
    looking->found++;
    count_pairs(&looking->counting, pairs);
    page_add(id, pairs, &looking->page);
    return true;
}

/* One value's total is known; of several it is what was found, if all were looked at. */
static void view_total(struct facet_view *view, const struct walk *walk, int64_t found)
{
    bool several = walk->query->count > 1, all = walk->ended || walk->along_total == 0;

    view->total = several ? found : walk->along_total;
    view->beyond = several && !all;
    view->counted = all;
}

static bool look_narrowed(struct sql *sql, const struct facet_query *query, struct arena *arena, struct facet_view *view,
                          struct err *err)
{
    struct looking looking = {.page = {.ids = view->ids, .limit = query->limit}};
    struct walk walk, from_top;
    bool ok;

    counting_init(&looking.counting, arena);
    if (!walk_begin(&walk, sql, query, arena, err))
        return false;
    from_top = walk;
    if (walk.along_total > 0 && !walk_on(&from_top, look_at, &looking, err))
        return false;
    view_total(view, &from_top, looking.found);
    if (!view->counted && !count_all(sql, query->kind, &looking.counting, 0, err))
        return false;
    view->tallies = looking.counting.tallies;
    view->tally_count = looking.counting.count;
    if (query->before) {
        looking.page.count = 0;
        looking.page.next = 0;
        ok = query->count < 2 ? page_along(sql, query, &looking.page, err) : page_walk(walk, query, &looking.page, err);
        if (!ok)
            return false;
    } else if (!looking.page.next && !view->counted) {
        looking.page.next = from_top.before; /* nothing more as far as was looked */
    }
    view->count = looking.page.count;
    view->next = looking.page.next;
    return true;
}

static bool look_whole(struct sql *sql, const struct facet_query *query, struct arena *arena, struct facet_view *view,
                       struct err *err)
{
    struct page page = {.ids = view->ids, .limit = query->limit};
    struct counting counting;

    counting_init(&counting, arena);
    if (!page_along(sql, query, &page, err) || !count_all(sql, query->kind, &counting, 1, err)
        || !facet_total(sql, query->kind, "", SLICE(""), &view->total, err))
        return false;
    view->count = page.count;
    view->next = page.next;
    view->tallies = counting.tallies;
    view->tally_count = counting.count;
    view->counted = true;
    return true;
}

bool facet_look(struct sql *sql, const struct facet_query *query, struct arena *arena, struct facet_view *view,
                struct err *err)
{
    *view = (struct facet_view){.count = 0};
    if (!(query->count ? look_narrowed : look_whole)(sql, query, arena, view, err))
        return false;
    qsort(view->tallies, view->tally_count, sizeof *view->tallies, most_first);
    return true;
}
