#include "cli/serve_log.h"

#include "cli/verb.h"

bool log_take(int *argc, char **argv, struct log_wish *wish, bool *missing, struct err *err)
{
    *wish = (struct log_wish){.seal = {.twin = flag_take(argc, argv, "--sm3")}};
    wish->seal.name = option_take(argc, argv, "--log-name", missing);
    return !wish->seal.name || note_name_fits(slice_of(wish->seal.name), err);
}

bool log_start(struct city *city, const struct log_wish *wish, struct err *err)
{
    return sealer_start(city, &wish->seal, err);
}

void log_stop(struct city *city)
{
    sealer_stop(city->sealer);
}
