/* Files kept by their hash: put in by parts, read back, cut off, swept away, and found where somebody changed them. */
#include "deal_town.h"

#include "work/attachment.h"
#include "work/sweep.h"

enum { LONG = 3 * ATTACHMENT_PART + 17, DAY_MS = 86400000 };

/* --- content --- */

static char *long_bytes(void)
{
    char *bytes = malloc(LONG);

    assert_non_null(bytes);
    for (size_t i = 0; i < LONG; i++)
        bytes[i] = (char)(i * 2654435761u >> 13);
    return bytes;
}

static void digest_of(struct slice bytes, char digest[ATTACHMENT_DIGEST_HEX + 1])
{
    unsigned char hash[SEAL_HASH];

    seal_sha256(&bytes, 1, hash);
    seal_hex(hash, sizeof hash, digest);
}

struct readback {
    struct slice wanted;
    size_t at, parts, stop_at;
};

static bool part_seen(struct slice part, void *arg, struct err *err)
{
    struct readback *readback = arg;

    if (readback->stop_at && readback->parts + 1 == readback->stop_at)
        return err_set(err, ERR_BUSY, "enough");
    assert_true(part.len <= ATTACHMENT_PART && readback->at + part.len <= readback->wanted.len);
    assert_memory_equal(part.at, readback->wanted.at + readback->at, part.len);
    readback->at += part.len;
    readback->parts++;
    return true;
}

static bool read_back(struct town *town, const char *digest, struct readback *readback, struct err *err)
{
    struct sql *sql = town_look(town);
    bool ok = attachment_read(sql, slice_of(digest), part_seen, readback, err);

    store_read_end(town->store, sql);
    return ok;
}

static bool is_there(struct town *town, const char *digest, int64_t *size)
{
    struct sql *sql = town_look(town);
    struct err err;
    bool found;

    if (!attachment_size(sql, slice_of(digest), size, &found, &err))
        fail_msg("%s", err.message);
    store_read_end(town->store, sql);
    return found;
}

static void keeps(struct town *town, struct slice bytes, int64_t now_ms, char digest[ATTACHMENT_DIGEST_HEX + 1])
{
    struct err err;

    digest_of(bytes, digest);
    if (!attachment_keep(town->store, slice_of(digest), bytes, now_ms, &err))
        fail_msg("%s", err.message);
}

static void what_is_kept_comes_back_in_parts(void **state)
{
    char *bytes = long_bytes(), digest[ATTACHMENT_DIGEST_HEX + 1];
    struct readback readback = {.wanted = {bytes, LONG}};
    struct town town;
    struct err err;
    int64_t size;

    town_open(&town, state);
    keeps(&town, readback.wanted, 1000, digest);
    assert_true(is_there(&town, digest, &size));
    assert_int_equal(size, LONG);
    if (!read_back(&town, digest, &readback, &err))
        fail_msg("%s", err.message);
    assert_int_equal(readback.at, LONG);
    assert_int_equal(readback.parts, 4);
    readback = (struct readback){.wanted = {bytes, LONG}, .stop_at = 2};
    assert_false(read_back(&town, digest, &readback, &err));
    assert_string_equal(err.message, "enough");
    town_close(&town);
    free(bytes);
}

static void the_same_content_is_kept_once(void **state)
{
    char digest[ATTACHMENT_DIGEST_HEX + 1];
    struct town town;

    town_open(&town, state);
    keeps(&town, SLICE("%PDF-1.7 示例"), 1000, digest);
    keeps(&town, SLICE("%PDF-1.7 示例"), 2000, digest);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM content_part"), 1);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM content WHERE touched_ms = 2000"), 1);
    town_close(&town);
}

static void what_nobody_kept_is_missing(void **state)
{
    struct readback readback = {0};
    struct town town;
    struct err err;
    int64_t size;

    town_open(&town, state);
    assert_false(is_there(&town, campus_sha, &size));
    assert_false(read_back(&town, campus_sha, &readback, &err));
    assert_int_equal(err.code, ERR_MISSING);
    town_close(&town);
}

static bool run_statement(struct sql *sql, void *arg, struct err *err)
{
    return sql_put(sql, arg, SQL_NO_ARGS, err);
}

static void runs(struct town *town, const char *statement)
{
    struct err err;

    assert_done(store_write(town->store, "", run_statement, (void *)statement, &err), err);
}

/* As a kill between two slices leaves it. */
static void a_cut_upload_is_not_there_and_the_next_one_makes_it_whole(void **state)
{
    char *bytes = long_bytes(), digest[ATTACHMENT_DIGEST_HEX + 1];
    struct readback readback = {.wanted = {bytes, LONG}};
    struct town town;
    struct err err;
    int64_t size;

    town_open(&town, state);
    keeps(&town, readback.wanted, 1000, digest);
    runs(&town, "UPDATE content SET state = 0");
    runs(&town, "DELETE FROM content_part WHERE no > 1");
    assert_false(is_there(&town, digest, &size));
    assert_false(read_back(&town, digest, &readback, &err));
    assert_int_equal(err.code, ERR_MISSING);
    keeps(&town, readback.wanted, 2000, digest);
    assert_true(read_back(&town, digest, &readback, &err));
    town_close(&town);
    free(bytes);
}

static void sweeps(struct town *town, int64_t now_ms)
{
    struct err err;

    if (!sweep(town->store, now_ms, &err))
        fail_msg("%s", err.message);
}

static void what_no_record_names_goes_after_a_day(void **state)
{
    char *bytes = long_bytes(), digest[ATTACHMENT_DIGEST_HEX + 1];
    struct town town;
    int64_t size;

    town_open(&town, state);
    for (int i = 0; i < 20; i++) {
        char text[16];

        snprintf(text, sizeof text, "%d", i);
        keeps(&town, slice_of(text), 1000, digest);
    }
    keeps(&town, (struct slice){bytes, LONG}, 2000, digest);
    sweeps(&town, 1000 + DAY_MS);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM content"), 21);
    sweeps(&town, 1001 + DAY_MS);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM content"), 1);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM content_part"), 4);
    assert_true(is_there(&town, digest, &size));
    sweeps(&town, 2001 + DAY_MS);
    assert_int_equal(town_number(&town, "SELECT count(*) FROM content_part"), 0);
    town_close(&town);
    free(bytes);
}

static void changed_bytes_are_not_handed_out_as_sound(void **state)
{
    static const char *const changes[] = {"UPDATE content_part SET bytes = (SELECT bytes FROM content_part WHERE no = 1) WHERE no = 2",
                                          "DELETE FROM content_part WHERE no = 3", "UPDATE content SET size = size - 1",
                                          "UPDATE content_part SET no = 4 WHERE no = 3"};
    char *bytes = long_bytes(), digest[ATTACHMENT_DIGEST_HEX + 1];
    struct err err;

    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct sql *sql;
        struct town town;

        town_open(&town, state);
        keeps(&town, (struct slice){bytes, LONG}, 1000, digest);
        runs(&town, changes[i]);
        sql = town_look(&town);
        if (attachment_read(sql, slice_of(digest), NULL, NULL, &err))
            fail_msg("nobody noticed: %s", changes[i]);
        assert_int_equal(err.code, ERR_CORRUPT);
        runs(&town, "DELETE FROM content_part");
        runs(&town, "DELETE FROM content");
        store_read_end(town.store, sql);
        town_close(&town);
    }
    free(bytes);
}

/* --- what people bring --- */

/* A ZIP as far as anybody looks: a directory with one name, and its end (PKWARE APPNOTE 4.3.12, 4.3.16). */
static struct slice package(char out[200], const char *part)
{
    size_t len = strlen(part), end = 8 + 46 + len;

    memset(out, 0, 200);
    memcpy(out, "PK\3\4....PK\1\2", 12);
    out[8 + 28] = (char)len;
    memcpy(out + 8 + 46, part, len);
    memcpy(out + end, "PK\5\6", 4);
    out[end + 12] = (char)(46 + len);
    out[end + 16] = 8;
    return (struct slice){out, end + 22};
}

static void each_sort_of_file_is_told_by_its_bytes(void **state)
{
    static const struct { const char *name, *media; struct slice bytes; } files[] = {
        {"会议纪要.pdf", "pdf", {"%PDF-1.7\n", 9}},       {"扫描 1.PNG", "png", {"\x89PNG\r\n\x1A\n1234", 12}},
        {"照片.jpeg", "jpeg", {"\xFF\xD8\xFF\xE0", 4}},   {"照片.jpg", "jpeg", {"\xFF\xD8\xFF\xE0", 4}},
        {"说明.txt", "text", {"\xC4\xE3\xBA\xC3", 4}},    {"清单.csv", "text", {"名称,金额\n", 14}},
    };
    char bytes[200];
    struct err err;

    (void)state;
    town_start();
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct attachment_file file = {.name = slice_of(files[i].name), .bytes = files[i].bytes};

        if (!attachment_look(&file, &err))
            fail_msg("%s: %s", files[i].name, err.message);
        assert_string_equal(file.media, files[i].media);
    }
    for (size_t i = 0; i < 4; i++) {
        static const char *const parts[][3] = {
            {"word/document.xml", "合同.docx", "docx"}, {"xl/workbook.xml", "表.xlsx", "xlsx"}, {"OFD.xml", "公文.ofd", "ofd"}, {"a.txt", "材料.zip", "zip"}};
        struct attachment_file file = {.name = slice_of(parts[i][1]), .bytes = package(bytes, parts[i][0])};

        if (!attachment_look(&file, &err))
            fail_msg("%s: %s", parts[i][1], err.message);
        assert_string_equal(file.media, parts[i][2]);
    }
}

static void what_cannot_be_attached_is_refused_in_a_sentence(void **state)
{
    static const char long_name[] = "名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名"
                                    "名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名名.pdf";
    char docx[200];
    const struct { const char *name, *says; struct slice bytes; } files[] = {
        {"空.pdf", "是空文件", {"", 0}},
        {"图.pdf", "内容是 PNG", {"\x89PNG\r\n\x1A\n1234", 12}},
        {"程序.pdf", "不是能附的文件", {"MZ\x90\0\0", 5}},
        {"页面.html", "不是能附的文件", {"<!doctype html><script>", 23}},
        {"页面.txt", "不是能附的文件", {"  <html>", 8}},
        {"断.docx", "已经损坏", {docx, 60}},
        {"断.zip", "已经损坏", {"PK\3\4", 4}},
        {"远.zip", "已经损坏", {"PK\5\6\0\0\0\0\1\0\1\0\xFF\xFF\xFF\x7F\xFF\xFF\xFF\x7F\0\0", 22}},
        {"合同.zip", "内容是 DOCX", {docx, 93}},
        {"文件.exe", "名字与内容不符", {"%PDF-1.7\n", 9}},
        {"a/b.pdf", "不能用的符号", {"%PDF-1.7\n", 9}},
        {"a\\b.pdf", "不能用的符号", {"%PDF-1.7\n", 9}},
        {"c:x.pdf", "不能用的符号", {"%PDF-1.7\n", 9}},
        {"a\"b.pdf", "不能用的符号", {"%PDF-1.7\n", 9}},
        {"a\rb.pdf", "控制字符", {"%PDF-1.7\n", 9}},
        {"fdp\xE2\x80\xAE.pdf", "控制字符", {"%PDF-1.7\n", 9}},
        {".pdf", "没有名字", {"%PDF-1.7\n", 9}},
        {"纪要", "没有名字或扩展名", {"%PDF-1.7\n", 9}},
        {"纪要.", "没有名字或扩展名", {"%PDF-1.7\n", 9}},
        {"", "没有名字", {"%PDF-1.7\n", 9}},
        {long_name, "过长", {"%PDF-1.7\n", 9}},
    };
    struct err err;

    (void)state;
    town_start();
    assert_int_equal(package(docx, "word/document.xml").len, 93);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct attachment_file file = {.name = slice_of(files[i].name), .bytes = files[i].bytes};

        if (attachment_look(&file, &err))
            fail_msg("%s was taken", files[i].name);
        if (!strstr(err.message, files[i].says) || !err.hint[0] || err.code != ERR_INVALID)
            fail_msg("%s: %s; %s", files[i].name, err.message, err.hint);
    }
}

/* Cut anywhere, any byte changed: each in a buffer of its own size, so that the sanitizers see a look beyond it. */
static void a_damaged_package_is_looked_at_within_its_bytes(void **state)
{
    char whole[200];
    struct slice sound;
    struct err err;

    (void)state;
    town_start();
    sound = package(whole, "word/document.xml");
    for (size_t len = 0; len <= sound.len; len++)
        for (size_t at = 0; at < len; at++) {
            char *bytes = malloc(len);
            struct attachment_file file = {.name = SLICE("断.docx"), .bytes = {bytes, len}};

            assert_non_null(bytes);
            memcpy(bytes, sound.at, len);
            bytes[at] = (char)0xFF;
            if (attachment_look(&file, &err))
                assert_string_equal(file.media, "docx");
            free(bytes);
        }
}

static void a_file_may_be_as_large_as_is_said_and_no_larger(void **state)
{
    char *bytes = calloc(1, ATTACHMENT_MOST + 1);
    struct attachment_file file = {.name = SLICE("大.pdf"), .bytes = {bytes, ATTACHMENT_MOST}};
    struct err err;

    (void)state;
    town_start();
    assert_non_null(bytes);
    memcpy(bytes, "%PDF-", 5);
    assert_true(attachment_look(&file, &err));
    file.bytes.len++;
    assert_false(attachment_look(&file, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    free(bytes);
}

/* --- in a deal's file --- */

static const char minutes[] = "%PDF-1.7 示例纪要";

static struct campus *campus_with(struct campus *campus, void **state, const char *name, const char *bytes)
{
    struct attachment_order order;

    campus_open(campus, state, "620102", "");
    campus_attachment(campus, &order, &campus->clerk);
    campus_brings(campus, &order.files, name, bytes, "minutes");
    assert_done(campus_attaches(campus, &order, attachment_step), campus->err);
    assert_int_equal(order.no, 1);
    return campus;
}

static bool says_no(struct campus *campus, struct attachment_order *order, store_step *step, enum err_code code, const char *says)
{
    if (campus_attaches(campus, order, step) == STORE_DONE)
        fail_msg("it was taken; wanted: %s", says);
    if (campus->err.code != code || !strstr(campus->err.message, says))
        fail_msg("wanted %s, told: %s", says, campus->err.message);
    return true;
}

static void a_file_lies_in_the_deals_file_with_all_that_is_known_of_it(void **state)
{
    struct campus campus;
    const struct record *record;
    int64_t ver;

    campus_with(&campus, state, "会议纪要.pdf", minutes);
    record = campus_paper(&campus, KIND_ATTACHMENT, 1);
    assert_true(slice_is(record->values[ATTACHMENT_NAME].text, "会议纪要.pdf"));
    assert_true(slice_is(record->values[ATTACHMENT_PAPER].text, "deal"));
    assert_false(record->values[ATTACHMENT_PAPER_NO].known);
    assert_true(slice_is(record->values[ATTACHMENT_MEDIA].text, "pdf"));
    assert_int_equal(record->values[ATTACHMENT_SIZE].number, strlen(minutes));
    assert_int_equal(record->author, campus.account);
    assert_int_equal(record->owner, campus.unit);
    ver = town_number(&campus.town, "SELECT ver FROM deal WHERE to_leaf IS NULL");
    assert_int_equal(ver, 1); /* who has a form of a step open is not overtaken */
    assert_int_equal(town_number(&campus.town, "SELECT count(*) FROM ledger WHERE action = 'deal.attach'"), 1);
    sweeps(&campus.town, campus_ms(&campus) + 3 * DAY_MS);
    assert_int_equal(town_number(&campus.town, "SELECT count(*) FROM content"), 1);
    campus_close(&campus);
}

static void the_same_request_attaches_once(void **state)
{
    struct attachment_order order, again;
    struct campus campus;

    campus_open(&campus, state, "620102", "");
    campus_attachment(&campus, &order, &campus.clerk);
    campus_brings(&campus, &order.files, "a.pdf", minutes, "other");
    campus_brings(&campus, &order.files, "b.txt", "说明", "other");
    campus_brings(&campus, &order.files, "c.txt", "说明", "other");
    assert_done(campus_attaches(&campus, &order, attachment_step), campus.err);
    again = order;
    again.no = 0;
    attachment_set_init(&again.files, again.time_ms);
    assert_done(campus_attaches(&campus, &again, attachment_step), campus.err);
    assert_int_equal(again.no, 1);
    assert_int_equal(town_number(&campus.town, "SELECT count(*) FROM attachment"), 2); /* c.txt is b.txt */
    says_no(&campus, &again, attachment_withdraw_step, ERR_CONFLICT, "请求");
    campus_close(&campus);
}

static void what_cannot_lie_in_the_file_is_refused(void **state)
{
    struct attachment_order order;
    struct campus campus;

    campus_with(&campus, state, "纪要.pdf", minutes);
    campus_attachment(&campus, &order, &campus.clerk);
    campus_brings(&campus, &order.files, "另一个名字.pdf", minutes, "other");
    says_no(&campus, &order, attachment_step, ERR_CONFLICT, "已经附在这里");
    order.paper = SLICE("title");
    order.paper_no = 1;
    says_no(&campus, &order, attachment_step, ERR_INVALID, "卷里没有这份文书");
    order.paper = SLICE("attachment");
    says_no(&campus, &order, attachment_step, ERR_INVALID, "卷里没有这份文书");
    order.paper = SLICE("need");
    says_no(&campus, &order, attachment_step, ERR_INVALID, "卷里没有这份文书");
    does(&campus, "title", NULL);
    order.paper = SLICE("title");
    assert_done(campus_attaches(&campus, &order, attachment_step), campus.err);
    campus_attachment(&campus, &order, &campus.clerk);
    snprintf(order.files.files[0].digest, sizeof order.files.files[0].digest, "%s", campus_sha);
    order.files.files[0].name = SLICE("x.pdf");
    order.files.files[0].media = "pdf";
    order.files.sorts[0] = "other";
    order.files.count = 1;
    says_no(&campus, &order, attachment_step, ERR_CONFLICT, "没有传完");
    campus_close(&campus);
}

/* A step that was prepared while the sweep was at the content, or whose upload was cut off. */
static void a_content_that_is_not_whole_is_named_by_no_record(void **state)
{
    struct attachment_order order;
    struct campus campus;

    campus_open(&campus, state, "620102", "");
    campus_attachment(&campus, &order, &campus.clerk);
    campus_brings(&campus, &order.files, "纪要.pdf", minutes, "other");
    runs(&campus.town, "UPDATE content SET state = 0");
    says_no(&campus, &order, attachment_step, ERR_CONFLICT, "没有传完");
    assert_int_equal(town_number(&campus.town, "SELECT count(*) FROM attachment"), 0);
    campus_close(&campus);
}

static void only_who_takes_steps_of_the_deal_attaches_to_it(void **state)
{
    struct attachment_order order;
    struct campus campus;
    struct actor other;
    int64_t party;

    campus_with(&campus, state, "纪要.pdf", minutes);
    campus_attachment(&campus, &order, &other);
    campus_brings(&campus, &order.files, "b.txt", "说明", "other");
    town_actor(&campus.town, town_account(&campus.town, "mate", campus.unit, town_password), &other);
    says_no(&campus, &order, attachment_step, ERR_MISSING, "");
    party = town_party(&campus.town, "示例丁公司", "620102");
    town_actor(&campus.town, town_account(&campus.town, "stranger", party, town_password), &other);
    says_no(&campus, &order, attachment_step, ERR_MISSING, "");
    order.no = 1;
    order.why = SLICE("传错了");
    says_no(&campus, &order, attachment_withdraw_step, ERR_MISSING, "");
    campus_close(&campus);
}

static void a_wrong_one_is_withdrawn_with_a_reason_and_stays(void **state)
{
    struct attachment_order order;
    const struct record *record;
    struct campus campus;
    int64_t size;

    campus_with(&campus, state, "纪要.pdf", minutes);
    campus_attachment(&campus, &order, &campus.clerk);
    order.no = 1;
    order.why = SLICE("  ");
    says_no(&campus, &order, attachment_withdraw_step, ERR_INVALID, "没有写撤回原因");
    order.why = SLICE("传错了文件");
    order.no = 2;
    says_no(&campus, &order, attachment_withdraw_step, ERR_MISSING, "没有这份附件");
    order.no = 1;
    assert_done(campus_attaches(&campus, &order, attachment_withdraw_step), campus.err);
    assert_done(campus_attaches(&campus, &order, attachment_withdraw_step), campus.err);
    record = campus_paper(&campus, KIND_ATTACHMENT, 1);
    assert_int_equal(record->ver, 2);
    assert_true(slice_is(record->values[ATTACHMENT_WITHDRAWN_WHY].text, "传错了文件"));
    sweeps(&campus.town, campus_ms(&campus) + 3 * DAY_MS);
    {
        char digest[ATTACHMENT_DIGEST_HEX + 1];

        digest_of(slice_of(minutes), digest);
        assert_true(is_there(&campus.town, digest, &size));
    }
    campus_attachment(&campus, &order, &campus.clerk);
    order.no = 1;
    order.why = SLICE("再撤一次");
    says_no(&campus, &order, attachment_withdraw_step, ERR_CONFLICT, "已经撤回");
    campus_brings(&campus, &order.files, "纪要.pdf", minutes, "minutes"); /* the withdrawn one does not stand in its way */
    assert_done(campus_attaches(&campus, &order, attachment_step), campus.err);
    assert_int_equal(order.no, 2);
    campus_close(&campus);
}

static void a_deal_that_is_over_takes_no_more(void **state)
{
    struct attachment_order order;
    struct campus campus;

    campus_with(&campus, state, "纪要.pdf", minutes);
    does(&campus, "drop", NULL);
    campus_attachment(&campus, &order, &campus.clerk);
    campus_brings(&campus, &order.files, "b.txt", "说明", "other");
    says_no(&campus, &order, attachment_step, ERR_CONFLICT, "已经结项或终止");
    order.no = 1;
    order.why = SLICE("传错了");
    says_no(&campus, &order, attachment_withdraw_step, ERR_CONFLICT, "已经结项或终止");
    campus_close(&campus);
}

static void a_step_takes_its_file_with_it(void **state)
{
    const struct record *record;
    struct campus campus;
    const char *digest;

    campus_open(&campus, state, "620102", "");
    campus_to_approve(&campus, "200万元");
    is_prepared(&campus, "approve", "minutes", "示例纪要 1 号", NULL);
    digest = campus_brings(&campus, &campus.order.files, "纪要.pdf", minutes, attachment_sort(SLICE("approval")));
    campus.order.typed[APPROVAL_DIGEST] = slice_of(digest);
    assert_done(campus_send(&campus), campus.err);
    assert_true(slice_is(campus_paper(&campus, KIND_APPROVAL, 1)->values[APPROVAL_DIGEST].text, digest));
    record = campus_paper(&campus, KIND_ATTACHMENT, 1);
    assert_true(slice_is(record->values[ATTACHMENT_PAPER].text, "approval"));
    assert_int_equal(record->values[ATTACHMENT_PAPER_NO].number, 1);
    assert_true(slice_is(record->values[ATTACHMENT_SORT].text, "minutes"));
    assert_done(campus_send(&campus), campus.err); /* the same request */
    assert_int_equal(town_number(&campus.town, "SELECT count(*) FROM attachment"), 1);
    campus_close(&campus);
}

static void a_step_that_is_refused_leaves_no_file(void **state)
{
    struct campus campus;

    campus_open(&campus, state, "620102", "");
    campus_to_approve(&campus, "200万元");
    is_prepared(&campus, "approve", "minutes", "示例纪要 1 号", "price", "100万元", NULL);
    campus_brings(&campus, &campus.order.files, "纪要.pdf", minutes, "minutes");
    assert_int_not_equal(campus_send(&campus), STORE_DONE);
    assert_int_equal(town_number(&campus.town, "SELECT count(*) FROM attachment"), 0);
    assert_int_equal(town_number(&campus.town, "SELECT count(*) FROM content WHERE state = 1"), 1);
    campus_close(&campus);
}

/* --- hashed again --- */

static bool checks(struct town *town, struct attachment_counts *counts, struct err *err)
{
    struct sql *sql = town_look(town);
    bool ok = attachment_check(sql, counts, err);

    store_read_end(town->store, sql);
    return ok;
}

static void a_content_that_is_missing_or_changed_is_named(void **state)
{
    static const struct { const char *does, *says; } changes[] = {
        {"UPDATE content_part SET no = no + 1", "与它的 SHA-256 不符"},
        {"DELETE FROM content_part", "与它的 SHA-256 不符"},
        {"UPDATE content SET size = size + 1", "与它的 SHA-256 不符"},
        {"DELETE FROM content", "不在库里"},
    };
    struct attachment_counts counts;
    struct attachment_order order;
    struct campus campus;
    struct err err;

    campus_with(&campus, state, "纪要.pdf", minutes);
    campus_attachment(&campus, &order, &campus.clerk);
    campus_brings(&campus, &order.files, "b.txt", "说明", "other");
    assert_done(campus_attaches(&campus, &order, attachment_step), campus.err);
    campus_again(&campus);
    campus_attachment(&campus, &order, &campus.clerk);
    campus_brings(&campus, &order.files, "同一份.pdf", minutes, "other");
    assert_done(campus_attaches(&campus, &order, attachment_step), campus.err);
    assert_true(checks(&campus.town, &counts, &err));
    assert_int_equal(counts.files, 2);
    assert_int_equal(counts.bytes, strlen(minutes) + strlen("说明"));
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        runs(&campus.town, changes[i].does);
        if (checks(&campus.town, &counts, &err))
            fail_msg("nobody noticed: %s", changes[i].does);
        assert_int_equal(err.code, ERR_CORRUPT);
        if (!strstr(err.message, "纪要.pdf") || !strstr(err.message, changes[i].says) || !strstr(err.hint, "另有 1 份"))
            fail_msg("%s: %s; %s", changes[i].does, err.message, err.hint);
    }
    campus_close(&campus);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(what_is_kept_comes_back_in_parts),
        ON_BOTH(the_same_content_is_kept_once),
        ON_BOTH(what_nobody_kept_is_missing),
        ON_BOTH(a_cut_upload_is_not_there_and_the_next_one_makes_it_whole),
        ON_BOTH(what_no_record_names_goes_after_a_day),
        ON_BOTH(changed_bytes_are_not_handed_out_as_sound),
        ON_BOTH(a_file_lies_in_the_deals_file_with_all_that_is_known_of_it),
        ON_BOTH(the_same_request_attaches_once),
        ON_BOTH(what_cannot_lie_in_the_file_is_refused),
        ON_BOTH(a_content_that_is_not_whole_is_named_by_no_record),
        ON_BOTH(only_who_takes_steps_of_the_deal_attaches_to_it),
        ON_BOTH(a_wrong_one_is_withdrawn_with_a_reason_and_stays),
        ON_BOTH(a_deal_that_is_over_takes_no_more),
        ON_BOTH(a_step_takes_its_file_with_it),
        ON_BOTH(a_step_that_is_refused_leaves_no_file),
        ON_BOTH(a_content_that_is_missing_or_changed_is_named),
        cmocka_unit_test(each_sort_of_file_is_told_by_its_bytes),
        cmocka_unit_test(what_cannot_be_attached_is_refused_in_a_sentence),
        cmocka_unit_test(a_damaged_package_is_looked_at_within_its_bytes),
        cmocka_unit_test(a_file_may_be_as_large_as_is_said_and_no_larger),
    };

    return run_places(tests);
}
