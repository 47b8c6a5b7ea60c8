/* The SQL of a definition: what its file leaves out is filled in, {name} becomes a table as it stood at the leaf. */
#include "base/text.h"
#include "work/indicator_int.h"
#include "work/matter.h"

enum { OF_MOST = 80, ALSO_MOST = 8, NAME_MOST = 60 };

static const char *const columns[LINE_COLUMNS] = {
    [LINE_ID] = "line", [LINE_LEAF] = "leaf", [LINE_DAY] = "day", [LINE_DAY_MS] = "day_ms", [LINE_UNTIL] = "until", [LINE_LAST] = "last_day", [LINE_SINCE] = "since_day",
    [LINE_SINCE_MS] = "since_ms", [LINE_DONE] = "done", [LINE_DONE_MS] = "done_ms", [LINE_VALUE] = "value", [LINE_BASE] = "base",
    [LINE_REGION] = "region", [LINE_PARTY] = "party", [LINE_RECORD] = "record",
};

static bool is_text(size_t column)
{
    return column == LINE_DAY || column == LINE_UNTIL || column == LINE_LAST || column == LINE_SINCE || column == LINE_DONE || column == LINE_REGION;
}

static const struct kind *kind_of(struct slice name)
{
    char copy[NAME_MOST + 1];

    if (!name.len || name.len > NAME_MOST)
        return NULL;
    memcpy(copy, name.at, name.len);
    copy[name.len] = '\0';
    return kind_stored(copy);
}

static bool no_kind(struct slice name, struct err *err)
{
    return err_set(err, ERR_INVALID, "没有“%.*s”这种记录", (int)(name.len > NAME_MOST ? NAME_MOST : name.len), name.at);
}

/* {name}, {*} and [*]; `kind` is what * stands for. */
static bool expand(struct slice sql, const char *kind, struct text *out, struct err *err)
{
    for (size_t i = 0; i < sql.len; i++) {
        const char *end = sql.at[i] == '{' ? memchr(sql.at + i, '}', sql.len - i) : NULL;
        struct slice name = {sql.at + i + 1, end ? (size_t)(end - sql.at) - i - 1 : 0};

        if (sql.at[i] == ';')
            return err_set(err, ERR_INVALID, "SQL 里不能有分号");
        if (sql.at[i] == '[' && sql.len - i >= 3 && memcmp(sql.at + i, "[*]", 3) == 0) {
            text_puts(out, kind);
            i += 2;
        } else if (sql.at[i] != '{') {
            text_putc(out, sql.at[i]);
        } else {
            if (slice_is(name, "*"))
                name = slice_of(kind);
            if (!kind_of(name))
                return no_kind(name, err);
            text_print(out, "(SELECT * FROM %s WHERE from_leaf <= ?2 AND (to_leaf IS NULL OR to_leaf > ?2))", kind_of(name)->name);
            i = (size_t)(end - sql.at);
        }
    }
    return true;
}

static bool column_add(const struct indicator_parts *parts, size_t column, const char *kind, struct text *out, struct err *err)
{
    struct slice sql = parts->columns[column];

    if (!sql.len && (column == LINE_ID || column == LINE_RECORD))
        sql = SLICE("x.id");
    if (!sql.len && column == LINE_LEAF)
        sql = SLICE("x.from_leaf");
    text_print(out, "%sCAST(", column ? ", " : "SELECT ");
    if (!sql.len)
        text_puts(out, "NULL");
    else if (!expand(sql, kind, out, err))
        return err_field(err, columns[column]);
    text_print(out, " AS %s)", is_text(column) ? "TEXT" : "BIGINT");
    return true;
}

static bool statement_make(const struct indicator_parts *parts, const char *kind, struct arena *arena, const char **statement, struct err *err)
{
    struct text out;
    bool ok = true;

    text_init(&out);
    for (size_t i = 0; ok && i < LINE_COLUMNS; i++)
        ok = column_add(parts, i, kind, &out, err);
    if (ok)
        text_puts(&out, " FROM ");
    ok = ok && (expand(parts->from, kind, &out, err) || err_field(err, "from"));
    if (ok)
        text_puts(&out, " WHERE x.id = ?1");
    if (ok && parts->where.len) {
        text_puts(&out, " AND (");
        ok = expand(parts->where, kind, &out, err) || err_field(err, "where");
        text_putc(&out, ')');
    }
    if (ok && !strstr(out.at, "?2"))
        ok = err_set(err, ERR_INVALID, "没有按账本的位置取记录：写 {表名}，或者用 ?2");
    if (ok)
        *statement = arena_text(arena, text_slice(&out));
    text_release(&out);
    return ok;
}

static bool of_add(const struct indicator_parts *parts, const struct kind *kind, struct arena *arena, struct definition *definition, struct err *err)
{
    struct indicator_of *of = &definition->of[definition->of_count++];
    struct slice rest = parts->record, record = SLICE("");

    if (rest.len)
        slice_cut(&rest, ' ', &record);
    if (record.len && !kind_of(record))
        return no_kind(record, err) || err_field(err, "record");
    *of = (struct indicator_of){.kind = kind->name, .record = record.len ? kind_of(record)->name : kind->name};
    return statement_make(parts, kind->name, arena, &of->statement, err);
}

static bool of_read(const struct indicator_parts *parts, struct arena *arena, struct definition *definition, struct err *err)
{
    struct slice rest = parts->of, name;

    definition->of = arena_zero(arena, OF_MOST, sizeof *definition->of);
    if (slice_is(parts->of, "*")) {
        for (size_t i = 0; i < matter_sort_count && i < OF_MOST; i++)
            if (!of_add(parts, matter_sorts[i]->kind, arena, definition, err))
                return false;
        return true;
    }
    while (slice_cut(&rest, ' ', &name)) {
        if (!name.len)
            continue;
        if (!kind_of(name))
            return no_kind(name, err) || err_field(err, "of");
        if (definition->of_count == OF_MOST)
            return err_set(err, ERR_INVALID, "of 里最多 %d 种记录", OF_MOST);
        if (!of_add(parts, kind_of(name), arena, definition, err))
            return false;
    }
    return true;
}

static bool also_read(const struct indicator_parts *parts, struct arena *arena, struct definition *definition, struct err *err)
{
    struct slice rest = parts->also, piece, name;

    definition->also = arena_zero(arena, ALSO_MOST, sizeof *definition->also);
    while (slice_cut(&rest, ' ', &piece)) {
        struct slice column = piece;
        const struct kind *kind;

        if (!piece.len)
            continue;
        slice_cut(&column, '.', &name);
        kind = kind_of(name);
        if (!kind || (!slice_is(column, "owner") && kind_field(kind, arena_text(arena, column)) < 0))
            return err_set(err, ERR_INVALID, "没有“%.*s”：also 写成“记录.字段”", (int)(piece.len > 80 ? 80 : piece.len), piece.at) || err_field(err, "also");
        if (definition->also_count == ALSO_MOST)
            return err_set(err, ERR_INVALID, "also 里最多 %d 个", ALSO_MOST);
        definition->also[definition->also_count++] = (struct indicator_also){
            .kind = kind->name,
            .ids = arena_print(arena, "SELECT DISTINCT %.*s FROM %s WHERE id = ?1 AND from_leaf <= ?2 AND %.*s IS NOT NULL", (int)column.len, column.at, kind->name,
                               (int)column.len, column.at)};
    }
    return true;
}

bool indicator_build(const struct indicator_parts *parts, struct arena *arena, struct definition *definition, struct err *err)
{
    struct indicator_parts with = *parts;
    struct slice record = parts->record, kind;

    /* "deal x.deal": the kind, and where its id is */
    if (record.len) {
        slice_cut(&record, ' ', &kind);
        with.columns[LINE_RECORD] = slice_trim(record);
        if (!with.columns[LINE_RECORD].len)
            return err_set(err, ERR_INVALID, "record 写成“记录 SQL”") || err_field(err, "record");
    }
    return of_read(&with, arena, definition, err) && also_read(parts, arena, definition, err);
}
