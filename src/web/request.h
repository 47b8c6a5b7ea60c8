/*
 * One request as handlers see it: who asks, what for, and the one document that answers. The document goes out as JSON
 * under /api/v1 (or to those who accept only JSON) and through its template to a browser.
 *
 *   request_page       answer with a document and the template that shows it
 *   request_see        answer with "see other"
 *   request_write      hand a step to the store's writer; the answer is given when it is committed
 *   request_value      a value out of the query or the form
 */
#ifndef TQ_WEB_REQUEST_H
#define TQ_WEB_REQUEST_H

#include "web/http/http.h"
#include "web/template.h"
#include "work/city.h"
#include "work/may.h"
#include "work/session.h"
#include "work/sign_in.h"

/* How public data are given out, as the operator says; NULL: he has not said. */
struct open_terms {
    const char *name;    /* the domain in OAI identifiers */
    const char *mail;    /* who answers for them */
    const char *licence; /* one line */
};

struct web {
    struct city *city;
    struct templates *templates;
    struct messages *messages;
    struct password_pool *pool;
    enum password_profile profile;
    struct assets *assets;
    struct uploads *uploads;
    struct aside *aside;
    struct rate *rate;
    struct live *live;
    const char *reader;    /* path of tieqiao-read */
    char build[24];        /* changes with each start: assets' ?v= */
    struct open_terms open;
    bool demo;             /* the example city is loaded */
    bool secure;           /* behind TLS: cookies are __Host- and Secure */
};

struct route;

struct request {
    struct http_exchange *exchange;
    struct web *web;
    struct arena *arena;       /* lives until the answer is sent */
    const struct route *route;
    const struct kind *kind;   /* of the path, NULL if it names none */
    int64_t id;                /* of the path, 0 if it names none */
    struct slice path;         /* without /api/v1 */
    struct sql *sql;           /* a snapshot, ended before the answer waits for a write */
    struct actor actor;
    struct session session;
    bool signed_in;
    bool program;              /* it brought a program's token: no page sent it */
    bool api, english;
    struct form query, form;
    struct slice token;        /* see request_token; "" until it is asked for */
    json_t *body;              /* of a JSON request, else NULL */
    int64_t now_ms;
    int64_t unread;            /* messages in his inbox, for the head of a page */
    /* the answer */
    json_t *document;
    const char *page;
    int status;
    const char *keep;          /* Cache-Control; NULL: as for pages, see answer.c */
    struct live_reader *reader; /* the answer is a stream, and his (web/live.h); NULL */
    bool *kept;                /* somebody will answer later; lies with who handles, see web_handle */
};

/* false: err becomes the answer. */
typedef bool request_handle(struct request *request, struct err *err);

/* Came under /api/v1, and not by the address of a page. */
bool request_is_api(const struct request *request);

/* Takes the document over. */
bool request_page(struct request *request, const char *page, json_t *document);

/* 303 to a local path; for who takes JSON 200 and {"href"}. */
bool request_see(struct request *request, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * A record or an account was made, or changed: 303 to it; for who takes JSON 201 with Location, or 200, and {"href", "id", "ver"}, href below
 * /api/v1. ver 0: has none. A request done before is answered as it was the first time.
 */
bool request_made(struct request *request, int64_t id, int64_t ver);
bool request_changed(struct request *request, int64_t id, int64_t ver);

/* First of the form (POST), the JSON body or the query; an empty slice if there is none. */
struct slice request_value(const struct request *request, const char *name);
/* All values of that name, joined by line breaks; at NULL if the name is not there. */
struct slice request_values(const struct request *request, const char *name);

/*
 * Of a JSON body: is each member one of `names` (parted by blanks) and a text, an integer or null? ERR_INVALID names the
 * first that is not: what was quietly left out would be taken for done. true without a JSON body.
 */
bool request_members_fit(const struct request *request, const char *names, struct err *err);
bool request_member_fits(const char *name, const json_t *value, const char *names, struct err *err);

/* A whole number of the query or form; `otherwise` where there is none or it is none. */
int64_t request_number(const struct request *request, const char *name, int64_t otherwise);

/*
 * Submits a step. `then` runs on the writer after the commit and sets the answer (request_see, request_page) or, for
 * anything but STORE_DONE, returns false with err; NULL answers errors only. `arg` must live in the request's arena.
 */
typedef bool request_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err);
bool request_write(struct request *request, const char *request_id, store_step *step, void *arg, request_then *then,
                   struct err *err);

/* A snapshot where there is none any more: for a handler that was set aside (web/aside.h), after what took long. */
bool request_look(struct request *request, struct err *err);

/* Lets go of it, before what takes long. */
void request_look_end(struct request *request);

/* For answers given from other threads (passwords): keeps the request; request_finish sends it. */
void request_keep(struct request *request);
void request_finish(struct request *request, bool ok, struct err *err);

/*
 * The request id a form brought (field request_id or header Idempotency-Key), or a fresh one, which stays the same for this
 * request: an answer of error names it, so that a write whose outcome is unknown can be asked for again. At most 64
 * characters, NUL-terminated.
 */
struct slice request_token(struct request *request);
/* Checked before any handler runs: to drop a bad one quietly would drop the promise that the write is done once. */
bool request_token_fits(const struct request *request, struct err *err);
/* A fresh one, for a form. */
struct slice request_fresh(struct request *request);

/* "https://tieqiao.example.cn": as the operator calls the site (--site), or where he has not said, as the browser did. */
const char *request_site(struct request *request);

/* Sign in first: where to go then. */
const char *request_here(struct request *request);

/* {code, label} of a kind, as the templates take it. */
json_t *label_json(const char *code, const char *label, const char *label_en);
/* The same of a code out of a list of choices; null: nothing, or not in the list. */
json_t *code_label_json(const char *list, struct slice code);

#endif
