#include "work/feedback_export.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "file/formula.h"
#include "record/choice.h"
#include "work/feedback_int.h"
#include "work/judged_facts.h"

enum { PAGE = 200 };

/* --- what an outcome says --- */

static const struct {
    const char *outcome, *reason;
    int level;
} levels[] = {
    {"signed", "", 4}, {"talks", "", 4}, {"contacted", "", 3},
    {"refused", "maturity", 2}, {"refused", "spec", 2}, {"refused", "field", 1},
};

int feedback_level(const struct feedback *feedback)
{
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (slice_is(feedback->outcome, levels[i].outcome) && slice_is(feedback->reason, levels[i].reason))
            return levels[i].level;
    return 0;
}

/* --- a text of the collection: a record in one of its versions --- */

struct version {
    const struct kind *kind;
    int64_t id, ver;
};

struct versions {
    struct version *list; /* ascending, each once, after versions_sort */
    size_t count;
};

static int version_order(const void *left, const void *right)
{
    const struct version *a = left, *b = right;

    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return (a->ver > b->ver) - (a->ver < b->ver);
}

static void versions_sort(struct versions *versions)
{
    size_t kept = 0;

    qsort(versions->list, versions->count, sizeof *versions->list, version_order);
    for (size_t i = 0; i < versions->count; i++)
        if (!kept || version_order(&versions->list[kept - 1], &versions->list[i]) != 0)
            versions->list[kept++] = versions->list[i];
    versions->count = kept;
}

static bool versions_have(const struct versions *versions, const struct version *version)
{
    return versions->count
           && bsearch(version, versions->list, versions->count, sizeof *versions->list, version_order) != NULL;
}

static struct slice name_of(const struct version *version, struct arena *arena)
{
    return slice_of(arena_print(arena, "%s/%lld@%lld", version->kind->name, (long long)version->id, (long long)version->ver));
}

/* --- the whole --- */

/* What is left out is counted by its reason, or by its outcome where it has none. "silent": of a pair that nobody asks in. */
static const char *const unused_words[] = {"price", "time", "place", "solved", "unwilling", "other", "withdrawn", "silent"};
enum { UNUSED = sizeof unused_words / sizeof *unused_words };

struct taking {
    struct sql *sql;
    const struct feedback_export *request;
    struct feedback_tally *tally;
    struct feedback *said; /* what says something of the texts */
    size_t room;
    struct versions asks, answers;
    size_t unused[UNUSED]; /* as unused_words */
    int64_t done;
    struct arena texts;          /* of what was said */
    struct arena arena;          /* of one line */
    FILE *file;
};

static void leave_out(struct taking *taking, const struct feedback *feedback)
{
    struct slice word = feedback_level(feedback) ? SLICE("silent") : feedback->reason.len ? feedback->reason : feedback->outcome;

    taking->tally->left_out++;
    for (size_t i = 0; i < UNUSED; i++)
        taking->unused[i] += slice_is(word, unused_words[i]);
}

static void keep(struct taking *taking, const struct feedback *feedback)
{
    struct feedback_tally *tally = taking->tally;

    if (tally->judgements == taking->room) {
        taking->room = taking->room ? 2 * taking->room : 64;
        taking->said = realloc(taking->said, taking->room * sizeof *taking->said);
        if (!taking->said)
            abort();
    }
    tally->pairs += !tally->judgements || taking->said[tally->judgements - 1].asks != feedback->asks
                    || taking->said[tally->judgements - 1].answers != feedback->answers;
    taking->said[tally->judgements++] = *feedback;
}

static bool said_read(struct taking *taking, struct err *err)
{
    struct feedback one;
    struct sql_rows rows;
    struct err later;
    bool ok = true;

    if (!sql_rows(taking->sql, FEEDBACK_SELECT " WHERE to_leaf IS NULL ORDER BY asks, answers, id", SQL_NO_ARGS, &rows, err))
        return false;
    while (ok && sql_next(&rows)) {
        ok = feedback_take(&one, &rows, &taking->texts)
             || err_set(err, ERR_CORRUPT, "反馈 %lld 的内容不完整", (long long)one.id);
        if (ok && feedback_level(&one) && column_asks(one.asks_kind) > 0)
            keep(taking, &one);
        else if (ok)
            leave_out(taking, &one);
    }
    return sql_done(&rows, ok ? err : &later) && ok;
}

static void versions_take(struct taking *taking)
{
    size_t count = taking->tally->judgements;

    taking->asks.list = calloc(count + 1, sizeof *taking->asks.list);
    taking->answers.list = calloc(count + 1, sizeof *taking->answers.list);
    if (!taking->asks.list || !taking->answers.list)
        abort();
    taking->asks.count = taking->answers.count = count;
    for (size_t i = 0; i < count; i++) {
        const struct feedback *one = &taking->said[i];

        taking->asks.list[i] = (struct version){one->asks_kind, one->asks, one->asks_ver};
        taking->answers.list[i] = (struct version){one->answers_kind, one->answers, one->answers_ver};
    }
    versions_sort(&taking->asks);
    versions_sort(&taking->answers);
}

/* --- files --- */

static bool write_failed(const struct taking *taking, const char *name, struct err *err)
{
    bool full = errno == ENOSPC || errno == EDQUOT;

    err_set(err, full ? ERR_FULL : ERR_IO, "写不了 %s/%s：%s", taking->request->folder, name, strerror(errno));
    return err_hint(err, full ? "请腾出空间再试" : "请检查目录是否可写");
}

static bool file_open(struct taking *taking, const char *name, struct err *err)
{
    int file = open(arena_print(&taking->texts, "%s/%s", taking->request->folder, name),
                    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    taking->file = file < 0 ? NULL : fdopen(file, "w");
    return taking->file || write_failed(taking, name, err);
}

static bool file_close(struct taking *taking, const char *name, bool ok, struct err *err)
{
    bool whole = fflush(taking->file) == 0 && !ferror(taking->file);

    whole = fclose(taking->file) == 0 && whole;
    return ok && (whole || write_failed(taking, name, err));
}

static void line_put(struct taking *taking, json_t *line)
{
    struct text text;

    text_init(&text);
    json_write(line, &text);
    text_putc(&text, '\n');
    fwrite(text.at, 1, text.len, taking->file);
    text_release(&text);
    json_decref(line);
}

static bool told(struct taking *taking, struct err *err)
{
    const struct feedback_export *request = taking->request;

    return ++taking->done % PAGE || !request->moved || request->moved(request->arg, taking->done, 0)
           || err_set(err, ERR_BUSY, "没有做完就停下了");
}

/* --- texts --- */

/* As it was when it was said, without what has been closed to the public since. */
static bool text_then(struct taking *taking, const struct version *version, struct record *then, struct err *err)
{
    struct record now;

    if (!record_get(taking->sql, version->kind, version->id, &taking->arena, &now, err)
        || !record_version(taking->sql, version->kind, version->id, version->ver, &taking->arena, then, err))
        return false;
#ifndef TQ_TEETH_FEEDBACK_CLOSED_SINCE
    for (size_t i = 0; i < then->kind->count; i++)
        if (record_level(&now, i) != LEVEL_PUBLIC)
            then->values[i] = (struct value){0};
#endif
    return true;
}

static json_t *answer_line(struct taking *taking, const struct version *version, const struct record *record)
{
    json_t *line = json_object();
    struct match_doc doc;

    column_doc(record, &taking->arena, &doc);
    json_put(line, "_id", name_of(version, &taking->arena));
    judged_texts_add(&doc, MATCH_TITLE, "title", line);
    judged_texts_add(&doc, MATCH_TEXT, "text", line);
    judged_facts_add(&doc, line);
    return line;
}

static json_t *asking_line(struct taking *taking, const struct version *version, const struct record *record)
{
    json_t *line = json_object();
    struct match_query query;
    struct match_doc doc;

    column_doc(record, &taking->arena, &doc);
    column_query(record, &taking->arena, &query);
    json_put(line, "_id", name_of(version, &taking->arena));
    json_put(line, "title", (struct slice){query.title.at, query.title.len});
    json_put(line, "text", (struct slice){query.text.at, query.text.len});
    judged_facts_add(&doc, line);
    return line;
}

typedef json_t *make_line(struct taking *taking, const struct version *version, const struct record *record);

static bool texts_write(struct taking *taking, const struct versions *versions, make_line *make, struct err *err)
{
    for (size_t i = 0; i < versions->count; i++) {
        struct record record;

        arena_reset(&taking->arena);
        if (!text_then(taking, &versions->list[i], &record, err) || !told(taking, err))
            return false;
        line_put(taking, make(taking, &versions->list[i], &record));
    }
    return true;
}

#define OPEN_PAGE(kind) "SELECT id FROM " kind " WHERE id > ?1 AND to_leaf IS NULL AND status = 0 ORDER BY id LIMIT ?2"

static const char *const open_pages[KIND_COUNT] = {
    [KIND_PERSON] = OPEN_PAGE("person"),     [KIND_ACHIEVEMENT] = OPEN_PAGE("achievement"), [KIND_NEED] = OPEN_PAGE("need"),
    [KIND_SCENARIO] = OPEN_PAGE("scenario"), [KIND_SERVICE] = OPEN_PAGE("service"),         [KIND_POLICY] = OPEN_PAGE("policy"),
};

static bool open_put(struct taking *taking, const struct kind *kind, int64_t id, struct err *err)
{
    struct version version = {.kind = kind, .id = id};
    struct record record;

    arena_reset(&taking->arena);
    if (!record_get(taking->sql, kind, id, &taking->arena, &record, err) || !told(taking, err))
        return false;
    version.ver = record.ver;
    if (!versions_have(&taking->answers, &version))
        line_put(taking, answer_line(taking, &version, &record));
    return true;
}

static bool open_page(struct taking *taking, const struct kind *kind, int64_t *last, size_t *count, struct err *err)
{
    struct sql_rows rows;
    struct err later;
    bool ok = true;

    *count = 0;
    if (!sql_rows(taking->sql, open_pages[kind->id], SQL_ARGS(sql_int(*last), sql_int(PAGE)), &rows, err))
        return false;
    while (ok && sql_next(&rows)) {
        *last = sql_number(&rows, 0);
        ok = open_put(taking, kind, *last, err);
        ++*count;
    }
    return sql_done(&rows, ok ? err : &later) && ok;
}

/* All that is open, so that a word is as rare in the collection as it is in the city. */
static bool open_write(struct taking *taking, struct err *err)
{
    for (size_t k = 0; k < KIND_COUNT; k++) {
        int64_t last = 0;
        size_t count = PAGE;

        while (open_pages[k] && count == PAGE)
            if (!open_page(taking, kind_get((enum kind_id)k), &last, &count, err))
                return false;
    }
    return true;
}

/* --- judgements --- */

/* "asks enterprise", "answers university", "city_officer". */
static struct slice voice_words(struct taking *taking, const struct feedback_voice *voice)
{
    struct slice side = SLICE("");
    struct sql_rows rows;
    struct err ignored;

    if (voice->side == FEEDBACK_OFFICE)
        return slice_of(voice->office);
    if (sql_rows(taking->sql, "SELECT side FROM party WHERE id = ?1 AND to_leaf IS NULL", SQL_ARGS(sql_int(voice->party)),
                 &rows, &ignored)) {
        if (sql_next(&rows))
            side = arena_copy(&taking->arena, sql_slice(&rows, 0));
        sql_done(&rows, &ignored);
    }
    return slice_of(arena_print(&taking->arena, "%s %.*s", voice->side == FEEDBACK_ASKS ? "asks" : "answers", (int)side.len,
                                side.at));
}

/* For people's eyes: in one cell, and no formula. */
static struct slice title_cell(struct taking *taking, const struct kind *kind, int64_t id)
{
    struct slice title = record_title(taking->sql, kind, id, &taking->arena);
    char *cell = arena_print(&taking->arena, "%s%.*s", formula_like(title) ? "'" : "", (int)title.len, title.at);

    for (char *c = cell; *c; c++)
        if ((unsigned char)*c < ' ' || *c == '"')
            *c = ' ';
    return slice_of(cell);
}

static void judgement_put(struct taking *taking, const struct feedback *one)
{
    const struct version asks = {one->asks_kind, one->asks, one->asks_ver},
                         answers = {one->answers_kind, one->answers, one->answers_ver};
    char when[CLOCK_TEXT];

    arena_reset(&taking->arena);
    fprintf(taking->file, "%s\t%s\t%d\tfeedback\t%s\t%s\t%s\t%s\t%lld\t%s\t%s\n", name_of(&asks, &taking->arena).at,
            name_of(&answers, &taking->arena).at, feedback_level(one), voice_words(taking, &one->voice).at,
            clock_show_minute(one->valid_from, when), one->outcome.at, one->reason.at, (long long)one->from_leaf,
            title_cell(taking, one->asks_kind, one->asks).at, title_cell(taking, one->answers_kind, one->answers).at);
}

static bool judgements_write(struct taking *taking, struct err *err)
{
    fputs("query\tdocument\tscore\tsource\twho\twhen\toutcome\treason\tleaf\tquery_title\tdocument_title\n", taking->file);
    for (size_t i = 0; i < taking->tally->judgements; i++) {
        if (!told(taking, err))
            return false;
        judgement_put(taking, &taking->said[i]);
    }
    return true;
}

static bool about_write(struct taking *taking, struct err *err)
{
    json_t *about = json_object(), *left_out = json_object();

    (void)err;
    json_object_set_new_nocheck(about, "judgements", json_integer((json_int_t)taking->tally->judgements));
    json_object_set_new_nocheck(about, "pairs", json_integer((json_int_t)taking->tally->pairs));
    json_object_set_new_nocheck(about, "until_leaf", json_integer((json_int_t)taking->tally->until));
    for (size_t i = 0; i < UNUSED; i++)
        if (taking->unused[i])
            json_object_set_new_nocheck(left_out, unused_words[i], json_integer((json_int_t)taking->unused[i]));
    json_object_set_new_nocheck(about, "left_out", left_out);
    line_put(taking, about);
    return true;
}

/* --- the whole --- */

static bool corpus_write(struct taking *taking, struct err *err)
{
    return texts_write(taking, &taking->answers, answer_line, err) && open_write(taking, err);
}

static bool queries_write(struct taking *taking, struct err *err)
{
    return texts_write(taking, &taking->asks, asking_line, err);
}

static const struct {
    const char *name;
    bool (*write)(struct taking *, struct err *);
} files[] = {
    {"corpus.jsonl", corpus_write}, {"queries.jsonl", queries_write}, {"qrels.tsv", judgements_write},
    {"about.json", about_write},
};

static bool folder_make(const struct taking *taking, struct err *err)
{
    return mkdir(taking->request->folder, 0700) == 0 || errno == EEXIST || write_failed(taking, "", err);
}

static bool files_write(struct taking *taking, struct err *err)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (!file_open(taking, files[i].name, err)
            || !file_close(taking, files[i].name, files[i].write(taking, err), err))
            return false;
    return true;
}

bool feedback_export(struct sql *sql, const struct feedback_export *request, struct feedback_tally *tally, struct err *err)
{
    struct taking taking = {.sql = sql, .request = request, .tally = tally};
    bool ok;

    *tally = (struct feedback_tally){0};
    arena_init(&taking.texts);
    arena_init(&taking.arena);
    ok = folder_make(&taking, err) && ledger_size(sql, &tally->until, err) && said_read(&taking, err);
    if (ok) {
        versions_take(&taking);
        ok = files_write(&taking, err);
    }
    free(taking.asks.list);
    free(taking.answers.list);
    free(taking.said);
    arena_release(&taking.arena);
    arena_release(&taking.texts);
    return ok;
}
