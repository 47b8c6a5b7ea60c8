/*
 * Signed notes and checkpoints as C2SP has them (signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof), so that other
 * people's programs read ours. No database, no files.
 *
 *   note_read, note_signed   takes a note apart; did this key sign it?
 *   note_sign                a signature line
 *   note_key_read …          keys as text: what may be told, and what may not
 *   checkpoint_read …        origin, size, root
 *   proof_text_read …        a proof with its checkpoint in one text
 *
 * Three kinds of signature: Ed25519 by a log (0x01); Ed25519 by a witness, with the time (0x04, cosignature/v1); and SM2 over SM3
 * by a log, for its twin tree (0xff and our own long name, as signed-note leaves it to us). Lines of other kinds or of keys that
 * nobody asked about are passed over.
 */
#ifndef TQ_LEDGER_NOTE_H
#define TQ_LEDGER_NOTE_H

#include "ledger/leaf.h"
#include "ledger/tree.h"
#include "seal/sign.h"

enum { NOTE_NAME = 200, NOTE_LINES = 64, NOTE_MOST = 1 << 16 };

enum note_kind { NOTE_ED25519, NOTE_COSIGNATURE, NOTE_SM2 };

struct note_key {
    char name[NOTE_NAME + 1];
    enum note_kind kind;
    uint32_t id;
    unsigned char key[SEAL_SM2_KEY]; /* of Ed25519 the first 32 bytes */
};

struct note_secret {
    struct note_key key;
    unsigned char secret[SEAL_SECRET]; /* seal_wipe it */
};

/* May a key, or a log, be called so? UTF-8 without control characters, blanks and "+". */
bool note_name_fits(struct slice name, struct err *err);

/* A new key by a secret that the caller drew. */
bool note_secret_make(struct slice name, enum note_kind kind, const unsigned char secret[SEAL_SECRET],
                      struct note_secret *made, struct err *err);

/* "name+hex id+base64": what is told (a vkey); and "PRIVATE+KEY+name+hex id+base64", as Go's note package keeps it. */
void note_key_write(const struct note_key *key, struct text *out);
bool note_key_read(struct slice text, struct note_key *key, struct err *err);
void note_secret_write(const struct note_secret *secret, struct text *out);
bool note_secret_read(struct slice text, struct note_secret *secret, struct err *err);

/* --- notes --- */

struct note {
    struct slice text; /* with its last newline */
    size_t count;
    struct note_line {
        struct slice name, base64; /* the key's id and the signature */
        uint32_t id;
    } lines[NOTE_LINES];
};

/* The slices are of `bytes`. ERR_CORRUPT: no signed note. */
bool note_read(struct slice bytes, struct note *note, struct err *err);

/*
 * true: signed by this key, and nothing that bears its name and id is false. *time_s, unless NULL: of a cosignature. ERR_MISSING:
 * it bears no signature of this key; ERR_CORRUPT: one that does not hold.
 */
bool note_signed(const struct note *note, const struct note_key *key, uint64_t *time_s, struct err *err);

/* Adds "— name base64\n" over a note's text; time_s is for cosignatures alone. */
bool note_sign(struct slice text, const struct note_secret *secret, uint64_t time_s, struct text *out, struct err *err);

/* --- checkpoints --- */

struct checkpoint {
    char origin[NOTE_NAME + 1];
    uint64_t size;
    unsigned char root[TREE_HASH];
};

void checkpoint_write(const struct checkpoint *checkpoint, struct text *out);
/* Of a note's text; lines that follow the three are allowed and not looked at. */
bool checkpoint_read(struct slice text, struct checkpoint *checkpoint, struct err *err);

/* A log's own: signed by its key, under the key's name. */
bool checkpoint_open(struct slice bytes, const struct note_key *key, struct checkpoint *checkpoint, struct err *err);

/* --- a proof with the checkpoint it leads to --- */

enum proof_kind {
    PROOF_INCLUSION,  /* c2sp.org/tlog-proof@v1: the leaf's index; its bytes as `extra` where they may be seen */
    PROOF_CONSISTENCY /* what tlog-witness's add-checkpoint takes: the older size */
};

struct proof_text {
    enum proof_kind kind;
    uint64_t number; /* index, or old size */
    struct tree_proof proof;
    unsigned char leaf[LEAF_MAX];
    size_t leaf_len;         /* 0: the leaf is not in it */
    struct slice checkpoint; /* the signed note */
};

void proof_text_write(const struct proof_text *proof, struct text *out);
/* By its first line it knows which kind it is. The checkpoint is a slice of `bytes`. */
bool proof_text_read(struct slice bytes, struct proof_text *proof, struct err *err);

/* A decimal number as these texts write it: no sign, no leading zero, at most TREE_SIZE_MOST. */
bool note_number(struct slice text, uint64_t *number);

#endif
