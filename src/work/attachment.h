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
 *   attachment_sweep   lets go of what no record named within a day
 *   attachment_check   every content that a record names, hashed again
 *
 * A digest is 64 small hexadecimal digits, as FIELD_DIGEST keeps it. A content that a record names is never changed or deleted.
 */
#ifndef TQ_WORK_ATTACHMENT_H
#define TQ_WORK_ATTACHMENT_H

#include "record/paper.h"
#include "seal/seal.h"
#include "store/store.h"

enum {
    ATTACHMENT_PART = 256 << 10,  /* bytes of a part; the last is shorter */
    ATTACHMENT_MOST = 32 << 20,   /* bytes of a file */
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

/* By slices of the writer's time. */
bool attachment_sweep(struct store *store, int64_t now_ms, struct err *err);

/* ERR_CORRUPT names the first file whose content is missing or changed, and how many more there are. */
struct attachment_counts {
    int64_t files, bytes; /* contents that records name, each once */
};
bool attachment_check(struct sql *sql, struct attachment_counts *counts, struct err *err);

#endif
