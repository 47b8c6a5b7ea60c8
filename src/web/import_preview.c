/*
 * What was understood of a table: its columns and where they go, what its first rows come to, what is wrong. Nothing is imported
 * yet. Document: {"preview"}: docs/pages/import_preview*.json
 */
#include "base/json.h"
#include "base/utf8.h"
#include "web/import.h"
#include "web/say.h"
#include "work/import_part.h"

enum { PROBLEMS_SHOWN = 100, SAMPLES_SHOWN = 3, SAMPLE_CHARS = 60, TITLE_CHARS = 80 };

/* How many rows the faults on the page are of. */
static size_t rows_told(const struct upload_look *look)
{
    size_t rows = 0;

    for (size_t i = 0; i < look->problem_count && i < PROBLEMS_SHOWN; i++)
        rows += i == 0 || look->problems[i].line != look->problems[i - 1].line;
    return rows;
}

json_t *import_problems(struct request *request, const struct upload_look *look)
{
    json_t *problems, *rows;

    if (look->problem_count == 0)
        return json_null();
    problems = json_object();
    rows = json_array();
    for (size_t i = 0; i < look->problem_count && i < PROBLEMS_SHOWN; i++) {
        const struct import_fault *from = &look->problems[i];
        json_t *row = json_object();

        json_object_set_new_nocheck(row, "line", json_integer(from->line));
        json_put(row, "column", from->lacking && request->english ? slice_of(from->lacking->label_en) : from->column);
        json_put(row, "value", from->value);
        json_put(row, "expected", say_both(request, say_sentence(request, &from->said, from->message),
                                           say_sentence(request, &from->advised, from->hint)));
        json_array_append_new(rows, row);
    }
    json_object_set_new_nocheck(problems, "total", json_integer(look->tally.bad));
    json_object_set_new_nocheck(problems, "rows", rows);
    json_object_set_new_nocheck(problems, "more", json_boolean(look->tally.bad > (int64_t)rows_told(look)));
    if (look->tally.job)
        json_put(problems, "download", slice_of(arena_print(request->arena, "/import/%lld/bad", (long long)look->id)));
    json_fill(problems, "download");
    return problems;
}

static void option_add(json_t *options, const char *code, const char *label, const char *label_en, const char *target)
{
    json_t *option = label_json(code, label, label_en);

    json_object_set_new_nocheck(option, "selected", json_boolean(strcmp(code, target) == 0));
    json_array_append_new(options, option);
}

static json_t *targets_json(const struct upload_look *look, const char *target)
{
    json_t *options = json_array();

    for (size_t i = 0; i < look->kind->count; i++)
        if (kind_typed(look->kind, i))
            option_add(options, look->kind->fields[i].name, look->kind->fields[i].label, look->kind->fields[i].label_en,
                       target);
    if (look->kind->owned)
        option_add(options, "owner", "所属单位", "Owner", target);
    for (size_t i = 0; i < import_part_count; i++)
        if (import_parts[i].kind == look->kind->id && import_parts[i].name)
            option_add(options, import_parts[i].name, import_parts[i].label, import_parts[i].label_en, target);
    if (!kind_is_past(look->kind))
        option_add(options, "id", "平台编号", "Record id", target);
    return options;
}

/* What the codes in a cell are; empty where there are none, or where they say so themselves. */
static struct slice code_words(const struct request *request, const struct upload_look *look, size_t column, struct slice cell)
{
    int at = look->targets[column] ? kind_field(look->kind, look->targets[column]) : -1;
    const struct field *field = at < 0 ? NULL : &look->kind->fields[at];
    struct slice words;
    struct value value;
    struct err ignored;

    if (!field || field->type != FIELD_CODES || !field_read(field, cell, request->arena, &value, &ignored) || !value.known)
        return SLICE("");
    words = field_words(field, &value, request->english, request->arena);
    return slice_same(words, cell) ? SLICE("") : words;
}

/* The first things that stand in the column, each once. */
static json_t *samples_json(const struct request *request, const struct upload_look *look, size_t column)
{
    json_t *samples = json_array();

    for (size_t r = 0; r < look->samples && json_array_size(samples) < SAMPLES_SHOWN; r++) {
        struct slice cell = slice_trim(look->sample[r][column]), shown = utf8_head(cell, SAMPLE_CHARS);
        bool again = false;

        for (size_t before = 0; before < r; before++)
            again = again || slice_same(slice_trim(look->sample[before][column]), cell);
        if (cell.len && !again) {
            struct slice words = code_words(request, look, column, cell);

            json_array_append_new(samples, json_sprintf("%.*s%s%s%.*s", (int)shown.len, shown.at, shown.len < cell.len ? "…" : "",
                                                        words.len ? " → " : "", (int)words.len, words.at));
        }
    }
    return samples;
}

static json_t *columns_json(struct request *request, const struct upload_look *look)
{
    json_t *columns = json_array();

    for (size_t i = 0; i < look->columns; i++) {
        json_t *column = json_object();

        json_object_set_new_nocheck(column, "index", json_integer((json_int_t)i + 1));
        json_put(column, "header", look->headers[i].len ? look->headers[i]
                                   : slice_of(request->english ? arena_print(request->arena, "Column %zu", i + 1)
                                                               : arena_print(request->arena, "第 %zu 列", i + 1)));
        json_object_set_new_nocheck(column, "samples", samples_json(request, look, i));
        json_object_set_new_nocheck(column, "taken", json_boolean(look->targets[i][0] != '\0'));
        json_object_set_new_nocheck(column, "options", targets_json(look, look->targets[i]));
        json_array_append_new(columns, column);
    }
    return columns;
}

/* Does a column go there, or into a part of it ("rights.number")? */
static bool has_target(const struct upload_look *look, const char *target)
{
    size_t len = strlen(target);

    for (size_t i = 0; i < look->columns; i++)
        if (strncmp(look->targets[i], target, len) == 0 && (look->targets[i][len] == '\0' || look->targets[i][len] == '.'))
            return true;
    return false;
}

/* Required fields that no column goes into; `filled`: those for which something stands in, else those for which nothing does. */
static json_t *missing_json(const struct upload_look *look, bool filled)
{
    json_t *missing = json_array();

    for (size_t f = 0; f < look->kind->count; f++) {
        const struct field *field = &look->kind->fields[f];
        json_t *line;

        if (!field->required || look->filled[f] != filled || has_target(look, field->name))
            continue;
        line = json_object();
        json_object_set_new_nocheck(line, "label", label_json(field->name, field->label, field->label_en));
        json_array_append_new(missing, line);
    }
    return missing;
}

/* Whose the rows are that do not say so; null for kinds that nobody owns. */
static json_t *owner_json(const struct request *request, const struct upload_look *look)
{
    json_t *owner;

    if (!look->kind->owned)
        return json_null();
    owner = json_object();
    json_put(owner, "value", look->owner);
    json_object_set_new_nocheck(owner, "column", json_boolean(has_target(look, "owner")));
    json_object_set_new_nocheck(owner, "own", json_boolean(request->actor.party != 0));
    return owner;
}

/* --- what the rows come to --- */

static json_t *verdict_json(enum import_verdict verdict)
{
    static const struct {
        const char *code, *zh, *en;
    } verdicts[] = {[ROW_FRESH] = {"fresh", "新增", "New"},
                    [ROW_CHANGES] = {"changes", "更新", "Changes"},
                    [ROW_SAME] = {"same", "不变", "As it is"},
                    [ROW_SKIPPED] = {"same", "跳过", "Passed over"},
                    [ROW_BAD] = {"bad", "有错，见下", "Wrong, see below"},
                    [ROW_TWICE] = {"twice", "文件内重复", "Twice in the file"}};

    return label_json(verdicts[verdict].code, verdicts[verdict].zh, verdicts[verdict].en);
}

static json_t *become_json(const struct upload_row *row)
{
    json_t *line = json_object(), *values = json_array();

    json_object_set_new_nocheck(line, "line", json_integer(row->line));
    json_object_set_new_nocheck(line, "verdict", verdict_json(row->verdict));
    json_put(line, "title", utf8_head(row->title, TITLE_CHARS));
    json_put(line, "owner", row->owner);
    for (size_t i = 0; i < row->count; i++) {
        const struct field *field = row->values[i].field;
        struct slice shown = utf8_head(row->values[i].shown, SAMPLE_CHARS);
        json_t *value = json_object();

        json_object_set_new_nocheck(value, "label", label_json(field->name, field->label, field->label_en));
        json_object_set_new_nocheck(value, "value", json_sprintf("%s%.*s%s", field->type == FIELD_MONEY ? "¥" : "",
                                                                 (int)shown.len, shown.at,
                                                                 shown.len < row->values[i].shown.len ? "…" : ""));
        json_array_append_new(values, value);
    }
    json_object_set_new_nocheck(line, "values", values);
    return line;
}

static json_t *becomes_json(const struct upload_look *look)
{
    json_t *becomes = json_array();

    for (size_t i = 0; i < look->row_count; i++)
        json_array_append_new(becomes, become_json(&look->rows[i]));
    return becomes;
}

static json_t *sums_json(const struct import_tally *tally)
{
    json_t *sums = json_object();

    json_object_set_new_nocheck(sums, "rows", json_integer(tally->good + tally->bad));
    json_object_set_new_nocheck(sums, "fresh", json_integer(tally->fresh));
    json_object_set_new_nocheck(sums, "changes", json_integer(tally->changes));
    json_object_set_new_nocheck(sums, "same", json_integer(tally->same + tally->skipped));
    json_object_set_new_nocheck(sums, "bad", json_integer(tally->bad - tally->twice));
    json_object_set_new_nocheck(sums, "twice", json_integer(tally->twice));
    return sums;
}

bool import_preview_page(struct request *request, const struct upload_look *look, const struct err *problem)
{
    json_t *document = json_object(), *preview = json_object();

    json_put(preview, "action", slice_of(arena_print(request->arena, "/import/%lld", (long long)look->id)));
    json_put(preview, "request_id", request_fresh(request));
    json_put(preview, "file", look->name);
    json_object_set_new_nocheck(preview, "kind", label_json(look->kind->name, look->kind->label, look->kind->label_en));
    json_object_set_new_nocheck(preview, "sums", look->named ? sums_json(&look->tally) : json_null());
    json_object_set_new_nocheck(preview, "rest", json_boolean(look->rest));
    json_object_set_new_nocheck(preview, "aside", look->tally.aside ? json_integer(look->tally.aside) : json_null());
    json_object_set_new_nocheck(preview, "remarked", look->tally.remarked ? json_integer(look->tally.remarked) : json_null());
    json_object_set_new_nocheck(preview, "becomes", becomes_json(look));
    json_object_set_new_nocheck(preview, "column_count", json_integer((json_int_t)look->columns));
    json_put(preview, "encoding", look->encoding);
    json_object_set_new_nocheck(preview, "size", json_integer(look->size));
    json_object_set_new_nocheck(preview, "ready", json_boolean(look->named));
    json_object_set_new_nocheck(preview, "missing", missing_json(look, false));
    json_object_set_new_nocheck(preview, "filled", missing_json(look, true));
    json_object_set_new_nocheck(preview, "columns", columns_json(request, look));
    json_object_set_new_nocheck(preview, "owner", owner_json(request, look));
    json_object_set_new_nocheck(preview, "problems", import_problems(request, look));
    if (problem) {
        json_put(preview, "error", say_all(request, problem));
        request->status = 422;
    }
    json_fill(preview, "error");
    json_object_set_new_nocheck(document, "preview", preview);
    return request_page(request, "import_preview", document);
}
