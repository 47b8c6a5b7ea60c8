/*
 * A whole record as typed, checked field by field: one complaint a field, all at once, so that a person mends a form or a
 * row in one go.
 */
#ifndef TQ_RECORD_CHECK_H
#define TQ_RECORD_CHECK_H

#include "record/record.h"

struct complaint {
    const struct field *field; /* NULL: the record as a whole */
    struct slice typed;        /* what stood there, at most 60 characters */
    struct err err;            /* what is wrong, and what to do */
};

struct complaints {
    struct complaint list[FIELDS_MAX + 2];
    size_t count;
};

void complain(struct complaints *complaints, const struct field *field, struct slice typed, const struct err *err);

/*
 * Reads typed[i] (slice at NULL: not given) for each field of record->kind into record->values; memory from arena.
 * `whole`: required fields must be there (publishing); otherwise a draft may lack them. Values given as not NULL replace,
 * others stay as they are in record. Refuses the marks of state and work secrets (保守国家秘密法): such text is never
 * stored. true: no complaint.
 */
bool record_check(struct record *record, const struct slice *typed, bool whole, struct arena *arena,
                  struct complaints *complaints);

/*
 * Of a form that asks for some fields alone: those of which asked[i] holds are read and, where the table says so, must be there; the
 * others stay as they are.
 */
bool record_check_asked(struct record *record, const struct slice *typed, const bool *asked, struct arena *arena,
                        struct complaints *complaints);

/* Does the text bear the mark of a state or work secret (绝密★, 密级：机密, 工作秘密 …)? */
bool secret_marked(struct slice text);
/* ERR_INVALID that says so of the field. Returns false. */
bool secret_refuse(const struct field *field, struct err *err);

/*
 * What is no mistake and yet may be a slip with no way back: the person is told and asked to confirm it.
 *   novelty   details of an achievement without a filing date come into the open, beyond those bound by an NDA (专利法 §24)
 *   amount    an amount is 10,000 times the one before, or the other way round: 元 taken for 万元
 */
struct warning {
    const char *code;          /* what confirms it */
    const struct field *field;
    const char *text;
    const char *href; /* what it is about, where that has a page; NULL */
};

enum { WARNINGS_MOST = 2, WARNINGS_ROOM = 6 /* for what others than record_warnings warn of */ };

/* prior: the version that is replaced, NULL for a new record. What was so before is not warned of again. Returns how many. */
size_t record_warnings(const struct record *record, const struct record *prior, struct warning warnings[WARNINGS_MOST]);

#endif
