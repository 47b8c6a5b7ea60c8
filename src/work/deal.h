/*
 * A transfer, from disclosure to the last fen: the procedure as a state machine.
 *
 * Two tables say all of it. deal_piers (deal_pier.c) are the piers of the bridge: what must stand before each counts as passed,
 * and whose turn it is. deal_steps (deal_step.c) are what people do: at which piers, what it writes, which gate of the rulebook
 * is asked. Where a deal stands is never set by hand: it is read from the papers in its file, the first pier that is not passed.
 *
 *   deal_load      a deal with all its papers
 *   deal_look      the bridge: each pier's state, what is missing, the deadline, the article
 *   deal_open      begins one, for an achievement
 *   deal_step_run  takes a step: checks, the gate's rules, the paper, the deal's next version, in one transaction
 *
 * What must not happen cannot: a step is refused, with the article, where its pier has not been reached, where a rule of its
 * gate says no, and where a rule lacks a fact: that is asked for, and stated as a paper of its own (deal_steps "state"). Each
 * step makes a new version of the deal, so of two officers who decide at once the second is told. A notice and an approval hold
 * for the terms (buyer, way, pricing, price) they were given for; a change of terms leaves them behind, and the way to the
 * contract begins again. What the rules said is put into the file with each gated step (kind "ruling").
 */
#ifndef TQ_WORK_DEAL_H
#define TQ_WORK_DEAL_H

#include "record/check.h"
#include "record/deal.h"
#include "record/paper.h"
#include "work/attachment.h"
#include "work/law.h"
#include "work/may.h"

struct deal_file {
    struct record deal, unit, achievement;
    struct record *papers[KIND_ALL]; /* by kind, in the order of their numbers */
    size_t count[KIND_ALL];
    int32_t today;                   /* the day on which it is looked at */
    int32_t region;                  /* division code the rules are asked for */
};

/* ERR_MISSING. `today` is a day number; all memory from arena. Whether the actor may see it is not asked. */
bool deal_load(struct sql *sql, int64_t id, int32_t today, struct arena *arena, struct deal_file *file, struct err *err);

/* The newest paper of a kind; NULL. */
const struct record *deal_newest(const struct deal_file *file, enum kind_id kind);

/* --- where it stands --- */

enum pier {
    PIER_TITLE, PIER_VALUE, PIER_PRICE, PIER_NOTICE, PIER_APPROVE, PIER_SIGN, PIER_REGISTER, PIER_RECEIVE, PIER_ALLOT,
    PIER_TAX, PIER_CLOSE, PIER_COUNT
};

enum turn { TURN_UNIT /* 成果转化部门 */, TURN_TEAM /* 完成人 */, TURN_BODY /* 审批机构 */, TURN_BUYER, TURN_REGISTRAR, TURN_CLOCK };

struct pier_state {
    bool passed, skipped;     /* skipped: not needed for this deal */
    bool unseen;              /* of a past deal (work/past.h): nothing shows it; not passed, and in nobody's way */
    enum turn turn;
    struct err missing;       /* what is still missing, and what to do; code ERR_NONE: nothing */
    struct slice body;        /* TURN_BODY: which; of the file */
    int32_t due;              /* the day it is waited for, or by which it must be done; 0: none */
    bool provisional;         /* the day hangs on holidays not yet announced */
    const char *article;      /* why; "" */
};

struct deal_bridge {
    struct pier_state piers[PIER_COUNT];
    int at;                   /* the first neither passed nor unseen; PIER_COUNT: none is */
};

bool deal_look(const struct law *law, const struct deal_file *file, struct deal_bridge *bridge, struct err *err);

const char *pier_code(enum pier pier);

/* --- steps --- */

enum deal_how {
    STEP_ADD,   /* puts in a new paper */
    STEP_AMEND, /* writes further fields of a paper that is there */
    STEP_TERMS, /* changes the deal itself */
    STEP_END    /* closes the deal */
};

struct deal_draft;

struct deal_step {
    const char *name, *label, *label_en;
    unsigned piers;       /* bits of enum pier at which it may be taken */
    enum deal_how how;
    enum kind_id paper;   /* of ADD and AMEND */
    const char *fields;   /* typed ones, parted by blanks; NULL: all of the kind's own but what the program sets */
    const char *seldom;   /* of these, those that most deals leave empty: a page folds them; NULL: none */
    const char *gate;     /* of the rulebook; NULL: none */
    enum action action;   /* what may() is asked */
    bool (*check)(struct deal_draft *draft, struct err *err); /* what no rule says: sums, order of days; NULL: nothing */
    const char *does;     /* one line for people */
    bool agency;          /* the registration agency takes it as well (ACT_REGISTER) */
};

extern const struct deal_step deal_steps[];
extern const size_t deal_step_count;

const struct deal_step *deal_step_find(struct slice name);
/* The unit's people; of a registration the agency's as well. false with err as of may(). */
bool deal_step_may(const struct deal_step *step, const struct actor *actor, const struct object *object, struct err *err);
/* May the step be taken where the deal stands? Whether the actor may is not asked. */
bool deal_step_fits(const struct deal_step *step, const struct deal_file *file, const struct deal_bridge *bridge);
/* Is the field typed in this step? */
bool deal_step_field(const struct deal_step *step, size_t field);
bool deal_step_seldom(const struct deal_step *step, size_t field);
const struct kind *deal_step_kind(const struct deal_step *step);

/* What the file already holds of what is typed in a step: nothing is typed twice. typed: of deal_step_kind; in the arena. */
void deal_prefill(const struct deal_step *step, const struct deal_file *file,
                  const struct record *paper, struct arena *arena, struct slice typed[FIELDS_MAX]);
/* The paper an AMEND would write in; NULL. */
const struct record *deal_step_paper(const struct deal_step *step, const struct deal_file *file, int64_t id);
/* The step that leads on from where the deal stands; NULL: time must pass. */
const struct deal_step *deal_next_step(const struct deal_file *file, const struct deal_bridge *bridge);

/* What stands in the way at a gate. */
struct deal_refusal {
    struct answer *answers;   /* of the rules that did not say yes */
    size_t count;
};

struct deal_order {
    /* given */
    const struct actor *actor;
    const struct law *law;
    char request_id[LEAF_REQUEST + 1];
    int64_t time_ms, new_ids[2]; /* the paper's or the deal's, the ruling's */
    const struct deal_step *step;
    int64_t deal, ver;           /* the version the person saw */
    int64_t paper;               /* AMEND: which; 0: the newest */
    struct slice typed[FIELDS_MAX]; /* of deal_step_kind, at NULL: not given */
    struct attachment_set files; /* kept already; they go in with the step's paper. A field that holds a digest is typed from it */
    struct arena *arena;         /* for what is answered */
    unsigned char salts[3][RECORD_COMMITTED * LEAF_SALT]; /* deal, paper, ruling */
    /* answered */
    int64_t done_ver;
    int64_t stands_ver;       /* of a conflict about ver: the version to go on from; else 0 */
    bool repeated;
    struct complaints complaints;
    struct deal_refusal refusal;
};

void deal_order_init(struct deal_order *order, const struct law *law, const struct actor *actor,
                     const struct deal_step *step, struct slice request_id);

/* arg: struct deal_order. false: complaints, or a refusal, or err alone. */
store_step deal_step_run;

/* Would it be taken as things stand? Reads alone; refusal and complaints as of the step. */
bool deal_step_try(struct sql *sql, struct deal_order *order, struct err *err);

/* Begins a deal: `achievement` and typed title; the unit is the achievement's owner. done_ver 1, deal the new id. */
struct deal_opening {
    const struct actor *actor;
    char request_id[LEAF_REQUEST + 1];
    int64_t time_ms, new_id, achievement;
    struct slice title; /* "": the achievement's */
    unsigned char salts[RECORD_COMMITTED * LEAF_SALT];
    int64_t id;
    bool repeated;
};
void deal_opening_init(struct deal_opening *opening, const struct actor *actor, struct slice request_id);
store_step deal_open_step;

/* The facts of a file, by the names of rules/facts; in the arena, with room for eight more behind them. */
bool deal_facts(const struct law *law, const struct deal_file *file, struct arena *arena, struct fact **facts,
                size_t *count, struct err *err);

/* The deals of an achievement, newest first, at most `most` ids. owner: that unit's alone; 0: of all. */
bool deal_of_achievement(struct sql *sql, int64_t achievement, int64_t owner, int64_t *ids, size_t most, size_t *count, struct err *err);

/* Which deals are listed. */
struct deal_query {
    int64_t owner;  /* of that unit alone; 0: of the actor's own and of all in whose scope he is */
    bool past;      /* those of the past, or else those on their way here */
    int64_t before; /* ids below this one; 0: from the newest */
};

/*
 * Deals that the actor may see, newest first, at most `most`. Who may see few is not looked for in all: after DEAL_LOOKED rows
 * *further is the last id that was looked at, and there may be more below it; 0: there is none, or the list is full.
 */
enum { DEAL_LOOKED = 2000 };
bool deal_list(struct sql *sql, const struct actor *actor, const struct deal_query *query, struct arena *arena, struct record *list,
               size_t most, size_t *count, int64_t *further, struct err *err);

#endif
