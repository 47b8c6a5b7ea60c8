/* A sheet: what stands in a record's form, typed, loaded or read out of a file, before anything is saved. */
#ifndef TQ_WEB_FORM_H
#define TQ_WEB_FORM_H

#include "web/request.h"
#include "work/submit.h"

struct conflict;

struct sheet {
    struct request *request;
    const struct kind *kind;
    int64_t record, ver;              /* 0: a new one */
    int64_t draft, saved_ms;          /* 0: none */
    struct slice typed[FIELDS_MAX];   /* at NULL: not given */
    bool unseen[FIELDS_MAX];          /* not for the actor: on no page, and not given unless he sends it */
    json_t *from[FIELDS_MAX];         /* {text, where}: the sentence a value came from; NULL */
    struct slice doubt[FIELDS_MAX];   /* why a file's word on the field was not taken; "" */
    json_t *offer[FIELDS_MAX];        /* {value, text, where}: what a file says of a field that holds another value; NULL */
    struct warning warnings[WARNINGS_ROOM]; /* to be confirmed before it is saved */
    size_t warning_count;
    const struct conflict *conflict;  /* somebody else changed the record meanwhile (web/conflict.h); NULL */
    struct slice file;                /* the file it was read from, "" if none */
    struct slice unread;              /* why a file was not read; "" */
    int filled, offered;
};

void sheet_init(struct sheet *sheet, struct request *request, const struct kind *kind);
/* Before the sheet is filled: leaves out what the actor may not see of this record. */
void sheet_narrow(struct sheet *sheet, const struct record *record, const struct object *object);
void sheet_from_record(struct sheet *sheet, const struct record *record);
void sheet_from_form(struct sheet *sheet);
/* What a record holds in a field, as it stands in the form. */
struct slice sheet_value(const struct sheet *sheet, const struct record *record, size_t field);

/* Does anything stand in it? A box that is not ticked says nothing. */
bool sheet_holds(const struct sheet *sheet, size_t index);

/* Fills in what a paper says (record/extract.h); what was typed stays, and what the paper has instead is offered. */
void prefill_sheet(struct sheet *sheet, struct slice text);
/* Lets go of from and offer. */
void sheet_release(struct sheet *sheet);

/* The form as a page; complaints (may be NULL) stand beside their fields. */
bool sheet_page(const struct sheet *sheet, const struct complaints *complaints);

/* May the actor make a record of the request's kind for the own party? */
bool form_may_make(struct request *request, struct err *err);

/*
 * The form filled in from a text, or from the file of that name ("": none). Who may not make such a record gets the box again
 * with the text and the reason: what he wrote is not lost.
 */
bool prefill_page(struct request *request, struct slice text, struct slice file, struct err *err);

#endif
