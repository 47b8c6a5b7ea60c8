/*
 * What stood in the box, on its way through the sign-in into the form of a need or an achievement. It travels in the page's
 * own form, as `q` beside `next`, and lies nowhere meanwhile: not on the server, not in an address, not in a cookie.
 *
 *   carry_find      what the request brings along
 *   carry_json      the same for a page of the sign-in, which hands it on: {text, count, next, kind}, or null
 *   carry_ask       a visitor presses 发布为需求: sign in first, with what he wrote
 *   carry_arrive    signed in: the form, filled in
 */
#ifndef TQ_WEB_CARRY_H
#define TQ_WEB_CARRY_H

#include "web/request.h"

struct carry {
    struct slice text;       /* of the request or its arena */
    struct slice next;       /* the path that fills the form in: /needs/new */
    const struct kind *kind; /* of that form */
};

/* false: nothing is carried. */
bool carry_find(const struct request *request, struct carry *carry);

json_t *carry_json(const struct request *request);

/* ERR_INVALID: more than the box takes. Without a text it is the way of every page that wants a sign-in. */
bool carry_ask(struct request *request, struct slice text, struct err *err);

/*
 * On a thread of the password pool, the snapshot gone: takes a new one for the session just made. Answers with the filled-in
 * form, or, while a first password stands, with the page on which it is changed.
 */
bool carry_arrive(struct request *request, const struct carry *carry, const struct sign_in *sign_in, struct err *err);

#endif
