/* The values of a paper by name, and patterns with places for them. */
#include "paper/paper.h"

#include <assert.h>
#include <stdarg.h>

#include "base/clock.h"
#include "base/money.h"
#include "base/text.h"

void fill_init(struct paper_fill *fill, struct arena *arena)
{
    *fill = (struct paper_fill){.values = {.arena = arena}, .code = SLICE("")};
}

static struct paper_value *find(const struct paper_values *values, struct slice name)
{
    for (size_t i = 0; i < values->count; i++)
        if (slice_is(name, values->list[i].name))
            return &values->list[i];
    return NULL;
}

/* The value of that name, made where there is none. */
static struct paper_value *at(struct paper_values *values, const char *name)
{
    struct paper_value *value = find(values, slice_of(name));

    if (value)
        return value;
    if (values->count == values->room) {
        size_t room = values->room ? values->room * 2 : 16;
        struct paper_value *list = arena_alloc(values->arena, room * sizeof *list);

        if (values->count)
            memcpy(list, values->list, values->count * sizeof *list);
        values->list = list;
        values->room = room;
    }
    return &values->list[values->count++];
}

void fill_put(struct paper_values *values, const char *name, struct slice text)
{
    *at(values, name) = (struct paper_value){.name = name, .text = arena_copy(values->arena, text)};
}

void fill_print(struct paper_values *values, const char *name, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    *at(values, name) = (struct paper_value){.name = name, .text = slice_of(arena_vprint(values->arena, format, args))};
    va_end(args);
}

/* "1,500,000.00" */
static struct slice grouped(int64_t fen, struct arena *arena)
{
    char plain[MONEY_TEXT], out[MONEY_TEXT * 2];
    size_t len = strlen(money_show_plain(fen, plain)), whole = len - 3, to = 0;

    for (size_t i = 0; i < len; i++) {
        if (i && i < whole && (whole - i) % 3 == 0)
            out[to++] = ',';
        out[to++] = plain[i];
    }
    return arena_copy(arena, (struct slice){out, to});
}

void fill_money(struct paper_values *values, const char *name, int64_t fen)
{
    *at(values, name) =
        (struct paper_value){.name = name, .text = grouped(fen, values->arena), .money = true, .fen = fen};
}

void fill_day(struct paper_values *values, const char *name, int32_t day)
{
    int year, month, of_month;

    if (!day) {
        fill_put(values, name, SLICE(""));
        return;
    }
    day_to_ymd(day, &year, &month, &of_month);
    fill_print(values, name, "%d年%d月%d日", year, month, of_month);
}

struct paper_values *fill_row(struct paper_fill *fill, const char *name)
{
    struct arena *arena = fill->values.arena;
    struct paper_list *list = (struct paper_list *)fill_list(fill, slice_of(name));
    struct paper_values *row = arena_zero(arena, 1, sizeof *row);

    if (!list) {
        assert(fill->list_count < PAPER_LISTS);
        list = &fill->lists[fill->list_count++];
        *list = (struct paper_list){.name = name};
    }
    if (list->count == list->room) {
        size_t room = list->room ? list->room * 2 : 16;
        struct paper_values **rows = arena_alloc(arena, room * sizeof(struct paper_values *));

        if (list->count)
            memcpy(rows, list->rows, list->count * sizeof *rows);
        list->rows = rows;
        list->room = room;
    }
    row->arena = arena;
    return list->rows[list->count++] = row;
}

const struct paper_value *fill_find(const struct paper_fill *fill, const struct paper_values *row, struct slice name)
{
    const struct paper_value *value = row ? find(row, name) : NULL;

    return value ? value : find(&fill->values, name);
}

const struct paper_list *fill_list(const struct paper_fill *fill, struct slice name)
{
    for (size_t i = 0; i < fill->list_count; i++)
        if (slice_is(name, fill->lists[i].name))
            return &fill->lists[i];
    return NULL;
}

/* --- patterns --- */

struct slice paper_expand(const char *pattern, const struct paper_fill *fill, const struct paper_values *row,
                          struct arena *arena)
{
    const char *from = pattern, *open, *close;
    struct slice made;
    struct text out;

    text_init(&out);
    while ((open = strstr(from, "{{")) && (close = strstr(open, "}}"))) {
        const struct paper_value *value = fill_find(fill, row, (struct slice){open + 2, (size_t)(close - open) - 2});

        text_add(&out, from, (size_t)(open - from));
        if (value)
            text_add_slice(&out, value->text);
        from = close + 2;
    }
    text_puts(&out, from);
    made = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return made;
}

bool paper_stands(const struct paper_block *block, const struct paper_fill *fill)
{
    const struct paper_value *value = block->when ? fill_find(fill, NULL, slice_of(block->when)) : NULL;

    return !block->when || (value && value->text.len > 0);
}

const char *paper_label(const struct paper_cell *cell)
{
    return cell->label ? cell->label : cell->name;
}
