#include "cli/serve_log.h"

#include "cli/verb.h"

enum { MINUTES_MOST = 7 * 24 * 60 };

static bool every_take(const char *text, struct stamper_options *stamp, struct err *err)
{
    uint64_t minutes;

    if (!text)
        return true;
    if (!note_number(slice_of(text), &minutes) || minutes < 1 || minutes > MINUTES_MOST)
        return err_set(err, ERR_INVALID, "--tsa-every 要写 1 到 %d 的整数(分钟)", MINUTES_MOST);
    stamp->every_ms = (int64_t)minutes * 60 * 1000;
    return true;
}

bool log_take(int *argc, char **argv, struct log_wish *wish, bool *missing, struct err *err)
{
    const char *every = option_take(argc, argv, "--tsa-every", missing);

    *wish = (struct log_wish){.seal = {.twin = flag_take(argc, argv, "--sm3")}};
    wish->seal.name = option_take(argc, argv, "--log-name", missing);
    wish->stamp.url = option_take(argc, argv, "--tsa", missing);
    wish->stamp.ca = option_take(argc, argv, "--tsa-ca", missing);
    if (!wish->stamp.url && (wish->stamp.ca || every))
        return err_set(err, ERR_INVALID, "--tsa-ca 和 --tsa-every 要和 --tsa 一起写");
    return every_take(every, &wish->stamp, err) && (!wish->seal.name || note_name_fits(slice_of(wish->seal.name), err));
}

bool log_start(struct city *city, struct log_wish *wish, struct err *err)
{
    return sealer_start(city, &wish->seal, err)
        && (!wish->stamp.url || stamper_start(city, &wish->stamp, &wish->stamper, err));
}

void log_stop(struct city *city, struct log_wish *wish)
{
    stamper_stop(wish->stamper);
    sealer_stop(city->sealer);
}
