/*
 * What people are told, in the reader's language: the program's own texts through the catalogue (po/), labels out of the tables that
 * they stand in. What has no translation stays Chinese. A slice lives as long as the request's arena and what was passed in.
 */
#ifndef TQ_WEB_SAY_H
#define TQ_WEB_SAY_H

#include "web/request.h"

/* A text of ours: a label, a field's hint, one marked N_. At "" for NULL. */
struct slice say(const struct request *request, const char *text);

/* A sentence as base/said.h keeps it, and its Chinese. */
struct slice say_sentence(const struct request *request, const struct said *said, struct slice text);

struct slice say_message(const struct request *request, const struct err *err);
struct slice say_hint(const struct request *request, const struct err *err);
/* Both: "登录名或密码不对。忘记密码请联系…". */
struct slice say_all(const struct request *request, const struct err *err);
/* Two sentences in a row; the second may be "". */
struct slice say_both(const struct request *request, struct slice first, struct slice second);

#endif
