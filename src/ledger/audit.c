#include "ledger/audit.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "ledger/logbook.h"
#include "ledger/sealed.h"
#include "seal/stamp.h"

enum { MARKS = 16, STAMPS = 8, TOLD_EVERY = 1 << 14, FILE_MOST = 1 << 16 };

/* One tree while it grows again. */
struct audited {
    bool wanted;
    char folder[LOGBOOK_PATH];
    uint64_t told; /* leaves whose tiles are on the disk; 0: no files are looked at */
    struct tree_growth growth;
    struct tree_tiler tiler;
    uint64_t *tiles;
};

struct audit {
    const struct audit_request *request;
    struct audit_counts *counts;
    struct audited trees[LOGBOOK_TREES];
    struct audit_mark marks[MARKS];
    size_t mark_count;
    uint64_t size;
};

/* --- what was said of the trees --- */

static void mark_add(struct audit *audit, enum seal_digest digest, uint64_t size, const unsigned char root[TREE_HASH],
                     const char *said_by)
{
    struct audit_mark *mark = &audit->marks[audit->mark_count];

    if (audit->mark_count == MARKS)
        return;
    *mark = (struct audit_mark){.digest = digest, .size = size, .said_by = said_by};
    memcpy(mark->root, root, TREE_HASH);
    audit->trees[digest].wanted = true;
    audit->mark_count++;
}

/* The row, and the note in it: signed by the key of the row, and of the very root. */
static bool row_mark(struct audit *audit, enum seal_digest digest, const struct sealed *last, struct err *err)
{
    struct checkpoint checkpoint;
    struct note_key key;
    struct err why;

    if (last->size == 0)
        return true;
    if (!note_key_read(slice_of(last->key), &key, &why) || !checkpoint_open(text_slice(&last->note), &key, &checkpoint, &why))
        return err_set(err, ERR_CORRUPT, "库里的检查点：%s", why.message);
    if (checkpoint.size != last->size || memcmp(checkpoint.root, last->root, TREE_HASH) != 0)
        return err_set(err, ERR_CORRUPT, "库里的检查点：%s", N_("条数或根与签的不符"));
    mark_add(audit, digest, last->size, last->root, N_("库里"));
    return true;
}

static size_t file_read(const char *path, char bytes[FILE_MOST])
{
    FILE *file = fopen(path, "re");
    size_t len = file ? fread(bytes, 1, FILE_MOST, file) : 0;

    if (file)
        fclose(file);
    return len;
}

/* The file beside the tiles; another process may have made a newer one since the snapshot. */
static bool file_mark(struct audit *audit, enum seal_digest digest, const struct sealed *last, struct err *err)
{
    char path[LOGBOOK_PATH + 16], *bytes = malloc(FILE_MOST);
    struct checkpoint checkpoint;
    struct note_key key;
    struct err why;
    size_t len;
    bool ok = true;

    if (!bytes)
        abort();
    snprintf(path, sizeof path, "%s/checkpoint", audit->trees[digest].folder);
    len = last->size > 0 ? file_read(path, bytes) : 0;
    if (len > 0) {
        ok = note_key_read(slice_of(last->key), &key, &why)
             && checkpoint_open((struct slice){bytes, len}, &key, &checkpoint, &why);
        if (!ok)
            err_set(err, ERR_CORRUPT, "文件 %s：%s", path, why.message);
        else if (checkpoint.size <= audit->size)
            mark_add(audit, digest, checkpoint.size, checkpoint.root, N_("文件里"));
    }
    free(bytes);
    return ok;
}

/* A stamp is over its note, and the note is the log's own; one of a former name of the log is not ours to check. */
static bool stamp_mark(struct audit *audit, const struct sql_rows *rows, const struct note_key *key, struct err *err)
{
    struct slice text = sql_slice(rows, 0);
    struct checkpoint checkpoint;
    struct note note;
    struct err why;
    int64_t time_ms;

    if (!seal_stamp_read(sql_slice(rows, 1), text, -1, NULL, &time_ms, &why) || !note_read(text, &note, &why)
        || !checkpoint_read(note.text, &checkpoint, &why))
        return err_set(err, ERR_CORRUPT, "盖了时间戳的检查点：%s", why.message);
    if (strcmp(checkpoint.origin, key->name) != 0)
        return true;
    if (!note_signed(&note, key, NULL, &why))
        return err_set(err, ERR_CORRUPT, "盖了时间戳的检查点：%s", why.message);
    mark_add(audit, SEAL_SHA256, checkpoint.size, checkpoint.root, N_("时间戳"));
    return true;
}

static bool stamps_mark(struct audit *audit, struct sql *sql, const struct sealed *last, struct err *err)
{
    static const char newest[] = "SELECT note, reply FROM stamp ORDER BY stamped_ms DESC LIMIT ?1";
    struct sql_rows rows;
    struct note_key key;
    struct err later;
    bool ok = true;

    if (last->size == 0 || !note_key_read(slice_of(last->key), &key, &later))
        return true;
    if (!sql_rows(sql, newest, SQL_ARGS(sql_int(STAMPS)), &rows, err))
        return false;
    while (ok && sql_next(&rows))
        ok = stamp_mark(audit, &rows, &key, err);
    return sql_done(&rows, ok ? err : &later) && ok;
}

static bool marks_gather(struct audit *audit, struct sql *sql, struct err *err)
{
    bool ok = true;

    for (size_t i = 0; i < audit->request->mark_count; i++)
        mark_add(audit, audit->request->marks[i].digest, audit->request->marks[i].size, audit->request->marks[i].root,
                 audit->request->marks[i].said_by);
    for (size_t t = 0; ok && t < LOGBOOK_TREES; t++) {
        struct sealed last;

        ok = sealed_get(sql, (enum seal_digest)t, &last, err) && row_mark(audit, (enum seal_digest)t, &last, err)
             && (!audit->request->data || file_mark(audit, (enum seal_digest)t, &last, err));
        if (ok && t == SEAL_SHA256) {
            audit->counts->sealed = last.size;
            ok = stamps_mark(audit, sql, &last, err);
        }
        text_release(&last.note);
    }
    return ok;
}

static bool marks_below(const struct audit *audit, struct err *err)
{
    for (size_t m = 0; m < audit->mark_count; m++)
        if (audit->marks[m].size > audit->size) {
            err_set(err, ERR_CORRUPT, "%s记着 %llu 条的检查点，账本却只有 %llu 条", audit->marks[m].said_by,
                    (unsigned long long)audit->marks[m].size, (unsigned long long)audit->size);
            return err_hint(err, "若是把记录恢复到了从前：用 tieqiao log new 换一个名字重新开始(docs/ledger.md)");
        }
    return true;
}

/* --- growing again --- */

static bool tile_same(void *arg, unsigned level, uint64_t index, unsigned width, const unsigned char (*hashes)[TREE_HASH],
                      struct err *err)
{
    struct audited *tree = arg;
    unsigned char there[TREE_TILE][TREE_HASH];
    uint64_t end = ((index * TREE_TILE) + width) << (TREE_TILE_BITS * level);

    if (end > tree->told)
        return true;
    if (!tiles_read(tree->folder, level, index, width, there, err))
        return err->code != ERR_MISSING
            || err_set(err, ERR_CORRUPT, "%s 里缺少第 %u 层的第 %llu 块", tree->folder, level, (unsigned long long)index)
            || err_hint(err, "用 tieqiao rebuild 由条目重做");
    ++*tree->tiles;
    if (memcmp(there, hashes, (size_t)width * TREE_HASH) == 0)
        return true;
    err_set(err, ERR_CORRUPT, "%s 里第 %u 层的第 %llu 块与账本的条目不符", tree->folder, level, (unsigned long long)index);
    return err_hint(err, "条目与检查点相符时，块可以用 tieqiao rebuild 由条目重做");
}

static void trees_begin(struct audit *audit)
{
    for (size_t t = 0; t < LOGBOOK_TREES; t++) {
        struct audited *tree = &audit->trees[t];

        tree->growth.digest = tree->tiler.digest = (enum seal_digest)t;
        tree->tiler.emit = tile_same;
        tree->tiler.arg = tree;
        tree->tiles = &audit->counts->tiles;
        if (!audit->request->data)
            continue;
        logbook_folder(audit->request->data, (enum seal_digest)t, tree->folder);
        tree->told = tiles_size_told(tree->folder);
        tree->wanted |= tree->told > 0;
    }
}

/* Where somebody said something of this size. */
static bool marks_here(struct audit *audit, enum seal_digest digest, struct err *err)
{
    struct audited *tree = &audit->trees[digest];
    unsigned char root[TREE_HASH];

    for (size_t m = 0; m < audit->mark_count; m++) {
        const struct audit_mark *mark = &audit->marks[m];

        if (mark->digest != digest || mark->size != tree->growth.size)
            continue;
        tree_grown(&tree->growth, root);
        if (memcmp(root, mark->root, TREE_HASH) != 0)
            return err_set(err, ERR_CORRUPT, "账本的前 %llu 条与%s记下的检查点不符", (unsigned long long)mark->size, mark->said_by);
        if (!tree_tile_end(&tree->tiler, err))
            return false;
    }
    return true;
}

static bool tree_step(struct audit *audit, enum seal_digest digest, const unsigned char hash[TREE_HASH], struct err *err)
{
    struct audited *tree = &audit->trees[digest];

    tree_grow(&tree->growth, hash);
    return (tree->told == 0 || tree_tile_add(&tree->tiler, hash, err)) && marks_here(audit, digest, err);
}

static bool leaf_step(uint64_t index, struct slice bytes, const unsigned char hash[LEAF_HASH], void *arg, struct err *err)
{
    struct audit *audit = arg;
    unsigned char twin[TREE_HASH];

    if (index % TOLD_EVERY == 0 && audit->request->moved
        && !audit->request->moved(audit->request->arg, (int64_t)index, (int64_t)audit->size))
        return err_set(err, ERR_BUSY, "核对没有做完就停下了");
    if (!tree_step(audit, SEAL_SHA256, hash, err))
        return false;
    if (!audit->trees[SEAL_SM3].wanted)
        return true;
    tree_leaf(SEAL_SM3, bytes, twin);
    return tree_step(audit, SEAL_SM3, twin, err);
}

bool ledger_audit(struct sql *sql, const struct audit_request *request, struct audit_counts *counts, struct err *err)
{
    struct audit *audit = calloc(1, sizeof *audit); /* tiles of two trees: 128 KiB */
    bool ok;

    if (!audit)
        abort();
    *counts = (struct audit_counts){.leaves = 0};
    audit->request = request;
    audit->counts = counts;
    trees_begin(audit); /* the files are looked at before the rows: these are the longer ones */
    ok = ledger_size(sql, &audit->size, err) && marks_gather(audit, sql, err) && marks_below(audit, err)
         && ledger_check_each(sql, leaf_step, audit, &counts->leaves, err);
    free(audit);
    return ok;
}
