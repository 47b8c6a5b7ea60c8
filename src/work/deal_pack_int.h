/* What the files of the evidence pack share. */
#ifndef TQ_WORK_DEAL_PACK_INT_H
#define TQ_WORK_DEAL_PACK_INT_H

#include "ledger/logbook.h"
#include "ledger/note.h"
#include "paper/parts.h"
#include "work/deal_pack.h"
#include "work/deal_paper_int.h"

/* One version of a record, as it lies in the ledger. */
struct pack_version {
    const struct kind *kind;
    int64_t id, no;    /* of the deal itself 0 */
    struct leaf leaf;
    struct slice by;   /* who wrote it, as the accounts say today */
    struct slice says; /* what was written, in a line */
};

/* A pack while it is made. */
struct pack_work {
    struct deal_pack *pack;
    struct arena *arena;
    struct checkpoint checkpoint;
    char folder[LOGBOOK_PATH];
    struct tree_source source;
    struct pack_version *versions; /* kind by kind, each record's own from the first on */
    size_t count, room;
    int64_t known_author; /* the last whose name was looked up */
    struct slice known_name;
    size_t bytes;         /* of the records so far */
    int64_t file_bytes;   /* of the attachments so far */
    struct parts parts;
};

/* deal_pack_record.c: records/KIND.json of each kind that the file has, into parts; fills versions. */
bool pack_records(struct pack_work *work, struct err *err);

/* A part whose bytes are copied. ERR_TOO_LARGE. */
bool pack_part(struct pack_work *work, const char *name, struct slice bytes, struct err *err);

/* deal_pack_file.c: the attachments themselves as files/DIGEST, each once; they lie beside work_path until the pack is written. */
bool pack_files(struct pack_work *work, const char *work_path, struct err *err);
void pack_files_end(struct pack_work *work);

/* deal_pack_fill.c: the PDF, at path. */
bool pack_pdf(struct pack_work *work, const char *path, struct err *err);

/* A stated fact and its value in the words of the rulebook. */
void pack_fact_words(const struct pack_work *work, const struct record *statement, struct slice *label, struct slice *value);

/* deal_pack_form.c */
extern const struct paper_form form_pack;

/* deal_pack_duty.c: the rows of "清单" and "参考". */
bool pack_duties(struct pack_work *work, struct deal_paper_work *paper, struct err *err);

/* "公示第 2 份，账本第 41 条" of the newest version of a paper; of the deal: of the version that `action` made. "": none. */
struct slice pack_where(const struct pack_work *work, const struct record *paper, const char *action);

#endif
