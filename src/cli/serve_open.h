/* The options of tieqiao serve that say how public data are given out (docs/open-data.md). */
#ifndef TQ_CLI_SERVE_OPEN_H
#define TQ_CLI_SERVE_OPEN_H

#include "web/serve.h"

/* Takes --oai-name, --oai-mail, --data-licence out of argv. ERR_INVALID: one of them is off. */
bool open_take(int *argc, char **argv, struct open_terms *terms, bool *missing, struct err *err);

/* Who has not said who answers for what is harvested: the sender of e-mails does. */
void open_mail(struct open_terms *terms, const char *smtp_from);

#endif
