/*
 * The seven columns in which the box answers (DESIGN §1.1), each a kind of the match index. Organisations are indexed
 * too, as an eighth, for lists and links; the box does not show them.
 */
#ifndef TQ_WORK_COLUMN_H
#define TQ_WORK_COLUMN_H

#include "match/match.h"
#include "record/record.h"

enum column {
    COLUMN_ACHIEVEMENT, /* 谁有 */
    COLUMN_NEED,        /* 谁要 */
    COLUMN_PEOPLE,      /* 谁来办: experts, technology managers, brokers, professional services */
    COLUMN_PLACE,       /* 在哪试: pilot platforms, innovation spaces */
    COLUMN_SCENARIO,    /* 谁先用 */
    COLUMN_FINANCE,     /* 钱从哪来 */
    COLUMN_POLICY,      /* 能享什么 */
    COLUMN_SHOWN,
    COLUMN_PARTY = COLUMN_SHOWN,
    COLUMN_COUNT
};

struct column_text {
    const char *name;     /* "achievement": API and fragment name */
    const char *label;    /* 成果 */
    const char *question; /* 谁有 */
    const char *side;     /* the choice code of the side whose colour it wears */
};

const struct column_text *column_text(enum column column);
bool column_by_name(struct slice name, enum column *column);

enum column column_of(const struct record *record);

/*
 * Who of two asks and who answers: the higher one asks. A need asks an achievement whether it is ripe and within the budget, never
 * the other way. 0: asks nobody.
 */
int column_asks(const struct kind *kind);

/* The kind of a hit: COLUMN_PEOPLE holds two kinds, told apart by looking. */
const struct kind *column_kind(struct sql *sql, enum column column, int64_t id);

/*
 * The record as the match engine takes it; texts and codes live in the arena and the record. Only public attributes go in,
 * each text with its level.
 */
void column_doc(const struct record *record, struct arena *arena, struct match_doc *doc);

/* What one who says this of himself asks of others, for the checks. */
void column_ask(const struct match_facts *facts, const struct match_code *codes, size_t count, struct match_ask *ask);

/* What the record asks of others, for "who fits this": its public texts, and its vector, as a query with its own checks. */
void column_query(const struct record *record, struct arena *arena, struct match_query *query);

#endif
