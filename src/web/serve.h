/* Serving a city on one address. */
#ifndef TQ_WEB_SERVE_H
#define TQ_WEB_SERVE_H

#include "web/http/http.h"
#include "web/rate.h"
#include "web/request.h"
#include "work/city.h"
#include "work/password.h"

struct serve_options {
    struct city *city;         /* opened with its followers */
    const char *address;       /* NULL: 127.0.0.1 */
    unsigned port;             /* 0: any */
    unsigned workers;          /* 0: as many as processors */
    const char *trusted_proxy; /* NULL: none */
    const char *reader;        /* path of tieqiao-read */
    bool secure;               /* behind TLS */
    bool demo;                 /* example data: say so on each page */
    enum password_profile profile;
    struct open_terms open;    /* must outlive it */
    const struct rate_limit *limits; /* RATE_CLASSES of them; NULL: none */
    unsigned watchers;         /* most that may watch matters at once; 0: LIVE_ALL */
};

struct served;

bool serve_start(const struct serve_options *options, struct served **served, struct err *err);
unsigned serve_port(const struct served *served);
/* Finishes what is under way; the city stays open. */
void serve_stop(struct served *served);

#endif
