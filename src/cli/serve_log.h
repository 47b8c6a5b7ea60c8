/* What tieqiao serve is told about checkpoints, taken out of its words. */
#ifndef TQ_CLI_SERVE_LOG_H
#define TQ_CLI_SERVE_LOG_H

#include "work/sealer.h"
#include "work/stamper.h"

struct log_wish {
    struct sealer_options seal;
    struct stamper_options stamp; /* url NULL: no stamps */
    struct stamper *stamper;
};

/* false: err set. *missing: an option without its value. */
bool log_take(int *argc, char **argv, struct log_wish *wish, bool *missing, struct err *err);

bool log_start(struct city *city, struct log_wish *wish, struct err *err);
void log_stop(struct city *city, struct log_wish *wish);

#endif
