/* tieqiao fact FILE: a department's list as facts about firms, by a command on a city that nobody serves. */
#include "base/clock.h"
#include "base/ident.h"
#include "cli/verb.h"
#include "work/fact_sheet.h"

static const char usage[] = "用法：tieqiao fact 名单.csv|.xlsx [--issuer 提供部门] [--issued-on 日期] [--until 日期] [--year 年度]";

struct bringing {
    struct city *city;
    struct fact_sheet sheet;
    struct fact_batch batch;
};

static bool options_take(int *argc, char **argv, struct fact_sheet *sheet)
{
    bool missing = false;
    const char *issuer = option_take(argc, argv, "--issuer", &missing), *issued_on = option_take(argc, argv, "--issued-on", &missing),
               *until = option_take(argc, argv, "--until", &missing), *year = option_take(argc, argv, "--year", &missing);

    sheet->issuer = slice_of(issuer ? issuer : "");
    sheet->issued_on = slice_of(issued_on ? issued_on : "");
    sheet->until = slice_of(until ? until : "");
    sheet->year = slice_of(year ? year : "");
    return !missing && *argc == 2;
}

static bool judge(struct bringing *bringing, const char *path, struct err *err)
{
    struct fact_sheet *sheet = &bringing->sheet;
    struct table *table;
    bool ok;

    if (!table_open(path, NULL, &table, err))
        return false;
    ok = store_read(bringing->city->store, &sheet->sql, err);
    if (ok) {
        ok = fact_sheet_read(sheet, table, err);
        store_read_end(bringing->city->store, sheet->sql);
    }
    table_close(table);
    return ok;
}

static bool wrongs_tell(const struct fact_sheet *sheet, struct err *err)
{
    for (size_t i = 0; i < sheet->wrong_count && i < FACT_SHEET_WRONG; i++) {
        const struct fact_sheet_wrong *wrong = &sheet->wrongs[i];

        verb_print(arena_print(sheet->arena, "第 %ld 行 %.*s：%s", wrong->line, (int)wrong->column.len, wrong->column.at, wrong->err.message));
    }
    return !sheet->wrong_count || err_set(err, ERR_INVALID, "%zu 处不对，一项也没有写入", sheet->wrong_count);
}

static bool bring(struct bringing *bringing, const char *path, struct err *err)
{
    struct fact_sheet *sheet = &bringing->sheet;

    if (!judge(bringing, path, err) || !wrongs_tell(sheet, err))
        return false;
    bringing->batch = (struct fact_batch){.orders = sheet->orders, .count = sheet->count};
    if (sheet->count && store_write(bringing->city->store, sheet->request_id, facts_step, &bringing->batch, err) != STORE_DONE)
        return false;
    verb_print(arena_print(sheet->arena, "%zu 家企业：写入 %zu 项，另外 %zu 项与已有的相同", sheet->firms, bringing->batch.written,
                           sheet->count - bringing->batch.written));
    return true;
}

int verb_fact(int argc, char **argv, const struct where *where)
{
    struct bringing bringing = {.sheet = {.time_ms = clock_ms()}};
    struct actor program;
    struct arena arena;
    struct err err;
    bool ok;

    if (!options_take(&argc, argv, &bringing.sheet))
        return verb_usage(usage);
    table_reader(reader_path());
    if (!verb_open(where, VERB_ALONE, &bringing.city, &err))
        return verb_failed(&err);
    arena_init(&arena);
    actor_program(&program);
    bringing.sheet.actor = &program;
    bringing.sheet.law = &bringing.city->law;
    bringing.sheet.arena = &arena;
    bringing.sheet.list = slice_of(strrchr(argv[1], '/') ? strrchr(argv[1], '/') + 1 : argv[1]);
    snprintf(bringing.sheet.request_id, sizeof bringing.sheet.request_id, "fact-%lld", (long long)ident_next(bringing.sheet.time_ms));
    ok = bring(&bringing, argv[1], &err);
    arena_release(&arena);
    city_close(bringing.city);
    return ok ? EXIT_DONE : verb_failed(&err);
}
