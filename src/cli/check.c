/* tieqiao check: holds the records, accounts and leaves of a data folder or database against each other; changes nothing. */
#include "cli/task.h"
#include "cli/verb.h"
#include "work/city_check.h"

static bool moved(void *arg, int64_t done, int64_t total)
{
    return task_moved(arg, "核对", done, total);
}

static bool check(struct city *city, struct city_counts *counts, struct err *err)
{
    struct task task = {.tell = show_event};
    struct city_watch watch = {.moved = moved, .arg = &task};
    struct show *show;
    struct err later;
    struct sql *sql;
    bool ok;

    if (!store_read(city->store, &sql, err))
        return false;
    ok = show_open(NULL, &show, err);
    if (ok) {
        task.arg = show;
        ok = city_check(sql, &watch, counts, err);
        show_close(show, &later);
    }
    store_read_end(city->store, sql);
    return ok;
}

int verb_check(int argc, char **argv, const struct where *where)
{
    struct city_counts counts;
    struct city *city;
    struct err err;
    bool ok;

    (void)argv;
    if (argc > 1)
        return verb_usage("用法:tieqiao check [--data DIR] [--db URL]");
    if (!verb_open(where, VERB_AS_IS, &city, &err))
        return verb_failed(&err);
    ok = check(city, &counts, &err);
    city_close(city);
    if (!ok)
        return verb_failed(&err);
    printf("账本 %llu 条,没有缺口;记录 %lld 条 %lld 版,账号与授权 %lld 项,都与账本相符\n", (unsigned long long)counts.leaves,
           (long long)counts.records, (long long)counts.versions, (long long)counts.people);
    return EXIT_DONE;
}
