/* Files kept by their hash: put in by parts, read back, cut off, swept away, and found where somebody changed them. */
#include "deal_town.h"

#include "work/attachment.h"

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

    if (!attachment_sweep(town->store, now_ms, &err))
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(what_is_kept_comes_back_in_parts),
        ON_BOTH(the_same_content_is_kept_once),
        ON_BOTH(what_nobody_kept_is_missing),
        ON_BOTH(a_cut_upload_is_not_there_and_the_next_one_makes_it_whole),
        ON_BOTH(what_no_record_names_goes_after_a_day),
        ON_BOTH(changed_bytes_are_not_handed_out_as_sound),
        cmocka_unit_test(each_sort_of_file_is_told_by_its_bytes),
        cmocka_unit_test(what_cannot_be_attached_is_refused_in_a_sentence),
        cmocka_unit_test(a_file_may_be_as_large_as_is_said_and_no_larger),
    };

    return run_places(tests);
}
