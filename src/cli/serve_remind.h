/* The options of tieqiao serve that say how people are reminded (work/reminder.h). Without them: in the inbox alone. */
#ifndef TQ_CLI_SERVE_REMIND_H
#define TQ_CLI_SERVE_REMIND_H

#include "work/reminder.h"

struct remind_wish {
    struct reminder_options options;
    char *site, *secret, *password; /* the last two: first lines of their files */
};

/* Takes --site, --notify-…, --smtp-… out of argv. ERR_INVALID: one of them is off; ERR_IO: a file cannot be read. */
bool remind_take(int *argc, char **argv, struct remind_wish *wish, bool *missing, struct err *err);
bool remind_start(struct city *city, const struct remind_wish *wish, struct err *err);
void remind_release(struct remind_wish *wish);

#endif
