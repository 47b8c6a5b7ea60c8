/*
 * Which column of somebody's table goes where: made from the headers, changed by a person, kept with the job.
 *
 *   import_plan_make    matches headers to a kind's fields by label, English label, name and the field's further headers
 *   import_plan_guess   the kind whose fields most headers belong to
 *   import_plan_map     "预算=budget": a person's word; "备注=" leaves the column out
 *   import_plan_fill    "abstract=title": what a blank field takes; "abstract=@row" puts a plain sentence together
 *   import_plan_json    the plan as it is kept; import_plan_read takes it back
 *
 * Headers are compared after NFKC, without case, blanks and punctuation, also without what stands in brackets behind
 * them. "预算(万元)" gives plain numbers in the column their unit; a column in foreign money is never taken for yuan.
 *
 * Beside the fields a column may be: "owner" (whose record it is, by name or code), "id" (平台编号 or
 * platform_id, as exports write it), or a part of what makes up one field, see import_part.h ("rights.number" …).
 */
#ifndef TQ_WORK_IMPORT_PLAN_H
#define TQ_WORK_IMPORT_PLAN_H

#include "record/kind.h"

enum import_role { IMPORT_LEFT, IMPORT_FIELD, IMPORT_PART, IMPORT_OWNER, IMPORT_ID };

struct import_column {
    struct slice header;
    enum import_role role;
    size_t index;     /* of the field, or of the part (import_part.h) */
    const char *unit; /* "万元", "亿元" or "": of plain numbers in a column of money */
};

enum import_fill_from { FILL_NOTHING, FILL_FIELD, FILL_ROW };

struct import_fill {
    enum import_fill_from from;
    size_t field; /* FILL_FIELD: whose text it takes */
};

struct import_plan {
    const struct kind *kind;
    struct import_column *columns; /* one for each of the table's, in the arena */
    size_t count;
    struct import_fill fills[FIELDS_MAX];
};

/* Memory from arena, headers are copied. A field takes the first column that fits; lists and prose take all. */
void import_plan_make(const struct kind *kind, const struct slice *headers, size_t count, struct arena *arena,
                      struct import_plan *plan);

/* NULL if no header belongs anywhere. */
const struct kind *import_plan_guess(const struct slice *headers, size_t count);

/* How many columns are taken. */
size_t import_plan_taken(const struct import_plan *plan);

/* Does a row say which record it is: by name, by 平台编号, or by what fills the name in? Without that nothing can be checked. */
bool import_plan_named(const struct import_plan *plan);

/* After a person has moved columns: what fills a blank abstract in follows them. */
void import_plan_settle(struct import_plan *plan);

/* A column by its place, as a form sends it; target "" leaves it out. ERR_INVALID: no such target. */
bool import_plan_set(struct import_plan *plan, size_t column, struct slice target, struct err *err);

/* "title", "owner", "rights.number" …; "" for a column that is left out. */
const char *import_plan_target(const struct import_plan *plan, size_t column);

bool import_plan_map(struct import_plan *plan, struct slice typed, struct err *err);
bool import_plan_fill(struct import_plan *plan, struct slice typed, struct err *err);

json_t *import_plan_json(const struct import_plan *plan);
bool import_plan_read(const json_t *json, const struct kind *kind, struct arena *arena, struct import_plan *plan,
                      struct err *err);

#endif
