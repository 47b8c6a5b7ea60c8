/*
 * Matters (事项): what several sides do with each other step by step, as tables. A sort of matter (struct matter_sort) says which sides
 * take part, which states there are, who is waited for in each and for how long, and which steps lead from one to another. From that one
 * table come the form of each step, what may be done by whom, the lists, the desk's tasks, the page, the API and what people are told.
 * Where a deal (work/deal.h) has a bridge of the law's own piers, everything else that the seven parties do together is a matter.
 *
 *   matter_load      a matter, who looks at it as which sides, and its entries
 *   matter_step_run  begins one or takes a step: sides, state, fields, check, the gate's rules, the writes, all in one transaction
 *   matter_list      those that somebody may see
 *   matter_waiting   those that wait for somebody now
 *
 * What must not happen cannot: a step is taken from its states and by its sides alone; each makes a new version, so of two who act at once
 * the second is told; steps run one after another on the one writer (on PostgreSQL under the ledger's lock), so a check that reads a
 * sum, a free slot or a balance through draft->sql reads what nobody can change before the step is written. Whatever a step writes
 * besides (an entry of a pool, the use of a voucher, another matter's state) goes through matter_also: the same transaction, a leaf
 * each, all or nothing. A step runs twice at times (work may be repeated by the store): a check reads no clock, no random numbers;
 * today is draft->today, ids and salts come from the order.
 */
#ifndef TQ_WORK_MATTER_H
#define TQ_WORK_MATTER_H

#include "record/check.h"
#include "record/matter.h"
#include "work/law.h"
#include "work/may.h"

/* --- a sort, as its table --- */

struct matter_room;

enum { MATTER_SIDES = 6, MATTER_STATES = 16, MATTER_ENTRIES = 8 /* kinds */, MATTER_ENTRY_ROWS = 400, MATTER_WRITES = 24 /* a checklist begins with ten entries */ };

/*
 * Where a side's party stands. Officers: city, county and park, in whose scope the owner lies. Role: who holds one of the side's `roles`
 * in whose scope the owner lies (the office of the committee, the leader's secretary). Joined: those of whom the sort's `joined` says
 * that they take part (members of an alliance: each by a matter of his own); no turn waits for them.
 */
enum { SIDE_OWNER = -1, SIDE_OFFICERS = -2, SIDE_JOINED = -3, SIDE_ROLE = -4 };

struct matter_side {
    const char *name, *label, *label_en; /* "firm", 企业 */
    int field;                           /* of the kind: a FIELD_PARTY (who acts for it) or a FIELD_PERSON (the account tied to him); or SIDE_… */
    unsigned roles;                      /* of SIDE_ROLE: ROLE_BIT(…) */
};

#define SIDE(i) (1u << (i))

struct matter_state {
    const char *code, *label, *label_en;
    unsigned turn;         /* bits of the sides that are waited for; 0: nobody */
    int working_days;      /* within which they should act; 0: no limit */
    const char *limit;     /* by what: an article, or 本平台约定; NULL where there is no limit */
    bool over;             /* nothing more is to come of it */
    int ends, then;        /* a FIELD_DATE of the kind, the state's last day: behind it the clock moves the matter into `then`, which is over; 0: none */
};

#define STATE(i) (1u << (i))
#define MATTER_NEW (1u << 31) /* among matter_step.from: the step begins a matter */
enum { MATTER_SAME = -1 };    /* as matter_step.to: the state stays; or the check sets it (matter_enter) */

enum matter_how {
    MATTER_MOVE,  /* fields of the matter itself, or none */
    MATTER_ADD,   /* puts in a new entry */
    MATTER_AMEND  /* writes further fields of an entry that is there: the newest that `amendable` takes, or the one named */
};

struct matter_draft;

struct matter_step {
    const char *name, *label, *label_en;
    const char *does;        /* one line for people */
    unsigned from;           /* bits of states, or MATTER_NEW */
    int to;
    unsigned by;             /* bits of sides */
    const char *fields;      /* typed, parted by blanks: of the entry's kind where there is one, else of the matter's; NULL: none */
    const char *seldom;      /* of these, those that are mostly left empty: a page folds them; NULL */
    enum matter_how how;
    const struct kind *entry;
    bool (*amendable)(const struct record *entry); /* NULL: every one */
    const char *gate;        /* of the rulebook; NULL: none */
    bool (*check)(struct matter_draft *draft, struct err *err); /* what no rule says; sets what the program sets; matter_also; NULL */
    bool (*fill)(struct matter_draft *draft, struct slice typed[FIELDS_MAX], struct err *err); /* what stands in its form; NULL */
    const char *given;       /* of `fields`, those that come with the page that leads here and are shown, not typed; all FIELD_ID are. NULL */
    bool (*when)(const struct record *matter); /* of one as it stands: else the step is not offered; NULL: always */
    bool aside;              /* its form is never opened by itself: what may be done at any time, and is nobody's next step */
    bool brings;             /* takes a file, to be kept with the entry: its hash and name are its fields "digest" and "file" */
};

struct matter_sort {
    const struct kind *kind;
    const char *about;       /* what it is for, on its list */
    const char *empty;       /* what an empty list says: how one comes about */
    const struct matter_side *sides;
    size_t side_count;
    const struct matter_state *states;
    size_t state_count;
    const struct matter_step *steps;
    size_t step_count;
    const struct kind *const *entries;
    size_t entry_count;
    /* Is it for everybody to see, with its fields of LEVEL_PUBLIC (and those of its entries)? NULL: never. */
    bool (*open)(const struct record *matter);
    int open_title;          /* the field that is its title to who sees it only because it is open; 0: its own title */
    /* Which sides see the field (of the matter's kind or an entry's), as bits. NULL: all. */
    unsigned (*seen_by)(const struct kind *kind, size_t field);
    /* The facts for a gate, in draft->arena. NULL: no step has a gate. */
    bool (*facts)(struct matter_draft *draft, struct fact **facts, size_t *count, struct err *err);
    unsigned researchers;    /* bits of the sides for which a researcher of the party may act too; for the others members and administrators */
    /* Of a side that is SIDE_JOINED: does the actor take part, for his party or himself? NULL where the sort has no such side. */
    bool (*joined)(struct sql *sql, const struct record *matter, size_t side, const struct actor *actor, bool *joined, struct err *err);
    /* Sealed as things stand (in other records too): its owner alone knows that it is there: no other side, officer or auditor. NULL: never. */
    bool (*sealed)(struct sql *sql, const struct record *matter, bool *sealed, struct err *err);
    unsigned keepers;        /* bits of the sides that know of one that is sealed; 0: its owner's */
    int need;                /* the field that names a need, or a matter about one, whose firm may hide its name (NEED_HIDDEN): while it does,
                                and the firm is a side, no other side is told who it is; 0: none */
    unsigned unveils;        /* bits of states in which the firm has shown itself all the same: it has answered, accepted */
    const char *tells;       /* accounts that hear of each new state besides the sides: a statement, ?1 the matter ?2 pseudonym of who acted ?3 behind this
                                account ?4 most, in the order of their numbers; NULL */
    int within;              /* the field that names what its page is a part of, to which a form leads back; 0: to its own page */
    const char *within_path; /* behind that one's own address: "/live" */
    const char *begins_at;   /* where one is begun other than by its own form: a page that names what it is about; NULL */
    const struct matter_room *rooms; /* other sorts whose matters belong to the same room (work/matter_room.h); NULL */
    size_t room_count;
};

/* All sorts, in the order in which they are shown (matter_sort.c). */
extern const struct matter_sort *const matter_sorts[];
extern const size_t matter_sort_count;
const struct matter_sort *matter_sort_of(const struct kind *kind);          /* NULL */
const struct matter_sort *matter_sort_by_plural(struct slice plural);       /* NULL */
const struct matter_step *matter_step_find(const struct matter_sort *sort, struct slice name);
const struct matter_state *matter_state_find(const struct matter_sort *sort, struct slice code);
const struct matter_state *matter_state_of(const struct matter_sort *sort, const struct record *matter);
/* Is the field typed in this step? Which kind's fields are they? */
const struct kind *matter_step_kind(const struct matter_sort *sort, const struct matter_step *step);
bool matter_step_field(const struct matter_sort *sort, const struct matter_step *step, size_t field);
bool matter_step_seldom(const struct matter_sort *sort, const struct matter_step *step, size_t field);
bool matter_step_given(const struct matter_sort *sort, const struct matter_step *step, size_t field);
/* Of which kind is the record that a FIELD_ID names: its `choices`, or else what the field before it says (about_kind, about). NULL. */
const struct kind *matter_id_kind(const struct kind *kind, size_t field, struct slice before);

/* Builds the statements; before any thread starts, behind record_start. */
void matter_start(void);

/* --- who --- */

/* Those whose turn is found by scope, not by a column: SIDE_OFFICERS and SIDE_ROLE. The roles that take the side; 0: another. */
unsigned matter_side_roles(const struct matter_side *side);

/* As which sides does the actor take part? Bits; 0: none. A matter that is being begun has its owner and sides set as far as known. */
bool matter_sides(struct sql *sql, const struct matter_sort *sort, const struct record *matter, const struct actor *actor,
                  unsigned *sides, struct err *err);
/* Is it sealed as it stands? One that is being begun never is. */
bool matter_sealed(struct sql *sql, const struct matter_sort *sort, const struct record *matter, bool *sealed, struct err *err);
/* May he know of it: a side, an officer in whose scope it lies (its line, not what is in it), an auditor, or anybody where it is open? */
enum matter_sight { SIGHT_NONE, SIGHT_LINE, SIGHT_OPEN, SIGHT_ALL };
bool matter_sight(struct sql *sql, const struct matter_sort *sort, const struct record *matter, const struct actor *actor,
                  unsigned *sides, enum matter_sight *sight, struct err *err);
/* The same for many who look at one: what does not depend on who looks is looked up once. Asked by one at a time. */
struct matter_look {
    struct sql *sql;
    const struct matter_sort *sort;
    const struct record *matter;
    struct object object;
    bool sealed;
};
bool matter_look_at(struct sql *sql, const struct matter_sort *sort, const struct record *matter, struct matter_look *look, struct err *err);
bool matter_look_sight(const struct matter_look *look, const struct actor *actor, unsigned *sides, enum matter_sight *sight, struct err *err);
/*
 * The party that is not to be named to the actor wherever it stands in the matter; 0: none. alias: what the need calls it, in the arena.
 * Its own people and auditors are told.
 */
bool matter_veils(struct sql *sql, const struct matter_sort *sort, const struct record *matter, const struct actor *actor, struct arena *arena,
                  int64_t *party, struct slice *alias, struct err *err);
/* What it is called to who sees so much of it; "": nothing. Who sees it only because it is open reads the title made for that. */
struct slice matter_title_at(const struct matter_sort *sort, const struct record *matter, enum matter_sight sight);
/* Does he see this field? */
bool matter_sees(const struct matter_sort *sort, unsigned sides, enum matter_sight sight, const struct kind *kind, size_t field);

/* --- one matter with its entries --- */

struct matter_file {
    const struct matter_sort *sort;
    struct record matter;
    struct record *entries[MATTER_ENTRIES]; /* by the sort's list of kinds, in the order of their numbers */
    size_t counts[MATTER_ENTRIES];
    int32_t today;
    unsigned sides;
    enum matter_sight sight;
};

/* ERR_MISSING also where it is not for the actor to know. All memory from arena. */
bool matter_load(struct sql *sql, const struct matter_sort *sort, int64_t id, const struct actor *actor, int32_t today, struct arena *arena,
                 struct matter_file *file, struct err *err);
/* Entries of one kind, in the order of their numbers, at most `most`. */
bool matter_entries(struct sql *sql, const struct kind *kind, int64_t matter, size_t most, struct arena *arena, struct record **list,
                    size_t *count, struct err *err);

/* Does the step fit the state, and the actor's sides? */
bool matter_step_fits(const struct matter_file *file, const struct matter_step *step);
/* The entry an AMEND would write in; NULL. entry 0: the newest. */
const struct record *matter_step_entry(const struct matter_file *file, const struct matter_step *step, int64_t entry);
/* Late: its due day has passed. */
bool matter_late(const struct record *matter, int32_t today);

/* --- taking a step --- */

struct matter_refusal {
    struct answer *answers;  /* of the rules of the gate that did not say yes */
    size_t count;
};

struct matter_order {
    /* given */
    const struct actor *actor;
    const struct law *law;
    char request_id[LEAF_REQUEST + 1];
    int64_t time_ms;
    const struct matter_sort *sort;
    const struct matter_step *step;
    int64_t id, ver;              /* 0: it begins one; the version that the person saw */
    int64_t owner;                /* beginning: whose it is; 0: the actor's own party's, unless the check sets it */
    int64_t entry;                /* MATTER_AMEND: which; 0: the newest */
    const struct attachment_file *brought; /* with a step that brings one: looked at, hashed and kept already (work/attachment.h); NULL: none */
    struct slice typed[FIELDS_MAX]; /* of matter_step_kind; at NULL: not given */
    int64_t new_ids[MATTER_WRITES];
    struct arena *arena;          /* for what is answered */
    unsigned char salts[MATTER_WRITES][RECORD_COMMITTED * LEAF_SALT];
    /* answered */
    int64_t done_id, done_ver;
    int64_t done_within;          /* what the sort's `within` names; 0: nothing */
    int64_t stands_ver;           /* of a conflict about ver; else 0 */
    bool repeated;
    struct complaints complaints;
    struct matter_refusal refusal;
};

void matter_order_init(struct matter_order *order, const struct law *law, const struct actor *actor, const struct matter_sort *sort,
                       const struct matter_step *step, struct slice request_id);

/* arg: struct matter_order. false: complaints, a refusal, or err alone. */
store_step matter_step_run;

/* Is the file of the entry kept here? Its digest and, of a kind that has them, size and media. */
bool matter_kept(const struct record *entry, struct slice *digest, struct slice *name, struct slice *media, int64_t *size);

/* What a check works on. */
struct matter_draft {
    struct matter_order *order;
    struct sql *sql;             /* the writer's own: what it reads stands until the step is written */
    const struct matter_sort *sort;
    const struct matter_file *file; /* as it stands; NULL: the step begins one */
    struct record was;           /* the matter before; ver 0: the step begins one */
    struct record matter;        /* its next version: typed fields read, state entered; the check may change it */
    struct record entry;         /* the entry's; kind NULL: none */
    const struct record *entry_was; /* of MATTER_AMEND; else NULL */
    unsigned sides;              /* of the actor; only when the step runs */
    int32_t today;
    int64_t region;              /* division code of the owner; 0: not known */
    struct arena *arena;
    struct matter_write {
        struct record record;
        const struct record *prior;
        char action[LEAF_WORD + 1];
    } also[MATTER_WRITES];
    size_t also_count;
};

/*
 * A further record that the step writes: a new one (prior NULL; id 0: gets one) or the next version of prior. It may be of any kind;
 * its leaf says KIND.STEP. Copies the record; returns the copy, whose id is set, or NULL with err (no room).
 */
struct record *matter_also(struct matter_draft *draft, const struct record *record, const struct record *prior, struct err *err);
/*
 * Another matter as it stands, of which the step writes a further version: change it, then matter_also(draft, other, &other[1], err). One
 * step more is counted on it already. NULL with err.
 */
struct record *matter_other(struct matter_draft *draft, const struct kind *kind, int64_t id, struct err *err);
/* The same for an entry: sets its matter (0: the draft's own), number and day. */
struct record *matter_also_entry(struct matter_draft *draft, struct record *entry, int64_t matter, struct err *err);

/* The matter enters a state: sets state, since and due. For the draft's own (where `to` does not say it) and for another's. */
void matter_enter(struct matter_draft *draft, const struct matter_sort *sort, struct record *matter, int state);

/*
 * Is it the acting officer's to decide? What a policy gives, what a fund risks is decided by the place whose it is, by one above, or by the
 * department that gave it out: an officer of a county or a park sees what lies in his scope and does not grant what is the city's.
 * of: the place as it is entered, a division's code; "", or one that holds the owner's city: that city, which deals with what the
 * province or the nation gives. department: 0: none. ERR_DENIED, which says whose it is.
 */
bool matter_decides(const struct matter_draft *draft, struct slice of, int64_t department, struct err *err);

/* Reading and setting values, by field. */
static inline bool matter_known(const struct record *record, size_t field) { return record->values[field].known; }
static inline int64_t matter_number(const struct record *record, size_t field)
{
    return record->values[field].known ? record->values[field].number : 0;
}
static inline struct slice matter_text(const struct record *record, size_t field)
{
    return record->values[field].known ? record->values[field].text : SLICE("");
}
int32_t matter_day(const struct record *record, size_t field); /* 0: not known */
void matter_set_number(struct record *record, size_t field, int64_t number);
void matter_set_text(struct record *record, size_t field, struct slice text); /* not copied */
void matter_set_day(struct record *record, size_t field, int32_t day, struct arena *arena);
/* By which day the state is to end. Another day than before may be told late anew. */
void matter_set_due(struct record *matter, int32_t day, struct arena *arena);
/* ERR_INVALID of a field of the matter's or the entry's kind, beside which the page shows it; format and values follow. false. */
#define MATTER_WRONG(err, of_kind, index, ...) \
    (err_set((err), ERR_INVALID, __VA_ARGS__), err_field((err), (of_kind)->fields[index].name))

/* --- lists --- */

struct matter_query {
    const char *state;  /* code; NULL: all */
    bool mine;          /* those only in which the actor takes part himself, officers' scope left out */
    int64_t before;     /* ids below this one; 0: from the newest */
};

/* Newest first, at most `most`. Bounded: *further is the last id that was looked at where there may be more; 0: none. */
bool matter_list(struct sql *sql, const struct matter_sort *sort, const struct actor *actor, const struct matter_query *query, struct arena *arena,
                 struct record *list, size_t most, size_t *count, int64_t *further, struct err *err);

/* Those of all sorts that wait for a side of the actor's, what is due first coming first; at most `most`. */
bool matter_waiting(struct sql *sql, const struct actor *actor, struct arena *arena, struct record *list, size_t most, size_t *count,
                    struct err *err);

/*
 * Of at most `most` matters whose day has passed and of which nobody was told: a version each that says so (leaf KIND.late, by the
 * program itself). And of those whose state ends with a day that is over (matter_state.ends) the state that follows (leaf KIND.due).
 * *told: how many; *more: there may be others.
 */
bool matter_tick(struct store *store, int64_t now_ms, size_t most, size_t *told, bool *more, struct err *err);

/* Those about one record (a field of FIELD_ID that names its kind), newest first. */
bool matter_about(struct sql *sql, const struct matter_sort *sort, size_t field, int64_t id, const struct actor *actor, struct arena *arena,
                  struct record *list, size_t most, size_t *count, struct err *err);

#endif
