/*
 * The box (DESIGN §1.1): one text, seven columns of answers. Each answer says how well it fits, why (words lit up in its
 * text), what is met, open or broken, and the next step. What is typed here is neither stored nor logged.
 *
 *   box_answer   the columns as one JSON document, for the page, the API and the command line
 *
 * Document: {"total": n, "columns": {"achievement": {"total", "cards": [card]}, …}}, a card being
 * {"id", "kind", "href", "title", "level" 1–4, "chance" (parts of ten thousand), "side": {code, label}, "who", "facts": [text],
 *  "snippet": [{"text", "mark"}], "fit": [{"state": {code, label}, "text"}], "next": {"href", "text"}, "why": {"parts": [{"text", "share"}]}}; shares in parts of ten thousand.
 */
#ifndef TQ_WORK_BOX_H
#define TQ_WORK_BOX_H

#include "work/city.h"
#include "work/column.h"
#include "work/may.h"

enum { BOX_MOST = 50 };

struct box_question {
    const struct actor *actor;
    struct slice text;   /* at most MATCH_QUERY_CHARS characters */
    int32_t today;       /* days since 1970-01-01 */
    size_t k;            /* answers a column, 1..BOX_MOST */
    unsigned columns;    /* bits of enum column; 0: all shown */
    /* refining; empty or 0: any */
    struct slice industry; /* of GB/T 4754: code or name */
    struct slice region;   /* division: code, or name as people write it (work/place.h) */
    int64_t trl;           /* least TRL of an achievement */
    uint32_t ways;         /* bits in the order of the choice list "way" */
    bool english;
};

/* *document: a new reference. ERR_INVALID: empty, too long or not text; the message says what to do. */
bool box_answer(struct city *city, struct sql *sql, const struct box_question *question, struct arena *arena,
                json_t **document, struct err *err);

/*
 * A record as a card without a question (lists, who fits); the actor's sight decides whether its firm is named. english: facts are
 * in English.
 */
json_t *box_card(struct sql *sql, const struct record *record, const struct actor *actor, bool english, struct arena *arena);

#endif
