/* A table's cells become what would have been typed into a form. */
#include "base/clock.h"
#include "base/utf8.h"
#include "record/choice.h"
#include "work/import_int.h"
#include "work/import_part.h"

enum { VALUE_SHOWN = 60, NOTE_CHARS = 500 };

void problem_add(struct problems *problems, const struct import_plan *plan, int column, struct slice value,
                 const struct err *err)
{
    struct import_problem *to;

    if (problems->count == IMPORT_PROBLEMS)
        return;
    to = &problems->list[problems->count++];
    *to = (struct import_problem){.column = column, .header = SLICE(""), .value = utf8_head(value, VALUE_SHOWN)};
    if (column >= 0)
        to->header = plan->columns[column].header;
    to->err = *err;
}

static size_t part_field(const struct import_plan *plan, size_t part)
{
    return (size_t)kind_field(plan->kind, import_parts[part].field);
}

int plan_column_of(const struct import_plan *plan, size_t field)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].role == IMPORT_FIELD && plan->columns[i].index == field)
            return (int)i;
    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].role == IMPORT_PART && part_field(plan, plan->columns[i].index) == field)
            return (int)i;
    return NO_COLUMN;
}

/* --- cells --- */

/* What people write into a cell that they leave empty. */
static bool stands_empty(struct slice cell)
{
    static const char *const marks[] = {"/", "-", "--", "—", "——", "\\", "N/A"};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (slice_is(cell, marks[i]))
            return true;
    return cell.len == 0;
}

/* What people write where no sum is agreed. */
static bool names_no_sum(struct slice cell)
{
    static const char *const words[] = {"面议", "价格面议", "待议", "待定", "另议", "协商", "暂无", "无", "不限"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_is(cell, words[i]))
            return true;
    return false;
}

/*
 * A day that a spreadsheet has lost the form of: its number, counted from 1899-12-30, and only such as stand for 1954 to 2079.
 * Anything else stays as it is.
 */
static struct slice day_of_serial(struct slice cell, struct arena *arena)
{
    enum { FROM_1954 = 20000, TO_2079 = 65535, EPOCH = -25569 };
    int serial = 0;

    if (cell.len != 5)
        return cell;
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.at[i] < '0' || cell.at[i] > '9')
            return cell;
        serial = serial * 10 + cell.at[i] - '0';
    }
    if (serial < FROM_1954 || serial > TO_2079)
        return cell;
    return slice_of(day_show(serial + EPOCH, arena_alloc(arena, CLOCK_TEXT)));
}

/* A plain number takes the unit that the header names. */
static struct slice with_unit(struct slice cell, const char *unit, struct arena *arena)
{
    struct slice folded = utf8_nfkc(cell, arena);

    if (!unit || !*unit)
        return cell;
    for (size_t i = 0; i < folded.len; i++)
        if (!strchr("0123456789,. ", folded.at[i]) || !folded.at[i])
            return cell;
    return slice_of(arena_print(arena, "%.*s%s", (int)folded.len, folded.at, unit));
}

static void field_put(const struct field *field, struct slice cell, struct slice *to, struct arena *arena)
{
    const char *between = field_is_list(field->type) || field->type == FIELD_PROSE ? "\n" : " ";

    if (!to->at)
        *to = cell;
    else
        *to = slice_of(arena_print(arena, "%.*s%s%.*s", (int)to->len, to->at, between, (int)cell.len, cell.at));
}

static void note_put(const struct import_part *part, struct slice cell, struct slice *to, struct arena *arena)
{
    struct slice note = utf8_head(cell, NOTE_CHARS);
    const char *between = to->at ? "；" : "";

    *to = slice_of(arena_print(arena, "%.*s%s%s：%.*s", (int)to->len, to->at ? to->at : "", between, part->label,
                               (int)note.len, note.at));
}

/* --- a right out of its parts --- */

struct right_parts {
    struct slice texts[PART_STATUS + 1];
    bool any;
};

static int column_of_part(const struct import_plan *plan, enum part_use use)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].role == IMPORT_PART && import_parts[plan->columns[i].index].use == use)
            return (int)i;
    return NO_COLUMN;
}

/* Without blanks and what would part the words of a right. */
static struct slice closed_up(struct slice text, struct arena *arena)
{
    struct slice folded = utf8_nfkc(text, arena);
    char *out = arena_alloc(arena, folded.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < folded.len; i++)
        if (!strchr(" \t\r\n,", folded.at[i]))
            out[len++] = folded.at[i];
    return (struct slice){out, len};
}

/* "2021-01-29 00:00:00", as spreadsheets write a day */
static struct slice without_hours(struct slice text)
{
    const char *blank = text.len > 10 ? memchr(text.at, ' ', text.len) : NULL;

    return blank ? (struct slice){text.at, (size_t)(blank - text.at)} : text;
}

static bool right_sort(const struct right_parts *parts, struct slice number, struct slice *sort, struct err *err)
{
    *sort = part_right_sort(parts->texts[PART_SORT], number);
    if (sort->len)
        return true;
    err_set(err, ERR_INVALID, "看不出是哪一类知识产权");
    return err_hint(err, "在“专利类型”一列填：发明专利、实用新型、外观设计、软件著作权、国际申请……");
}

static bool right_filed(const struct right_parts *parts, char filed[11], struct arena *arena, struct err *err)
{
    struct slice text = without_hours(slice_trim(utf8_nfkc(parts->texts[PART_FILED], arena)));

    filed[0] = '\0';
    if (text.len == 0 || day_read(text, filed))
        return true;
    err_set(err, ERR_INVALID, "申请日“%.*s”不对", (int)utf8_head(text, 30).len, text.at);
    return err_hint(err, "填真实存在的日期，如 2021-01-29");
}

static void right_compose(const struct import_plan *plan, const struct right_parts *parts, struct slice *to,
                          struct arena *arena, struct problems *problems)
{
    struct slice number = closed_up(parts->texts[PART_NUMBER], arena), sort, status;
    char filed[11];
    struct err err;

    if (!right_sort(parts, number, &sort, &err)) {
        int column = column_of_part(plan, PART_SORT);

        problem_add(problems, plan, column >= 0 ? column : column_of_part(plan, PART_NUMBER), parts->texts[PART_SORT],
                    &err);
        return;
    }
    if (!right_filed(parts, filed, arena, &err)) {
        problem_add(problems, plan, column_of_part(plan, PART_FILED), parts->texts[PART_FILED], &err);
        return;
    }
    status = closed_up(parts->texts[PART_STATUS], arena);
    *to = slice_of(arena_print(arena, "%.*s %.*s %s %.*s", (int)sort.len, sort.at, (int)number.len, number.at, filed,
                               (int)status.len, status.at));
}

/* --- other people's words --- */

/* Ways of transfer in an inventory's words. */
static struct slice ways_translate(struct slice typed, struct arena *arena)
{
    static const char marks[][4] = {"、", "；", "，", ";", ",", "/", "\n"};
    struct text out;
    struct slice made;
    size_t start = 0;

    text_init(&out);
    for (size_t i = 0; i <= typed.len; i++) {
        size_t mark = 0;

        for (size_t m = 0; m < sizeof marks / sizeof *marks && !mark; m++)
            if (i + strlen(marks[m]) <= typed.len && memcmp(typed.at + i, marks[m], strlen(marks[m])) == 0)
                mark = strlen(marks[m]);
        if (!mark && i < typed.len)
            continue;
        text_add_slice(&out, part_way((struct slice){typed.at + start, i - start}));
        text_putc(&out, '\n');
        start = i + mark;
        i += mark ? mark - 1 : 0;
    }
    made = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return made;
}

static bool reads(const struct field *field, struct slice typed, struct arena *arena)
{
    struct value ignored;
    struct err err;

    return field_read(field, typed, arena, &ignored, &err);
}

/*
 * Inventories say "中试" where a level is asked for, "B22F 9/24(2006.01)I" where a class is. A level that is no number
 * is kept as a note: to make a number of it would be our invention.
 */
static void inventory_words(const struct import_plan *plan, struct slice *typed, struct arena *arena)
{
    static const struct import_part level = {.label = "技术成熟度"};
    int ways = kind_field(plan->kind, "ways"), trl = kind_field(plan->kind, "trl"),
        evidence = kind_field(plan->kind, "evidence"), ipc = kind_field(plan->kind, "ipc");
    const char *bracket;

    if (plan->kind->id != KIND_ACHIEVEMENT)
        return;
    if (typed[ways].at && !reads(&plan->kind->fields[ways], typed[ways], arena))
        typed[ways] = ways_translate(typed[ways], arena);
    if (typed[trl].at && !strpbrk(arena_text(arena, utf8_nfkc(typed[trl], arena)), "0123456789")) {
        note_put(&level, typed[trl], &typed[evidence], arena);
        typed[trl] = (struct slice){0};
    }
    if (typed[ipc].at && (bracket = memchr(typed[ipc].at, '(', typed[ipc].len)))
        typed[ipc].len = (size_t)(bracket - typed[ipc].at);
}

/* --- filling --- */

/* The first sentence, in one line, of at most `most` characters. */
static struct slice first_sentence(struct slice text, size_t most)
{
    static const char *const ends[] = {"。", "\n", "！", "？", ". "};
    struct slice head = utf8_head(slice_trim(text), most);

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const char *at = head.len ? memmem(head.at, head.len, ends[i], strlen(ends[i])) : NULL;

        if (at && at > head.at)
            head.len = (size_t)(at - head.at);
    }
    return head;
}

static void sentence_add(struct text *out, const struct field *field, struct slice typed)
{
    bool last_mark = false;

    text_puts(out, field->label);
    text_puts(out, "：");
    for (size_t i = 0; i < typed.len; i++) {
        bool mark = typed.at[i] == '\n';

        if (mark && !last_mark && i + 1 < typed.len)
            text_puts(out, "、");
        else if (!mark)
            text_putc(out, typed.at[i]);
        last_mark = mark;
    }
    text_puts(out, "。");
}

/* Only what everybody may see anyway goes into the sentence, and nothing that the row does not say. */
static bool says_something(const struct field *field)
{
    return field->level == LEVEL_PUBLIC && field->type != FIELD_PROSE && field->type != FIELD_CODES
           && field->type != FIELD_PARTY && field->type != FIELD_PERSON && field->type != FIELD_MONEY;
}

static struct slice row_sentence(const struct import_plan *plan, const struct slice *typed, struct arena *arena)
{
    const struct kind *kind = plan->kind;
    struct slice made;
    struct text out;

    text_init(&out);
    if (typed[kind->title].at) {
        text_add_slice(&out, typed[kind->title]);
        text_puts(&out, "。");
    }
    for (size_t i = 0; i < kind->count; i++)
        if (i != kind->title && typed[i].at && says_something(&kind->fields[i]))
            sentence_add(&out, &kind->fields[i], typed[i]);
    text_puts(&out, "原表没有摘要，这里只列出表中各栏所写。");
    made = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return made;
}

static void fill(const struct import_plan *plan, size_t index, struct slice *typed, struct arena *arena)
{
    const struct import_fill *from = &plan->fills[index];
    const struct field *field = &plan->kind->fields[index];

    if (typed[index].at || from->from == FILL_NOTHING)
        return;
    if (from->from == FILL_ROW)
        typed[index] = row_sentence(plan, typed, arena);
    else if (typed[from->field].at && field->type == FIELD_LINE)
        typed[index] = first_sentence(typed[from->field], field->max ? (size_t)field->max : 200);
    else
        typed[index] = typed[from->field];
}

/* --- the row --- */

static void cell_put(const struct import_plan *plan, int column, struct slice cell, struct typed_row *out,
                     struct right_parts *right, struct arena *arena)
{
    const struct import_column *to = &plan->columns[column];
    const struct import_part *part = to->role == IMPORT_PART ? &import_parts[to->index] : NULL;
    const struct field *field = to->role == IMPORT_FIELD ? &plan->kind->fields[to->index] : NULL;

    if (!field || !field_is_list(field->type))
        cell = slice_trim(cell); /* a line end behind a list says that its items stand on lines (field.h) */
    switch (to->role) {
    case IMPORT_FIELD:
        if (field->type == FIELD_MONEY && names_no_sum(cell))
            break;
        if (field->type == FIELD_MONEY)
            cell = with_unit(cell, to->unit, arena);
        if (field->type == FIELD_DATE)
            cell = day_of_serial(cell, arena);
        field_put(field, cell, &out->typed[to->index], arena);
        break;
    case IMPORT_PART:
        if (part->use == PART_NOTE) {
            note_put(part, cell, &out->typed[part_field(plan, to->index)], arena);
            break;
        }
        right->texts[part->use] = part->use == PART_FILED ? day_of_serial(cell, arena) : cell;
        right->any = true;
        break;
    case IMPORT_OWNER:
        out->owner = cell;
        break;
    case IMPORT_ID:
        out->id = cell;
        break;
    case IMPORT_LEFT:
        break;
    }
}

void row_type(const struct import_plan *plan, const struct table_row *row, struct arena *arena, struct typed_row *out,
              struct problems *problems)
{
    struct right_parts right = {.any = false};
    int rights = kind_field(plan->kind, "rights");

    *out = (struct typed_row){.owner = SLICE(""), .id = SLICE("")};
    for (size_t i = 0; i < sizeof right.texts / sizeof *right.texts; i++)
        right.texts[i] = SLICE("");
    for (size_t i = 0; i < plan->count && i < row->count; i++) {
        if (plan->columns[i].role != IMPORT_LEFT && !stands_empty(slice_trim(row->cells[i])))
            cell_put(plan, (int)i, row->cells[i], out, &right, arena);
    }
    if (right.any && rights >= 0 && !out->typed[rights].at)
        right_compose(plan, &right, &out->typed[rights], arena, problems);
    inventory_words(plan, out->typed, arena);
    for (size_t i = 0; i < plan->kind->count; i++)
        fill(plan, i, out->typed, arena);
}
