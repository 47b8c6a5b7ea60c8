/*
 * The follower that signs: what it signs extends everything signed before, by the table and by the keys' own memory; tiles are a
 * projection; two processes on one database sign one history.
 */
#include "store_engines.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "ledger/logbook.h"
#include "seal/seal.h"
#include "work/city_check.h"
#include "work/log_key.h"
#include "work/sealer.h"

enum { EVERY_MS = 40, WAIT_MS = 20000 };

struct bench {
    struct place *place;
    struct city city;
    char data[80];
    unsigned requests;
};

static const struct sealer_options quick = {.every_ms = EVERY_MS}, twin = {.every_ms = EVERY_MS, .twin = true};

static void bench_open(struct bench *bench, struct place *place, const char *sub)
{
    *bench = (struct bench){.place = place};
    if (place->pg)
        snprintf(bench->data, sizeof bench->data, "/tmp/tq-%s%s", place->schema, sub);
    else
        snprintf(bench->data, sizeof bench->data, "%s", place->dir);
    mkdir(bench->data, 0700);
    bench->city.data = bench->data;
    bench->city.store = place_open(place, ledger_attach);
}

static void bench_close(struct bench *bench)
{
    sealer_stop(bench->city.sealer);
    store_close(bench->city.store);
    if (bench->place->pg)
        place_shell("rm -rf '%s'", bench->data);
}

static void seal_on(struct bench *bench, const struct sealer_options *options)
{
    struct err err;

    if (!sealer_start(&bench->city, options, &err))
        fail_msg("%s", err.message);
}

/* --- leaves --- */

struct batch {
    unsigned from, count;
};

static bool append_step(struct sql *sql, void *arg, struct err *err)
{
    const struct batch *batch = arg;

    for (unsigned i = 0; i < batch->count; i++) {
        struct leaf leaf = {.time_ms = 1763841600000 + batch->from + i, .action = "need.edit", .kind = "need",
                            .object = batch->from + i, .version = 1};

        snprintf(leaf.request_id, sizeof leaf.request_id, "r-%u", batch->from + i);
        if (!ledger_append(sql, &leaf, err))
            return false;
    }
    return true;
}

static void append(struct bench *bench, unsigned count)
{
    while (count > 0) {
        struct batch batch = {bench->requests, count < 500 ? count : 500};
        struct err err;

        if (store_write(bench->city.store, "", append_step, &batch, &err) != STORE_DONE)
            fail_msg("%s", err.message);
        bench->requests += batch.count;
        count -= batch.count;
    }
}

struct statement {
    const char *sql;
};

static bool put_step(struct sql *sql, void *arg, struct err *err)
{
    return sql_put(sql, ((const struct statement *)arg)->sql, SQL_NO_ARGS, err);
}

static void put(struct bench *bench, const char *sql)
{
    struct statement statement = {sql};
    struct err err;

    if (store_write(bench->city.store, "", put_step, &statement, &err) != STORE_DONE)
        fail_msg("%s", err.message);
}

/* --- what is seen --- */

static struct note_key key_of(const struct bench *bench, enum note_kind kind)
{
    struct note_key key;
    struct err err;

    if (!log_key_read(bench->data, kind, &key, &err))
        fail_msg("%s", err.message);
    return key;
}

static bool checkpoint_now(struct bench *bench, enum seal_digest digest, struct checkpoint *checkpoint)
{
    struct note_key key;
    struct text note;
    struct err err;
    uint64_t size;
    bool found;

    text_init(&note);
    found = sealer_checkpoint(bench->city.sealer, digest, &note, &size);
    if (found) {
        key = key_of(bench, digest == SEAL_SM3 ? NOTE_SM2 : NOTE_ED25519);
        if (!checkpoint_open(text_slice(&note), &key, checkpoint, &err))
            fail_msg("%s", err.message);
        assert_int_equal(checkpoint->size, size);
    }
    text_release(&note);
    return found;
}

static struct checkpoint wait_for(struct bench *bench, enum seal_digest digest, uint64_t size)
{
    struct checkpoint checkpoint = {.size = 0};

    for (int ms = 0; ms < WAIT_MS && checkpoint.size < size; ms += 5) {
        usleep(5000);
        checkpoint_now(bench, digest, &checkpoint);
    }
    if (checkpoint.size != size) {
        struct sealer_known known;

        sealer_known(bench->city.sealer, &known);
        fail_msg("signed up to %llu, not %llu: %s", (unsigned long long)checkpoint.size, (unsigned long long)size, known.why);
    }
    return checkpoint;
}

static void wait_for_complaint(struct bench *bench, const char *complaint)
{
    struct sealer_known known = {.why = ""};

    for (int ms = 0; ms < WAIT_MS && !strstr(known.why, complaint); ms += 5) {
        usleep(5000);
        sealer_known(bench->city.sealer, &known);
    }
    if (!strstr(known.why, complaint))
        fail_msg("wanted %s, got %s", complaint, known.why);
}

static bool grow_one(uint64_t index, struct slice bytes, const unsigned char hash[LEAF_HASH], void *arg, struct err *err)
{
    struct tree_growth *growth = arg;
    unsigned char own[TREE_HASH];

    (void)index, (void)hash, (void)err;
    tree_leaf(growth->digest, bytes, own);
    tree_grow(growth, own);
    return true;
}

/* The root over the rows of the table, by the shortest way there is. */
static void assert_root_of_rows(struct bench *bench, enum seal_digest digest, const struct checkpoint *checkpoint)
{
    struct tree_growth growth = {.digest = digest};
    unsigned char root[TREE_HASH];
    struct sql *sql;
    struct err err;

    assert_true(store_read(bench->city.store, &sql, &err));
    assert_true(ledger_bytes(sql, 0, checkpoint->size, grow_one, &growth, &err));
    store_read_end(bench->city.store, sql);
    assert_int_equal(growth.size, checkpoint->size);
    tree_grown(&growth, root);
    assert_memory_equal(root, checkpoint->root, TREE_HASH);
}

static void assert_extends(struct bench *bench, const struct checkpoint *old, const struct checkpoint *new)
{
    struct tree_source *source = calloc(1, sizeof *source);
    char folder[LOGBOOK_PATH];
    struct tree_proof proof;
    struct err err;

    logbook_folder(bench->data, SEAL_SHA256, folder);
    *source = (struct tree_source){.size = new->size, .read = tiles_source, .arg = folder};
    if (!tree_extend(source, old->size, new->size, &proof, &err)
        || !tree_extended(SEAL_SHA256, old->size, old->root, new->size, new->root, &proof, &err))
        fail_msg("%s", err.message);
    free(source);
}

/* --- signing --- */

static void what_is_signed_is_the_tree_of_the_rows(void **state)
{
    struct checkpoint first, second;
    struct bench bench;

    bench_open(&bench, place_of(state), "");
    append(&bench, 3);
    seal_on(&bench, &twin);
    first = wait_for(&bench, SEAL_SHA256, 3);
    assert_root_of_rows(&bench, SEAL_SHA256, &first);
    append(&bench, 700);
    second = wait_for(&bench, SEAL_SHA256, 703);
    assert_root_of_rows(&bench, SEAL_SHA256, &second);
    assert_extends(&bench, &first, &second);
    second = wait_for(&bench, SEAL_SM3, 703);
    assert_root_of_rows(&bench, SEAL_SM3, &second);
    bench_close(&bench);
}

static void nothing_is_signed_twice_or_too_often(void **state)
{
    static const struct sealer_options slow = {.every_ms = 700};
    struct checkpoint checkpoint = {.size = 0};
    struct bench bench;
    int64_t start;
    int signed_now = 0;

    bench_open(&bench, place_of(state), "");
    append(&bench, 1);
    seal_on(&bench, &slow);
    wait_for(&bench, SEAL_SHA256, 1);
    start = clock_steady_us();
    while (clock_steady_us() - start < 1500000) {
        uint64_t before = checkpoint.size;

        append(&bench, 1);
        usleep(20000);
        checkpoint_now(&bench, SEAL_SHA256, &checkpoint);
        signed_now += before && checkpoint.size != before;
    }
    assert_in_range(signed_now, 1, 3);
    bench_close(&bench);
}

/* A new start goes on; what was given out before is given out at once. */
static void it_goes_on_after_a_new_start(void **state)
{
    struct checkpoint first, second;
    struct bench bench;

    bench_open(&bench, place_of(state), "");
    append(&bench, 300);
    seal_on(&bench, &quick);
    first = wait_for(&bench, SEAL_SHA256, 300);
    sealer_stop(bench.city.sealer);
    seal_on(&bench, &quick);
    wait_for(&bench, SEAL_SHA256, 300);
    append(&bench, 300);
    second = wait_for(&bench, SEAL_SHA256, 600);
    assert_extends(&bench, &first, &second);
    bench_close(&bench);
}

static void a_twin_that_is_turned_on_later_catches_up(void **state)
{
    struct checkpoint checkpoint;
    struct bench bench;

    bench_open(&bench, place_of(state), "");
    append(&bench, 600);
    seal_on(&bench, &quick);
    wait_for(&bench, SEAL_SHA256, 600);
    sealer_stop(bench.city.sealer);
    append(&bench, 5);
    seal_on(&bench, &twin);
    checkpoint = wait_for(&bench, SEAL_SM3, 605);
    assert_root_of_rows(&bench, SEAL_SM3, &checkpoint);
    bench_close(&bench);
}

/* --- tiles are a projection --- */

static void tiles_come_back_the_same(void **state)
{
    struct bench bench;
    struct err err;

    bench_open(&bench, place_of(state), "");
    append(&bench, 1300);
    seal_on(&bench, &twin);
    wait_for(&bench, SEAL_SHA256, 1300);
    assert_true(place_shell("cp -r '%s/log' '%s/kept' && find '%s/kept' -name '*.p' -prune -exec rm -r {} +", bench.data,
                            bench.data, bench.data));
    assert_true(place_shell("echo spoilt > '%s/log/tile/0/001'", bench.data));
    assert_true(sealer_rebuild(bench.city.sealer, &err));
    assert_true(place_shell("cd '%s/log' && find . -name '*.p' -prune -o -name size -o -type f -print | sort > ../a && cd ../kept"
                            " && find . -type f ! -name size | sort > ../b && cmp ../a ../b && diff -r -x '*.p' . ../log",
                            bench.data));
    append(&bench, 1);
    wait_for(&bench, SEAL_SHA256, 1301);
    bench_close(&bench);
}

/* A crash, or somebody: what does not fit is seen at the start, or when the next checkpoint is due. */
static void spoilt_tiles_are_made_anew(void **state)
{
    static const char *const spoilings[] = {
        "printf x | dd of=tile/0/001 bs=1 seek=40 conv=notrunc 2>/dev/null && echo 1300 > size", /* no clean end */
        "rm tile/0/002 && echo 1300 > size",
        "rm size",
        "echo '1400 clean' > size",
        "rm -r tile size",
        "truncate -s 100 tile/0/005.p/* && echo 1300 > size",
        "for f in tile/1/000.p/*; do printf x | dd of=$f bs=1 seek=40 conv=notrunc 2>/dev/null; done", /* a clean end: seen by the root */
    };
    struct bench bench;

    bench_open(&bench, place_of(state), "");
    append(&bench, 1300);
    seal_on(&bench, &quick);
    wait_for(&bench, SEAL_SHA256, 1300);
    for (size_t i = 0; i < sizeof spoilings / sizeof *spoilings; i++) {
        struct checkpoint checkpoint;

        sealer_stop(bench.city.sealer);
        assert_true(place_shell("cd '%s/log' && %s", bench.data, spoilings[i]));
        append(&bench, 1);
        seal_on(&bench, &quick);
        checkpoint = wait_for(&bench, SEAL_SHA256, 1301 + i);
        assert_root_of_rows(&bench, SEAL_SHA256, &checkpoint);
    }
    bench_close(&bench);
}

/* --- what is never signed --- */

static void a_leaf_changed_behind_our_back_is_not_signed(void **state)
{
    struct bench bench;

    bench_open(&bench, place_of(state), "");
    append(&bench, 600);
    seal_on(&bench, &quick);
    wait_for(&bench, SEAL_SHA256, 600);
    sealer_stop(bench.city.sealer);
    /* Bytes and hash of leaf 7 become those of a leaf that never was: only the tree can tell. */
    put(&bench, "UPDATE ledger SET bytes = (SELECT bytes FROM ledger WHERE leaf_index = 8),"
                " hash = (SELECT hash FROM ledger WHERE leaf_index = 8) WHERE leaf_index = 7");
    assert_true(place_shell("rm -r '%s/log'", bench.data));
    append(&bench, 1);
    seal_on(&bench, &quick);
    wait_for_complaint(&bench, "库里记下的检查点不符");
    bench_close(&bench);
}

static void a_ledger_that_lost_leaves_is_not_signed(void **state)
{
    struct bench bench;

    bench_open(&bench, place_of(state), "");
    append(&bench, 600);
    seal_on(&bench, &quick);
    wait_for(&bench, SEAL_SHA256, 600);
    sealer_stop(bench.city.sealer);
    put(&bench, "DELETE FROM ledger WHERE leaf_index >= 500");
    put(&bench, "UPDATE ledger_head SET next = 500");
    seal_on(&bench, &quick);
    wait_for_complaint(&bench, "签过 600 条的检查点，账本现在只有 500 条");
    bench_close(&bench);
}

/* Put back to an earlier day, table of checkpoints and all: the keys remember, and a new name begins a new history. */
static void records_of_an_earlier_day_are_not_signed_with_these_keys(void **state)
{
    struct checkpoint checkpoint;
    struct bench bench;
    struct note_key old;
    struct err err;

    bench_open(&bench, place_of(state), "");
    append(&bench, 600);
    seal_on(&bench, &quick);
    wait_for(&bench, SEAL_SHA256, 600);
    old = key_of(&bench, NOTE_ED25519);
    sealer_stop(bench.city.sealer);
    put(&bench, "DELETE FROM ledger WHERE leaf_index >= 500");
    put(&bench, "UPDATE ledger_head SET next = 500");
    put(&bench, "DELETE FROM checkpoint");
    bench.requests = 5000;
    seal_on(&bench, &quick);
    wait_for_complaint(&bench, "签过 600 条的检查点，账本现在只有 500 条");
    append(&bench, 200);
    wait_for_complaint(&bench, "钥匙旁记下的检查点不符");
    sealer_stop(bench.city.sealer);
    assert_true(log_keys_replace(bench.data, SLICE("log.example/2"), 1763841600000, &err));
    seal_on(&bench, &quick);
    checkpoint = wait_for(&bench, SEAL_SHA256, 700);
    assert_string_equal(checkpoint.origin, "log.example/2");
    assert_string_not_equal(old.name, checkpoint.origin);
    assert_root_of_rows(&bench, SEAL_SHA256, &checkpoint);
    bench_close(&bench);
}

static void a_key_that_others_can_read_signs_nothing(void **state)
{
    struct bench bench;
    struct err err;

    bench_open(&bench, place_of(state), "");
    seal_on(&bench, &quick);
    sealer_stop(bench.city.sealer);
    assert_true(place_shell("test $(stat -c %%a '%s/keys') = 700 && test $(stat -c %%a '%s/keys/log.key') = 600"
                            " && chmod 644 '%s/keys/log.key'", bench.data, bench.data, bench.data));
    assert_false(sealer_start(&bench.city, &quick, &err));
    assert_int_equal(err.code, ERR_DENIED);
    assert_true(place_shell("chmod 600 '%s/keys/log.key' && echo nonsense > '%s/keys/log.key'", bench.data, bench.data));
    assert_false(sealer_start(&bench.city, &quick, &err));
    assert_int_equal(err.code, ERR_CORRUPT);
    bench_close(&bench);
}

/* A backup was put up elsewhere, without its keys: nothing is signed in the log's name. */
static void without_the_key_nothing_is_signed(void **state)
{
    struct bench bench;

    bench_open(&bench, place_of(state), "");
    append(&bench, 10);
    seal_on(&bench, &quick);
    wait_for(&bench, SEAL_SHA256, 10);
    sealer_stop(bench.city.sealer);
    assert_true(place_shell("rm -r '%s/keys'", bench.data));
    append(&bench, 10);
    seal_on(&bench, &quick);
    wait_for_complaint(&bench, "没有签检查点的钥匙");
    assert_false(place_shell("test -e '%s/keys'", bench.data));
    bench_close(&bench);
}

/* --- fsck --- */

struct forged {
    unsigned char bytes[LEAF_MAX], hash[LEAF_HASH];
    size_t len;
};

static bool forge_step(struct sql *sql, void *arg, struct err *err)
{
    const struct forged *forged = arg;

    return sql_put(sql, "UPDATE ledger SET bytes = ?1, hash = ?2, object = 4711 WHERE leaf_index = 7",
                   SQL_ARGS(sql_bytes(forged->bytes, forged->len), sql_bytes(forged->hash, LEAF_HASH)), err);
}

/* Leaf 7 says something else, and its hash and columns say the same: only the tree can tell. */
static void forge(struct bench *bench)
{
    struct forged forged;
    struct leaf leaf;
    struct sql *sql;
    struct err err;

    assert_true(store_read(bench->city.store, &sql, &err) && ledger_get(sql, 7, &leaf, &err));
    store_read_end(bench->city.store, sql);
    leaf.object = 4711;
    forged.len = leaf_write(&leaf, forged.bytes);
    leaf_hash((struct slice){(const char *)forged.bytes, forged.len}, forged.hash);
    if (store_write(bench->city.store, "", forge_step, &forged, &err) != STORE_DONE)
        fail_msg("%s", err.message);
}

static bool sound(struct bench *bench, struct audit_counts *counts, struct err *err)
{
    struct city_watch watch = {.data = bench->data};
    struct sql *sql;
    bool ok;

    assert_true(store_read(bench->city.store, &sql, err));
    ok = log_check(sql, &watch, counts, err);
    store_read_end(bench->city.store, sql);
    return ok;
}

/* sql: one statement, or NULL; shell: what is done below the data folder, or NULL; neither: leaf 7 is forged. */
static const struct {
    const char *what, *sql, *shell, *complaint;
} tamperings[] = {
    {"a leaf's bytes", "UPDATE ledger SET bytes = (SELECT bytes FROM ledger WHERE leaf_index = 8) WHERE leaf_index = 7", NULL, "第 7 条：账本条目与其散列值不符"},
    {"a leaf and its hash, another's", "UPDATE ledger SET bytes = (SELECT bytes FROM ledger WHERE leaf_index = 8), hash = (SELECT hash FROM ledger WHERE leaf_index = 8) WHERE leaf_index = 7", NULL, "第 7 条的索引列与内容不符"},
    {"a leaf, its hash and columns", NULL, NULL, "块与账本的条目不符"},
    {"a leaf, its hash and columns, without tiles", NULL, "rm -r log/tile log/size log/sm3/tile log/sm3/size", "检查点不符"},
    {"a column", "UPDATE ledger SET object = 1 WHERE leaf_index = 7", NULL, "第 7 条的索引列与内容不符"},
    {"a leaf dropped", "DELETE FROM ledger WHERE leaf_index = 7", NULL, "账本缺少第 7 条"},
    {"the last leaf dropped", "DELETE FROM ledger WHERE leaf_index = 599", NULL, "账本有 599 条，末尾记录却是 600"},
    {"the end cut off", "UPDATE ledger_head SET next = 599", NULL, "记着 600 条的检查点，账本却只有 599 条"},
    {"the root that was signed", "UPDATE checkpoint SET root = (SELECT hash FROM ledger WHERE leaf_index = 3) WHERE tree = 'sha256'", NULL, "条数或根与签的不符"},
    {"the size that was signed", "UPDATE checkpoint SET size = 599 WHERE tree = 'sha256'", NULL, "条数或根与签的不符"},
    {"the note that was signed", "UPDATE checkpoint SET note = replace(note, '600', '500') WHERE tree = 'sha256'", NULL, "正文或签名被改过"},
    {"the twin's note", "UPDATE checkpoint SET note = replace(note, '600', '500') WHERE tree = 'sm3'", NULL, "正文或签名被改过"},
    {"whose key it is", "UPDATE checkpoint SET key = (SELECT key FROM checkpoint WHERE tree = 'sm3') WHERE tree = 'sha256'", NULL, "没有"},
    {"the checkpoint beside the tiles", NULL, "sed -i s/600/601/ log/checkpoint", "正文或签名被改过"},
    {"another log's checkpoint beside the tiles", NULL, "cp log/sm3/checkpoint log/checkpoint", "的签名"},
    {"a byte of a tile", NULL, "printf x | dd of=log/tile/0/000 bs=1 seek=40 conv=notrunc 2>/dev/null", "第 0 层的第 0 块与账本的条目不符"},
    {"a byte of the twin's tile", NULL, "printf x | dd of=log/sm3/tile/0/001 bs=1 seek=40 conv=notrunc 2>/dev/null", "sm3 里第 0 层的第 1 块与账本的条目不符"},
    {"a byte of an upper tile", NULL, "printf x | dd of=log/tile/1/000.p/2 bs=1 seek=40 conv=notrunc 2>/dev/null", "第 1 层的第 0 块与账本的条目不符"},
    {"a tile cut", NULL, "truncate -s 8000 log/tile/0/001", "缺少第 0 层的第 1 块"},
    {"a tile dropped", NULL, "rm log/tile/0/001", "缺少第 0 层的第 1 块"},
    {"what the keys remember", NULL, "sed -i 's/^600$/400/' keys/signed", "前 400 条与钥匙旁记下的检查点不符"},
    {"what the keys remember, of later", NULL, "sed -i 's/^600$/700/' keys/signed", "钥匙旁记着 700 条的检查点，账本却只有 600 条"},
};

static void fsck_names_what_does_not_fit(void **state)
{
    struct audit_counts counts;
    struct bench bench;
    struct err err;

    bench_open(&bench, place_of(state), "");
    append(&bench, 600);
    seal_on(&bench, &twin);
    wait_for(&bench, SEAL_SHA256, 600);
    wait_for(&bench, SEAL_SM3, 600);
    sealer_stop(bench.city.sealer);
    if (!sound(&bench, &counts, &err))
        fail_msg("%s", err.message);
    assert_true(counts.leaves == 600 && counts.sealed == 600 && counts.tiles >= 8);
    put(&bench, "CREATE TABLE kept_ledger AS SELECT * FROM ledger");
    put(&bench, "CREATE TABLE kept_checkpoint AS SELECT * FROM checkpoint");
    assert_true(place_shell("cd '%s' && mkdir kept && cp -r log keys kept", bench.data));
    for (size_t i = 0; i < sizeof tamperings / sizeof *tamperings; i++) {
        if (tamperings[i].sql)
            put(&bench, tamperings[i].sql);
        if (tamperings[i].shell)
            assert_true(place_shell("cd '%s' && %s", bench.data, tamperings[i].shell));
        if (!tamperings[i].sql && (!tamperings[i].shell || strstr(tamperings[i].what, "its hash")))
            forge(&bench);
        if (sound(&bench, &counts, &err))
            fail_msg("not noticed: %s", tamperings[i].what);
        if (!strstr(err.message, tamperings[i].complaint))
            fail_msg("%s: wanted %s, got %s", tamperings[i].what, tamperings[i].complaint, err.message);
        put(&bench, "DELETE FROM ledger");
        put(&bench, "INSERT INTO ledger SELECT * FROM kept_ledger");
        put(&bench, "UPDATE ledger_head SET next = 600");
        put(&bench, "DELETE FROM checkpoint");
        put(&bench, "INSERT INTO checkpoint SELECT * FROM kept_checkpoint");
        assert_true(place_shell("cd '%s' && rm -r log keys && cp -r kept/* .", bench.data));
    }
    if (!sound(&bench, &counts, &err))
        fail_msg("%s", err.message);
    bench_close(&bench);
}

/* --- two server processes on one database --- */

static void two_processes_sign_one_history(void **state)
{
    struct checkpoint last = {.size = 0}, now;
    struct bench benches[2];

    bench_open(&benches[0], place_of(state), "-a");
    bench_open(&benches[1], place_of(state), "-b");
    append(&benches[0], 1);
    seal_on(&benches[0], &quick);
    wait_for(&benches[0], SEAL_SHA256, 1);
    assert_true(place_shell("cp -r '%s/keys' '%s/'", benches[0].data, benches[1].data));
    seal_on(&benches[1], &quick);
    for (unsigned i = 0; i < 40; i++) {
        append(&benches[0], 17);
        usleep(10000);
        for (size_t b = 0; b < 2; b++)
            if (checkpoint_now(&benches[b], SEAL_SHA256, &now) && now.size > last.size) {
                if (last.size > 0)
                    assert_extends(&benches[b], &last, &now);
                last = now;
            }
    }
    for (size_t b = 0; b < 2; b++) {
        now = wait_for(&benches[b], SEAL_SHA256, 681);
        assert_root_of_rows(&benches[b], SEAL_SHA256, &now);
    }
    sealer_stop(benches[0].city.sealer); /* the other one takes over when the lease is out */
    append(&benches[0], 1);
    wait_for(&benches[1], SEAL_SHA256, 682);
    bench_close(&benches[0]);
    bench_close(&benches[1]);
}

/* Also one that never signed itself remembers what was signed with its key. */
static void whoever_is_left_knows_what_was_signed(void **state)
{
    struct bench benches[2];

    bench_open(&benches[0], place_of(state), "-a");
    bench_open(&benches[1], place_of(state), "-b");
    seal_on(&benches[0], &quick);
    assert_true(place_shell("cp -r '%s/keys' '%s/'", benches[0].data, benches[1].data));
    append(&benches[0], 300);
    wait_for(&benches[0], SEAL_SHA256, 300);
    seal_on(&benches[1], &quick);
    wait_for(&benches[1], SEAL_SHA256, 300);
    sealer_stop(benches[0].city.sealer);
    sealer_stop(benches[1].city.sealer);
    put(&benches[1], "DELETE FROM ledger WHERE leaf_index >= 200");
    put(&benches[1], "UPDATE ledger_head SET next = 200");
    put(&benches[1], "DELETE FROM checkpoint");
    seal_on(&benches[1], &quick);
    wait_for_complaint(&benches[1], "签过 300 条的检查点，账本现在只有 200 条");
    bench_close(&benches[0]);
    bench_close(&benches[1]);
}

static void another_key_does_not_join_in(void **state)
{
    struct bench benches[2];
    struct err err;

    bench_open(&benches[0], place_of(state), "-a");
    bench_open(&benches[1], place_of(state), "-b");
    append(&benches[0], 1);
    assert_true(log_keys_make(benches[1].data, SLICE("other.example"), &err));
    seal_on(&benches[0], &quick);
    wait_for(&benches[0], SEAL_SHA256, 1);
    sealer_stop(benches[0].city.sealer);
    append(&benches[0], 1);
    seal_on(&benches[1], &quick);
    wait_for_complaint(&benches[1], "另一把钥匙");
    bench_close(&benches[0]);
    bench_close(&benches[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(what_is_signed_is_the_tree_of_the_rows),
        ON_SQLITE(nothing_is_signed_twice_or_too_often),
        ON_BOTH(it_goes_on_after_a_new_start),
        ON_SQLITE(a_twin_that_is_turned_on_later_catches_up),
        ON_SQLITE(tiles_come_back_the_same),
        ON_SQLITE(spoilt_tiles_are_made_anew),
        ON_BOTH(a_leaf_changed_behind_our_back_is_not_signed),
        ON_BOTH(a_ledger_that_lost_leaves_is_not_signed),
        ON_SQLITE(records_of_an_earlier_day_are_not_signed_with_these_keys),
        ON_SQLITE(a_key_that_others_can_read_signs_nothing),
        ON_SQLITE(without_the_key_nothing_is_signed),
        ON_BOTH(fsck_names_what_does_not_fit),
        ON_PG(two_processes_sign_one_history),
        ON_PG(whoever_is_left_knows_what_was_signed),
        ON_PG(another_key_does_not_join_in),
    };
    struct err err;

    if (!seal_start(&err))
        return 1;
    return run_places(tests);
}
