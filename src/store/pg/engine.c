#include "store/engine_int.h"
static bool pg_open(struct store *store, const char *url, struct err *err)
{
    (void)store, (void)url;
    return err_set(err, ERR_INVALID, "PostgreSQL 尚未接入");
}
const struct engine engine_pg = {.name = "postgresql", .open = pg_open};
