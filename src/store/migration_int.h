/*
 * The folder of migrations: NNNN-title.sql, numbered from 0001 without a gap, forward only. Statements end with ';' at
 * the end of a line. Types are BIGINT, TEXT and BYTES; each engine spells them its own way.
 */
#ifndef TQ_STORE_MIGRATION_INT_H
#define TQ_STORE_MIGRATION_INT_H

#include "base/text.h"
#include "store/engine_int.h"

struct migration {
    int number;
    char title[80];
    int64_t checksum; /* FNV-1a over the file's bytes: against slips, not against malice */
    struct text body;
};

struct migrations {
    struct migration *list;
    size_t count;
};

bool migrations_read(const char *dir, struct migrations *migrations, struct err *err);
void migrations_release(struct migrations *migrations);

/* Cuts the next statement off *rest, in the engine's spelling and without its ';'. false with err->code 0: no more. */
bool migration_statement(struct slice *rest, const struct engine *engine, struct text *out, struct err *err);

#endif
