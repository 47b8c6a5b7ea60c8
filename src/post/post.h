/*
 * Asking other machines over HTTP and HTTPS: the only room that does, and that sees libcurl. Who asks says where, what, how long it
 * may take and how long the answer may be; no redirect is followed, so that what is sent goes to the address that was written and to
 * no other.
 *
 *   post_new     a stock of open connections; any number of threads may ask through it at once
 *   post_ask     one question, one answer
 *   post_mail    one e-mail, over SMTP
 *   post_stop    from then on whatever is under way ends within a second
 */
#ifndef TQ_POST_POST_H
#define TQ_POST_POST_H

#include <stdbool.h>

#include "base/text.h"

struct post;

struct post *post_new(void);
void post_stop(struct post *post);
void post_free(struct post *post);

struct post_question {
    const char *url;
    const char *type;    /* of the body, which is posted; NULL: a GET */
    struct slice body;
    const char *accept;  /* NULL: anything */
    const char *bearer;  /* a secret for the Authorization header; NULL: none */
    const char *more;    /* one further header, "Name: value"; NULL: none */
    unsigned timeout_ms;
    size_t most;         /* bytes of the answer */
};

struct post_answer {
    long status;      /* 0: there was no answer, or not all of it; `why` says so */
    struct text body; /* text_release it, whatever came */
    unsigned wait_s;  /* how long it asks to be left alone; 0: it does not say */
    char why[200];    /* in Chinese, for the operator; nothing of what was sent is in it */
};

/* true: it answered, with whatever status. */
bool post_ask(struct post *post, const struct post_question *question, struct post_answer *answer);

struct post_letter {
    const char *url;           /* smtp://host:587 or smtps://host:465 */
    const char *user, *password; /* NULL: no signing in */
    const char *from, *to;     /* addresses alone: post_mail_address */
    const char *subject;       /* of any characters */
    const char *id;            /* of Message-ID, made of what is said and to whom: a letter sent twice bears the same */
    struct slice text;         /* UTF-8, lines ended by \n */
    int64_t time_ms;
    unsigned timeout_ms;
};

/*
 * true: the server has taken it. TLS is asked for and insisted on, unless the server is this machine. *refused: it said that it never
 * will (5xx). why: as of an answer.
 */
bool post_mail(struct post *post, const struct post_letter *letter, bool *refused, char why[200]);

/* smtp or smtps. */
bool post_mail_server(const char *url);

/* What we send to: name@host of letters, digits and . _ + - alone, no more than 120 bytes. A safe part of what RFC 5321 allows. */
bool post_mail_address(struct slice address);

/* http or https; `*safe`: what is sent cannot be read on the way, by TLS or because it stays on this machine. */
bool post_address(const char *url, bool *safe);

#endif
