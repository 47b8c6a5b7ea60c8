/* tieqiao check: holds the records, accounts and leaves of a data folder or database against each other; changes nothing. */
#include "cli/verb.h"
#include "work/city_check.h"

static bool check(struct city *city, struct city_counts *counts, struct err *err)
{
    struct sql *sql;
    bool ok;

    if (!store_read(city->store, &sql, err))
        return false;
    ok = city_check(sql, counts, err);
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
    if (!verb_open(where, false, &city, &err))
        return verb_failed(&err);
    ok = check(city, &counts, &err);
    city_close(city);
    if (!ok)
        return verb_failed(&err);
    printf("账本 %llu 条,没有缺口;记录 %lld 条 %lld 版,账号与授权 %lld 项,都与账本相符\n", (unsigned long long)counts.leaves,
           (long long)counts.records, (long long)counts.versions, (long long)counts.people);
    return EXIT_DONE;
}
