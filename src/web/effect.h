/* What came of an opinion in figures, for its page: effect.c says its shape. */
#ifndef TQ_WEB_EFFECT_H
#define TQ_WEB_EFFECT_H

#include "web/request.h"
#include "work/effect.h"

/* Of an opinion whose content the reader sees. */
bool effects_add(struct request *request, const struct record *opinion, json_t *list, struct err *err);

/* Of an indicator: the tasks and the opinions that are to move it, as far as the reader may know of them. */
bool moves_add(struct request *request, struct slice code, json_t *list, struct err *err);

#endif
