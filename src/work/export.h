/*
 * Taking records out into a table: CSV, XLSX or JSON Lines, row by row in little memory.
 *
 *   export_write    a kind's open records, narrowed by facets, or all of the actor's own organisation
 *
 * Only records the actor may export (ACT_EXPORT) and in them only what he may see: other fields are blank, and so is the
 * organisation where a need hides it. Cells are safe against formulas (file/table.h). The first column is the 平台编号,
 * by which an import knows the record again though its title has been changed; importing an export as it is changes
 * nothing.
 *
 * The file is written beside its place and moved there when it is whole.
 */
#ifndef TQ_WORK_EXPORT_H
#define TQ_WORK_EXPORT_H

#include "file/table.h"
#include "record/facet.h"
#include "store/store.h"
#include "work/actor.h"

struct export_request {
    const struct kind *kind;
    const struct actor *actor;
    bool own;                     /* of the actor's organisation, closed ones too; no filters then */
    bool open;                    /* for everybody (docs/open-data.md): whoever the actor is, what a visitor sees; columns that nobody ever
                                     sees in public are left out */
    struct facet_filter filters[FACET_FILTERS];
    size_t filter_count;
    enum table_form form;
    const char *path;
    /* Told now and then, on the calling thread; NULL: nobody asks. false: leave off (ERR_BUSY). */
    bool (*moved)(void *arg, int64_t done, int64_t total);
    void *arg;
};

/* By the name's extension; false: none of the three. */
bool export_form(const char *path, enum table_form *form);

bool export_write(struct store *store, const struct export_request *request, int64_t *records, struct err *err);

#endif
