#include "work/judged.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/json.h"
#include "base/utf8.h"
#include "file/jsonl.h"
#include "file/table.h"

enum { NAME_SAID = 40 }; /* characters of an id in a message */

/* --- lists that grow --- */

/* Room for one more; NULL never. */
static void *grown(void *list, size_t count, size_t size)
{
    void *at = count && (count & (count - 1)) ? list : realloc(list, (count ? 2 * count : 1) * size);

    if (!at)
        abort();
    return at;
}

/* "FILE: what went wrong", the line kept. */
static bool of_file(const char *path, struct err *err)
{
    struct err why = *err;

    err_set(err, why.code, "%s：%s", path, why.message);
    if (*why.hint)
        err_hint(err, "%s", why.hint);
    err_line(err, why.line);
    return false;
}

static bool at_line(long line, struct err *err)
{
    struct err why = *err;

    err_set(err, why.code, "第 %ld 行：%s", line, why.message);
    if (*why.hint)
        err_hint(err, "%s", why.hint);
    return err_line(err, line);
}

/* --- names --- */

struct named {
    struct slice name;
    size_t number;
    long line; /* of its file */
};

struct names {
    struct named *list; /* ascending by name once sorted */
    size_t count;
};

static void names_add(struct names *names, struct slice name, size_t number, long line)
{
    names->list = grown(names->list, names->count, sizeof *names->list);
    names->list[names->count++] = (struct named){name, number, line};
}

static int name_order(const struct named *a, const struct named *b)
{
    size_t len = a->name.len < b->name.len ? a->name.len : b->name.len;
    int order = memcmp(a->name.at, b->name.at, len);

    return order ? order : (a->name.len > b->name.len) - (a->name.len < b->name.len);
}

static int by_name(const void *left, const void *right)
{
    return name_order(left, right);
}

static int by_name_and_line(const void *left, const void *right)
{
    const struct named *a = left, *b = right;
    int order = name_order(a, b);

    return order ? order : (a->line > b->line) - (a->line < b->line);
}

/* false: one name stands twice. */
static bool names_sort(struct names *names, struct err *err)
{
    qsort(names->list, names->count, sizeof *names->list, by_name_and_line);
    for (size_t i = 1; i < names->count; i++) {
        const struct named *first = &names->list[i - 1], *again = &names->list[i];
        struct slice said = utf8_head(again->name, NAME_SAID);

        if (name_order(first, again) == 0) {
            err_set(err, ERR_INVALID, "第 %ld 行的 _id“%.*s”在第 %ld 行已经有了", again->line, (int)said.len, said.at,
                    first->line);
            err_hint(err, "每个 _id 只能有一行");
            return err_line(err, again->line);
        }
    }
    return true;
}

static const struct named *names_find(const struct names *names, struct slice name)
{
    struct named wanted = {.name = name};

    return names->count ? bsearch(&wanted, names->list, names->count, sizeof *names->list, by_name) : NULL;
}

/* --- corpus and queries --- */

struct reading {
    struct judged *judged;
    const struct judged_files *files;
    struct names docs, queries, only;
};

typedef void take_text(struct reading *reading, const struct judged_text *text, long line);

static void take_doc(struct reading *reading, const struct judged_text *text, long line)
{
    struct judged *judged = reading->judged;

    names_add(&reading->docs, text->name, judged->doc_count, line);
    judged->docs = grown(judged->docs, judged->doc_count, sizeof *judged->docs);
    judged->docs[judged->doc_count++] = *text;
}

static void take_query(struct reading *reading, const struct judged_text *text, long line)
{
    struct judged *judged = reading->judged;

    if (reading->files->only && !names_find(&reading->only, text->name))
        return;
    names_add(&reading->queries, text->name, judged->query_count, line);
    judged->queries = grown(judged->queries, judged->query_count, sizeof *judged->queries);
    judged->queries[judged->query_count++] = (struct judged_query){.said = *text};
}

static bool name_of(const json_t *object, struct arena *arena, struct slice *name, struct err *err)
{
    const json_t *id = json_object_get(object, "_id");

    if (json_is_integer(id))
        *name = slice_of(arena_print(arena, "%lld", (long long)json_integer_value(id)));
    else
        *name = arena_copy(arena, json_member(object, "_id"));
    return name->len > 0 || err_set(err, ERR_INVALID, "没有 _id") || err_hint(err, "每行要有 _id（文字或整数）、title、text");
}

static bool member_take(const json_t *object, const char *name, struct arena *arena, struct slice *text, struct err *err)
{
    const json_t *member = json_object_get(object, name);

    *text = arena_copy(arena, json_member(object, name));
    return !member || json_is_string(member) || json_is_null(member) || err_set(err, ERR_INVALID, "%s 不是文字", name)
           || err_hint(err, "每行要有 _id（文字或整数）、title、text");
}

static bool text_of(const struct jsonl *jsonl, struct arena *arena, struct judged_text *text, struct err *err)
{
    json_t *object = jsonl_object(jsonl, err);
    bool ok = object
              && ((name_of(object, arena, &text->name, err) && member_take(object, "title", arena, &text->title, err)
                   && member_take(object, "text", arena, &text->text, err)
                   && judged_facts_read(object, arena, &text->facts, err))
                  || at_line(jsonl->row_line, err));

    json_decref(object);
    return ok;
}

static bool texts_take(struct reading *reading, struct source *source, take_text *take, struct err *err)
{
    struct jsonl jsonl;
    struct slice rest = {0};
    struct judged_text text;
    enum jsonl_step step;
    bool ok = true;

    jsonl_init(&jsonl);
    while (ok && (step = jsonl_next(&jsonl, source, &rest, err)) != JSONL_END) {
        ok = step == JSONL_LINE && text_of(&jsonl, &reading->judged->arena, &text, err);
        if (ok)
            take(reading, &text, jsonl.row_line);
    }
    jsonl_release(&jsonl);
    return ok;
}

static bool texts_read(struct reading *reading, const char *path, take_text *take, struct err *err)
{
    struct source *source;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool ok;

    if (fd < 0) {
        err_set(err, ERR_IO, "打不开：%s", strerror(errno));
        return of_file(path, err);
    }
    ok = source_open(fd, 0, &source, err);
    if (ok) {
        source_force_utf8(source);
        ok = texts_take(reading, source, take, err);
        source_close(source);
    }
    close(fd);
    return ok || of_file(path, err);
}

/* --- the ids to keep --- */

static bool only_read(struct reading *reading, const char *path, struct err *err)
{
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;
    long number = 0;
    ssize_t len;

    if (!file) {
        err_set(err, ERR_IO, "打不开：%s", strerror(errno));
        return of_file(path, err);
    }
    while ((len = getline(&line, &room, file)) >= 0) {
        struct slice name = slice_trim((struct slice){line, (size_t)len});

        number++;
        if (name.len)
            names_add(&reading->only, arena_copy(&reading->judged->arena, name), 0, number);
    }
    free(line);
    if (ferror(file)) {
        err_set(err, ERR_IO, "读不了：%s", strerror(errno));
        fclose(file);
        return of_file(path, err);
    }
    fclose(file);
    return names_sort(&reading->only, err) || of_file(path, err);
}

/* Whoever writes an id wrong would else measure on fewer queries than he thinks. */
static bool only_known(const struct reading *reading, const char *path, struct err *err)
{
    for (size_t i = 0; i < reading->only.count; i++) {
        const struct named *one = &reading->only.list[i];
        struct slice said = utf8_head(one->name, NAME_SAID);

        if (!names_find(&reading->queries, one->name)) {
            err_set(err, ERR_INVALID, "查询“%.*s”不在 --queries 里", (int)said.len, said.at);
            at_line(one->line, err);
            return of_file(path, err);
        }
    }
    return true;
}

/* --- judgements --- */

struct judgement {
    size_t query, doc;
    double score;
};

struct judgements {
    struct judgement *list;
    size_t count;
    size_t source; /* the column that says where a judgement comes from; none: behind the last */
};

static bool number_of(struct slice cell, double *number)
{
    char digits[32], *end;

    *number = 0;
    cell = slice_trim(cell);
    if (cell.len == 0 || cell.len >= sizeof digits)
        return false;
    snprintf(digits, sizeof digits, "%.*s", (int)cell.len, cell.at);
    *number = strtod(digits, &end);
    return !*end && isfinite(*number);
}

static bool columns_hint(struct err *err)
{
    return err_hint(err, "三列依次是：查询、文档、分数，用制表符分开");
}

static bool score_read(struct slice cell, double *score, struct err *err)
{
    struct slice said = utf8_head(cell, NAME_SAID);

    return number_of(cell, score) || err_set(err, ERR_INVALID, "分数“%.*s”不是数", (int)said.len, said.at)
           || columns_hint(err);
}

static bool is_level(double score)
{
    return score == 1 || score == 2 || score == 3 || score == 4;
}

static bool judgement_take(struct reading *reading, const struct table_row *row, struct judgements *all,
                           struct err *err)
{
    const struct named *query, *doc;
    struct slice said;
    double score;

    if (row->count < 3)
        return err_set(err, ERR_INVALID, "只有 %zu 列", row->count) || columns_hint(err);
    query = names_find(&reading->queries, slice_trim(row->cells[0]));
    doc = names_find(&reading->docs, slice_trim(row->cells[1]));
    if (!score_read(row->cells[2], &score, err))
        return false;
    if (reading->files->levels && !is_level(score))
        return err_set(err, ERR_INVALID, "等级是“%.*s”", (int)row->cells[2].len, row->cells[2].at) || err_hint(err, "等级写 1 无、2 弱、3 较强、4 强");
    if (!query) {
        reading->judged->passed++;
        return true;
    }
    said = utf8_head(row->cells[1], NAME_SAID);
    if (!doc)
        return err_set(err, ERR_INVALID, "文档“%.*s”不在语料里", (int)said.len, said.at)
               || err_hint(err, "核对 --corpus 与 --qrels 是不是同一套");
    all->list = grown(all->list, all->count, sizeof *all->list);
    all->list[all->count] = (struct judgement){query->number, doc->number, score};
    all->count++;
    reading->judged->fed += all->source < row->count && slice_is(slice_trim(row->cells[all->source]), "feedback");
    return true;
}

/* Without one the first judgement would be lost unseen. */
static bool header_there(const struct table *table, struct err *err)
{
    double number;

    if (table_columns(table) < 3 || !number_of(table_column(table, 2), &number))
        return true;
    err_set(err, ERR_INVALID, "这是评判，不是表头");
    err_hint(err, "第一行写三列的名称，如 query、document、score");
    return at_line(1, err);
}

static size_t source_column(const struct table *table)
{
    size_t column = 3, count = table_columns(table);

    while (column < count && !slice_is(slice_trim(table_column(table, column)), "source"))
        column++;
    return column;
}

static bool judgements_take(struct reading *reading, struct table *table, struct judgements *all, struct err *err)
{
    struct table_row row;

    all->source = source_column(table);
    for (;;)
        switch (table_next(table, &row, err)) {
        case TABLE_ROW:
            if (!judgement_take(reading, &row, all, err))
                return at_line(row.line, err);
            break;
        case TABLE_END:
            return all->count > 0 || err_set(err, ERR_INVALID, "没有一条是这些查询的评判")
                   || err_hint(err, "第一行是表头；核对 --queries 与 --qrels 是不是同一套");
        default:
            return false;
        }
}

static int by_pair(const void *left, const void *right)
{
    const struct judgement *a = left, *b = right;

    if (a->query != b->query)
        return a->query < b->query ? -1 : 1;
    if (a->doc != b->doc)
        return a->doc < b->doc ? -1 : 1;
    return a->score < b->score ? -1 : a->score > b->score;
}

/* Judgements of one pair become one pair with all their scores. */
static void judgements_unite(struct judged *judged, struct judgements *all)
{
    qsort(all->list, all->count, sizeof *all->list, by_pair);
    judged->scores = malloc(all->count * sizeof *judged->scores);
    judged->pairs = malloc(all->count * sizeof *judged->pairs);
    if (!judged->scores || !judged->pairs)
        abort();
    for (size_t j = 0; j < all->count; j++) {
        const struct judgement *one = &all->list[j];
        struct judged_pair *pair = judged->pair_count ? &judged->pairs[judged->pair_count - 1] : NULL;
        struct judged_query *query = &judged->queries[one->query];

        if (!pair || pair->query != one->query || pair->doc != one->doc) {
            if (query->count++ == 0)
                query->first = judged->pair_count;
            judged->pairs[judged->pair_count++] = (struct judged_pair){one->query, one->doc, j, 0};
        }
        judged->pairs[judged->pair_count - 1].count++;
        judged->scores[judged->score_count++] = one->score;
    }
}

static bool judgements_read(struct reading *reading, const char *path, struct err *err)
{
    struct judgements all = {0};
    struct table *table;
    bool ok = table_open(path, NULL, &table, err);

    if (ok) {
        ok = header_there(table, err) && judgements_take(reading, table, &all, err);
        table_close(table);
    }
    if (ok)
        judgements_unite(reading->judged, &all);
    free(all.list);
    return ok || of_file(path, err);
}

/* --- how far feedback goes --- */

static bool about_read(struct judged *judged, const char *path, struct err *err)
{
    json_error_t why;
    json_t *about = json_load_file(path, 0, &why), *until = json_object_get(about, "until_leaf");
    bool ok = json_is_integer(until) && json_integer_value(until) >= 0;

    if (ok)
        judged->until = (uint64_t)json_integer_value(until);
    json_decref(about);
    return ok || err_set(err, ERR_INVALID, "%s：没有说反馈取到账本第几条", path) || err_hint(err, "请用 tieqiao export feedback 重新取出");
}

bool judged_read(struct judged *judged, const struct judged_files *files, struct err *err)
{
    struct reading reading = {.judged = judged, .files = files};
    bool ok;

    *judged = (struct judged){0};
    arena_init(&judged->arena);
    ok = (!files->only || only_read(&reading, files->only, err)) && texts_read(&reading, files->corpus, take_doc, err)
         && (names_sort(&reading.docs, err) || of_file(files->corpus, err))
         && texts_read(&reading, files->queries, take_query, err)
         && (names_sort(&reading.queries, err) || of_file(files->queries, err)) && only_known(&reading, files->only, err)
         && judgements_read(&reading, files->qrels, err) && (!files->about || about_read(judged, files->about, err));
    free(reading.docs.list);
    free(reading.queries.list);
    free(reading.only.list);
    if (!ok)
        judged_release(judged);
    return ok;
}

void judged_release(struct judged *judged)
{
    free(judged->docs);
    free(judged->queries);
    free(judged->pairs);
    free(judged->scores);
    arena_release(&judged->arena);
}

double judged_median(const struct judged *judged, const struct judged_pair *pair)
{
    const double *scores = judged->scores + pair->first;

    return (scores[(pair->count - 1) / 2] + scores[pair->count / 2]) / 2;
}
