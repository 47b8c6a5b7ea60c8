#include "work/index.h"

#include <errno.h>
#include <limits.h>

#include "base/log.h"
#include "ledger/ledger.h"
#include "seal/seal.h"
#include "record/consult.h"
#include "work/column.h"

struct touched {
    struct sql *sql;
    struct match_index *index;
    struct arena arena;
    uint64_t next, size; /* the ledger's */
    struct leaf last;    /* the last sound one applied; action "": none */
    size_t count;
};

bool index_fails(const struct match_err *problem, struct err *err)
{
    static const enum err_code codes[] = {[MATCH_OK] = ERR_IO,     [MATCH_BAD_INPUT] = ERR_INVALID,
                                          [MATCH_IO] = ERR_IO,     [MATCH_FULL] = ERR_FULL,
                                          [MATCH_CORRUPT] = ERR_CORRUPT, [MATCH_NO_MEMORY] = ERR_MEMORY};

    return err_set(err, codes[problem->code], "匹配索引：%s", problem->message);
}

/* What an opinion says is its office's own: nobody else finds it, or learns from it. */
static void opinion_doc(const struct record *opinion, struct arena *arena, struct match_doc *doc)
{
    static const struct {
        size_t field;
        enum match_class class_;
    } parts[] = {{OPINION_SUBJECT, MATCH_TITLE}, {OPINION_EVIDENCE, MATCH_TEXT}, {OPINION_PROPOSAL, MATCH_TEXT}};
    struct match_text *list = arena_alloc(arena, sizeof parts / sizeof *parts * sizeof *list);

    *doc = (struct match_doc){.id = opinion->id, .kind = INDEX_OPINION, .owner = opinion->owner, .level = MATCH_OWN, .texts = list,
                              .facts = {.amount = -1, .day = INT32_MIN}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (opinion->values[parts[i].field].known) {
            struct slice text = opinion->values[parts[i].field].text;

            list[doc->text_count++] = (struct match_text){parts[i].class_, MATCH_OWN, {text.at, text.len}};
        }
}

/* Of opinions those that were answered stay: what was said last year is said again. */
static bool stands(const struct record *record)
{
    struct slice state = record->kind == &kind_opinion ? record->values[MATTER_STATE].text : SLICE("");

    return record->kind == &kind_opinion ? !slice_is(state, "declined") && !slice_is(state, "withdrawn") : record->status == RECORD_OPEN;
}

static bool put_record(struct touched *touched, const struct kind *kind, const struct leaf *leaf, struct err *err)
{
    struct match_err problem;
    struct match_doc doc;
    struct record record;
    bool ok;

    if (!record_get(touched->sql, kind, leaf->object, &touched->arena, &record, err))
        return false;
    if (record.from_leaf > (int64_t)leaf->index)
        return true; /* a later leaf brings it */
    if (kind == &kind_opinion)
        opinion_doc(&record, &touched->arena, &doc);
    else
        column_doc(&record, &touched->arena, &doc);
    ok = stands(&record) ? match_put(touched->index, &doc, leaf->index, &problem)
                                      : match_drop(touched->index, record.id, leaf->index, &problem);
    return ok || index_fails(&problem, err);
}

/* Only what trying again cannot mend: a disk or a database that fails is waited for. */
static bool leave_out(struct touched *touched, const struct leaf *leaf, const struct err *err)
{
    struct match_err ignored;

    if (err->code != ERR_MISSING && err->code != ERR_INVALID)
        return false;
    log_error("index: %s %lld left out: %s", leaf->kind, (long long)leaf->object, err->message);
    match_drop(touched->index, leaf->object, leaf->index, &ignored);
    return true;
}

static bool apply(const struct leaf *leaf, void *arg, struct err *err)
{
    struct touched *touched = arg;
    const struct kind *kind = strcmp(leaf->kind, kind_opinion.name) == 0 ? &kind_opinion : kind_by_name(leaf->kind);
    bool ok;

    if (leaf->index >= touched->size)
        return true; /* no commit of ours: the head does not know it */
    ok = !kind || put_record(touched, kind, leaf, err) || leave_out(touched, leaf, err);
    arena_reset(&touched->arena);
    if (leaf->action[0])
        touched->last = *leaf;
    touched->next = leaf->index + 1;
    touched->count++;
    return ok;
}

static bool commit(struct touched *touched, struct err *err)
{
    struct match_err problem;

    return match_commit(touched->index, touched->next, &problem) || index_fails(&problem, err);
}

/* --- is it an index of these records? --- */

static void mark_path(const struct city *city, char *path, size_t size, const char *ending)
{
    snprintf(path, size, "%s/index/leaf%s", city->data, ending);
}

void index_mark_read(struct city *city)
{
    char path[PATH_MAX];
    unsigned long long leaf;
    FILE *file;

    city->mark = (struct index_mark){0};
    mark_path(city, path, sizeof path, "");
    file = fopen(path, "re");
    if (!file)
        return;
    if (fscanf(file, "%llu %64[0-9a-f]", &leaf, city->mark.hash) == 2 && strlen(city->mark.hash) == 2 * LEAF_HASH)
        city->mark.leaf = leaf;
    else
        city->mark.hash[0] = '\0';
    fclose(file);
}

/* After the commit, so that the leaf it names is always in the index. Without a mark the length alone tells. */
static void mark_write(const struct city *city)
{
    char path[PATH_MAX], fresh[PATH_MAX];
    FILE *file;
    bool ok;

    mark_path(city, path, sizeof path, "");
    mark_path(city, fresh, sizeof fresh, ".new");
    file = fopen(fresh, "we");
    ok = file && fprintf(file, "%llu %s\n", (unsigned long long)city->mark.leaf, city->mark.hash) > 0;
    ok = (!file || fclose(file) == 0) && ok && rename(fresh, path) == 0;
    if (!ok)
        log_warn("index: cannot be marked: %s", strerrordesc_np(errno));
}

static void leaf_hex(const struct leaf *leaf, char hash[2 * LEAF_HASH + 1])
{
    unsigned char bytes[LEAF_MAX], digest[LEAF_HASH];

    leaf_hash((struct slice){(const char *)bytes, leaf_write(leaf, bytes)}, digest);
    seal_hex(digest, sizeof digest, hash);
}

static void mark_set(struct city *city, const struct leaf *last)
{
    if (!last->action[0])
        return;
    city->mark.leaf = last->index;
    leaf_hex(last, city->mark.hash);
    mark_write(city);
}

/* A damaged leaf says nothing of whose index it is. */
static bool mark_fits(const struct city *city, struct sql *sql, bool *fits, struct err *err)
{
    char hash[2 * LEAF_HASH + 1];
    struct leaf leaf;

    *fits = true;
    if (!city->mark.hash[0])
        return true;
    if (ledger_get(sql, city->mark.leaf, &leaf, err)) {
        leaf_hex(&leaf, hash);
        *fits = strcmp(hash, city->mark.hash) == 0;
        return true;
    }
    *fits = err->code != ERR_MISSING;
    return err->code == ERR_MISSING || err->code == ERR_CORRUPT;
}

static bool forget_strange(struct city *city, struct touched *touched, struct err *err)
{
    struct match_err problem;
    bool fits = true;

    if (!ledger_size(touched->sql, &touched->size, err)
        || (touched->next && !mark_fits(city, touched->sql, &fits, err)))
        return false;
    if (touched->next <= touched->size && fits)
        return true;
    log_warn("index: at leaf %llu it is not of these records, which have %llu; made anew from them",
             (unsigned long long)touched->next, (unsigned long long)touched->size);
    touched->next = 0;
    city->mark.hash[0] = '\0';
    return match_clear(city->index, &problem) || index_fails(&problem, err);
}

bool index_follow(struct city *city, size_t most, uint64_t *next, bool *more, struct err *err)
{
    struct touched touched = {.index = city->index, .next = match_applied(city->index)};
    bool ok;

    if (!store_read(city->store, &touched.sql, err))
        return false;
    arena_init(&touched.arena);
    ok = forget_strange(city, &touched, err)
         && ledger_follow(touched.sql, touched.next, most, apply, &touched, err);
    arena_release(&touched.arena);
    store_read_end(city->store, touched.sql);
    if (ok && touched.count) {
        ok = commit(&touched, err);
        if (ok)
            mark_set(city, &touched.last);
    }
    if (!ok)
        match_abandon(city->index);
    *next = touched.next;
    *more = touched.count == most;
    return ok;
}
