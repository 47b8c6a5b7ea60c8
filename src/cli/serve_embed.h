/* The options of tieqiao serve that name an embedding service (work/outside.h). Without --embed nobody is asked. */
#ifndef TQ_CLI_SERVE_EMBED_H
#define TQ_CLI_SERVE_EMBED_H

#include "work/outside.h"

struct embed_wish {
    struct outside_options options; /* url NULL: none */
    char *key;                      /* from --embed-key FILE, else of TIEQIAO_EMBED_KEY in the environment */
};

/* Takes --embed… out of argv. ERR_INVALID: one of them is off; ERR_IO: the key cannot be read. */
bool embed_take(int *argc, char **argv, struct embed_wish *wish, bool *missing, struct err *err);
/* Nothing where none was named. */
bool embed_start(struct city *city, const struct embed_wish *wish, struct err *err);
void embed_release(struct embed_wish *wish);

/* --- of use to other options --- */

/* A whole number, 1 to most; 0 where the option is not there. */
bool take_number(int *argc, char **argv, const char *name, unsigned most, unsigned *number, bool *missing, struct err *err);
/* The first line of the file; free it. *key is set whatever comes. */
bool secret_line(const char *path, char **key, struct err *err);

#endif
