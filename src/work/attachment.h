/*
 * Attachments (附件): the files of a deal themselves, kept by their hash (docs/decisions/0016-attachments.md).
 *
 * The record (kind_attachment, record/paper.h) says what a file is; its bytes lie in the tables content and content_part under
 * their SHA-256, once, however many records name them.
 *
 *   attachment_look    what somebody brought: its name, its bytes and whether they agree; its digest
 *   attachment_size    is there such a content, and how large is it?
 *   attachment_read    its bytes, part by part, held against the digest
 *   attachment_keep    puts bytes in, by slices of the writer's time; nobody sees them until a record names them
 *   attachment_step    puts records of kept files into a deal's file; a step of the deal brings its own (work/deal.h, `files`)
 *   attachment_withdraw_step   a wrong one: the record says so and why, the content stays
 *   attachment_sweep   lets go of what no record named within a day
 *   attachment_check   every content that a record names, hashed again
 *
 * A digest is 64 small hexadecimal digits, as FIELD_DIGEST keeps it. A content that a record names is never changed or deleted.
 */
#ifndef TQ_WORK_ATTACHMENT_H
#define TQ_WORK_ATTACHMENT_H

#include "record/paper.h"
#include "record/record.h"
#include "seal/seal.h"
#include "work/may.h"

enum {
    ATTACHMENT_PART = 256 << 10,  /* bytes of a part; the last is shorter */
    ATTACHMENT_MOST = 32 << 20,   /* bytes of a file */
    ATTACHMENT_FILES = 8,         /* files brought at once */
    ATTACHMENT_ALL = 64 << 20,    /* and their bytes together */
    ATTACHMENT_DIGEST_HEX = 2 * SEAL_HASH,
    ATTACHMENT_LOOSE_MS = 86400000 /* so long a content may wait for a record */
};

/* A file as somebody brings it. */
struct attachment_file {
    struct slice name, bytes;  /* given; they live as long as the file is looked at and kept */
    const char *media;         /* looked at: a code of the list "media" */
    char digest[ATTACHMENT_DIGEST_HEX + 1];
};

/*
 * ERR_INVALID, ERR_TOO_LARGE: a name that cannot be one, no bytes or too many, bytes of no kind that is taken (the hint lists
 * them), or of another than the name says. What is in it is not read: a PDF that is one by its first bytes may yet be broken.
 */
bool attachment_look(struct attachment_file *file, struct err *err);

/* The media type of a code of the list "media": "application/pdf". */
const char *attachment_type(struct slice media);

/* *found false: there is none, or it is not whole yet. */
bool attachment_size(struct sql *sql, struct slice digest, int64_t *size, bool *found, struct err *err);

/*
 * Calls fn with each part in order; fn returning false stops, with its err. One part is in memory at a time. ERR_MISSING: there is
 * no such content; ERR_CORRUPT: parts are missing, or the bytes do not hash to the digest, which is known only behind the last
 * part: whoever hands bytes on waits for true.
 */
typedef bool attachment_part_fn(struct slice part, void *arg, struct err *err);
bool attachment_read(struct sql *sql, struct slice digest, attachment_part_fn *fn, void *arg, struct err *err);

/*
 * Blocks until all of it is committed; one cut off leaves parts that nobody sees. `digest` must be that of the bytes. What is
 * there already is not written again, and waits for its record for a day anew.
 */
bool attachment_keep(struct store *store, struct slice digest, struct slice bytes, int64_t now_ms, struct err *err);

/* --- records --- */

/* Files that go into a deal's file together, kept already; each with its sort, a code of the list "attachment_sort". */
struct attachment_set {
    struct attachment_file files[ATTACHMENT_FILES];
    const char *sorts[ATTACHMENT_FILES];
    int64_t new_ids[ATTACHMENT_FILES];
    unsigned char salts[ATTACHMENT_FILES][RECORD_COMMITTED * LEAF_SALT];
    size_t count;
};

/* What a file is where nobody says it: the minutes of an approval, the text of a contract. `paper` is a kind's name. */
const char *attachment_sort(struct slice paper);

struct attachment_order {
    /* given */
    const struct actor *actor;
    char request_id[LEAF_REQUEST + 1];
    int64_t time_ms, deal;
    struct slice paper;          /* the name of a kind of paper, or "deal" */
    int64_t paper_no;            /* its number; 0 for the deal */
    struct attachment_set files; /* ids and salts are drawn by attachment_order_init */
    struct slice why;            /* of a withdrawal, as typed */
    /* given for a withdrawal; answered: of the first that was put in */
    int64_t no;
};

void attachment_order_init(struct attachment_order *order, const struct actor *actor, struct slice request_id);
void attachment_set_init(struct attachment_set *set, int64_t now_ms);

/*
 * arg: struct attachment_order. ERR_MISSING and ERR_DENIED as for a step of the deal (ACT_STEP), ERR_CONFLICT: the deal is over, the
 * file lies there already, or its content is not whole; ERR_INVALID with field paper or sort.
 */
store_step attachment_step, attachment_withdraw_step;

/* Who writes them, and where: what a step of a deal and attachment_step share. */
struct attachment_place {
    const struct actor *actor;
    const char *request_id;
    uint8_t part;                /* the first one's in the request */
    int64_t time_ms;
    const struct record *deal;
    struct slice paper;
    int64_t paper_no;
    const struct record *there;  /* the deal's attachments as they are */
    size_t there_count;
};

/* Inside a step whose record names it: from now on the content is never let go. ERR_CONFLICT: it is not whole. */
bool attachment_name(struct sql *sql, struct slice digest, struct err *err);

/* Inside a step. Each that lies with the paper already is left out; *put: how many were put in. */
bool attachment_put(struct sql *sql, const struct attachment_place *place, const struct attachment_set *set, size_t *put,
                    struct err *err);

/* By slices of the writer's time. */
bool attachment_sweep(struct store *store, int64_t now_ms, struct err *err);

/* ERR_CORRUPT names the first file whose content is missing or changed, and how many more there are. */
struct attachment_counts {
    int64_t files, bytes; /* contents that records name, each once */
};
bool attachment_check(struct sql *sql, struct attachment_counts *counts, struct err *err);

#endif
