/* tieqiao plan FILE: an action plan with its targets, by a command on a city that nobody serves. */
#include "base/clock.h"
#include "cli/verb.h"
#include "work/plan_sheet.h"

static bool bring(struct city *city, struct plan_sheet *sheet, const char *path, struct err *err)
{
    struct table *table;
    bool ok;

    if (!table_open(path, NULL, &table, err))
        return false;
    ok = plan_sheet_read(sheet, table, err);
    table_close(table);
    return ok && (!sheet->count || store_write(city->store, sheet->request_id, plan_sheet_step, sheet, err) == STORE_DONE);
}

int verb_plan(int argc, char **argv, const struct where *where)
{
    struct plan_sheet sheet = {.time_ms = clock_ms()};
    struct actor program;
    struct city *city;
    struct arena arena;
    struct err err;
    bool ok;

    if (argc != 2)
        return verb_usage("用法：tieqiao plan 计划.csv|.tsv|.xlsx");
    table_reader(reader_path());
    if (!verb_open(where, VERB_ALONE, &city, &err))
        return verb_failed(&err);
    arena_init(&arena);
    actor_program(&program);
    sheet.law = &city->law;
    sheet.actor = &program;
    sheet.arena = &arena;
    ok = bring(city, &sheet, argv[1], &err);
    if (ok)
        verb_print(arena_print(&arena, "写入 %zu 项行动、%zu 个目标，另外 %zu 行已经有了", sheet.actions, sheet.targets, sheet.kept));
    arena_release(&arena);
    city_close(city);
    return ok ? EXIT_DONE : verb_failed(&err);
}
