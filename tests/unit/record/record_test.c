/*
 * Records as row versions on both engines: what is written, found again, held against its leaf, refused.
 */
#include "books.h"

#include "record/choice.h"

/* --- versions --- */

static void each_change_is_a_version_and_the_past_stays(void **state)
{
    struct record first, second, third, got;
    struct books books;
    struct sql *sql;
    struct err err;

    books_open(&books, state);
    a_need(&books, &first, 7, 1, "减少含沙介质磨损");
    put_well(&books, &first, NULL);
    second = first;
    record_salt(&second);
    set(&books, &second, "title", "减少含沙介质中的磨损");
    put_well(&books, &second, &first);
    third = second;
    third.status = RECORD_CLOSED;
    put_well(&books, &third, &second);
    assert_int_equal(third.ver, 3);
    sql = look(&books);
    assert_true(record_get(sql, &kind_need, 7, &books.arena, &got, &err));
    assert_int_equal(got.ver, 3);
    assert_int_equal(got.status, RECORD_CLOSED);
    assert_true(record_version(sql, &kind_need, 7, 1, &books.arena, &got, &err));
    assert_string_equal(text_of(&got, "title", &books), "减少含沙介质磨损");
    assert_false(record_version(sql, &kind_need, 7, 4, &books.arena, &got, &err));
    assert_int_equal(err.code, ERR_MISSING);
    assert_true(record_as_of(sql, &kind_need, 7, (uint64_t)second.from_leaf, &books.arena, &got, &err));
    assert_int_equal(got.ver, 2);
    assert_int_equal(got.status, RECORD_OPEN);
    assert_true(record_as_of(sql, &kind_need, 7, 999, &books.arena, &got, &err));
    assert_int_equal(got.ver, 3);
    store_read_end(books.store, sql);
    assert_int_equal(number_of(&books, "SELECT count(*) FROM need WHERE to_leaf IS NULL"), 1);
    assert_int_equal(number_of(&books, "SELECT valid_to FROM need WHERE ver = 1"), second.valid_from);
    books_close(&books);
}

static void before_its_first_leaf_a_record_was_not(void **state)
{
    struct record first, second, got;
    struct books books;
    struct sql *sql;
    struct err err;

    books_open(&books, state);
    a_need(&books, &first, 7, 1, "减少含沙介质磨损");
    put_well(&books, &first, NULL);
    a_need(&books, &second, 8, 1, "提高密封寿命");
    put_well(&books, &second, NULL);
    assert_int_equal(first.from_leaf, 0);
    sql = look(&books);
    assert_false(record_as_of(sql, &kind_need, 8, 0, &books.arena, &got, &err));
    assert_int_equal(err.code, ERR_MISSING);
    store_read_end(books.store, sql);
    books_close(&books);
}

static void nothing_changed_writes_nothing(void **state)
{
    struct record first, again;
    struct books books;

    books_open(&books, state);
    a_need(&books, &first, 7, 1, "减少含沙介质磨损");
    put_well(&books, &first, NULL);
    again = first;
    record_salt(&again);
    put_well(&books, &again, &first);
    assert_int_equal(again.ver, 1);
    assert_int_equal(again.from_leaf, first.from_leaf);
    assert_int_equal(number_of(&books, "SELECT count(*) FROM ledger"), 1);
    assert_int_equal(number_of(&books, "SELECT count(*) FROM need"), 1);
    books_close(&books);
}

static void two_who_edit_the_same_version_are_told(void **state)
{
    struct record first, mine, yours;
    struct books books;
    struct err err;

    books_open(&books, state);
    a_need(&books, &first, 7, 1, "减少含沙介质磨损");
    put_well(&books, &first, NULL);
    mine = yours = first;
    set(&books, &mine, "title", "我的题目改了");
    set(&books, &yours, "title", "你的题目改了");
    put_well(&books, &mine, &first);
    assert_int_equal(put(&books, &yours, &first, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_CONFLICT);
    assert_int_equal(number_of(&books, "SELECT count(*) FROM need"), 2);
    assert_int_equal(number_of(&books, "SELECT count(*) FROM ledger"), 2);
    books_close(&books);
}

/* --- natural keys --- */

static void the_same_name_in_other_spacing_is_the_same(void **state)
{
    struct record first, same, other, own;
    struct books books;
    struct err err;

    books_open(&books, state);
    a_need(&books, &first, 7, 1, "含沙介质 轴承 ABC");
    put_well(&books, &first, NULL);
    a_need(&books, &same, 8, 1, "含沙介质轴承、ａｂｃ");
    assert_int_equal(put(&books, &same, NULL, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_CONFLICT);
    assert_string_equal(err.field, "title");
    a_need(&books, &other, 9, 2, "含沙介质 轴承 ABC"); /* another organisation's */
    put_well(&books, &other, NULL);
    own = first;
    set(&books, &own, "title", "含沙介质轴承ABC"); /* oneself is no clash */
    put_well(&books, &own, &first);
    books_close(&books);
}

static void a_credit_code_belongs_to_one_party(void **state)
{
    struct record first, second;
    struct books books;
    struct err err;

    books_open(&books, state);
    begin(&first, &kind_party, 1, 1);
    set(&books, &first, "name", "福建某公司");
    set(&books, &first, "uscc", "91350100M000100Y43");
    put_well(&books, &first, NULL);
    begin(&second, &kind_party, 2, 2);
    set(&books, &second, "name", "另一家公司");
    set(&books, &second, "uscc", "91350100m000100y43");
    assert_int_equal(put(&books, &second, NULL, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_CONFLICT);
    assert_string_equal(err.field, "uscc");
    assert_non_null(strstr(err.message, "信用代码"));
    books_close(&books);
}

static void records_are_found_by_their_key(void **state)
{
    struct record first, probe;
    struct books books;
    struct sql *sql;
    struct err err;
    int64_t id;

    books_open(&books, state);
    a_need(&books, &first, 7, 1, "含沙介质轴承");
    put_well(&books, &first, NULL);
    a_need(&books, &probe, 0, 1, "含沙 介质 轴承");
    sql = look(&books);
    assert_true(record_find(sql, &kind_need, record_key(&probe, &books.arena), &id, &err));
    assert_int_equal(id, 7);
    probe.owner = 2;
    assert_true(record_find(sql, &kind_need, record_key(&probe, &books.arena), &id, &err));
    assert_int_equal(id, 0);
    assert_true(slice_is(record_title(sql, &kind_need, 7, &books.arena), "含沙介质轴承"));
    assert_int_equal(record_title(sql, &kind_need, 8, &books.arena).len, 0);
    store_read_end(books.store, sql);
    books_close(&books);
}

/* --- every kind, every column --- */

static const char *sample(const struct field *field, size_t nth, char buffer[64])
{
    static const char *const samples[FIELD_TYPE_COUNT] = {
        [FIELD_PROSE] = "这里写二十个字以上的说明文字,用来填满每一个字段。", [FIELD_WORDS] = "轴承;密封", [FIELD_NUMBER] = "5",
        [FIELD_MONEY] = "160万元", [FIELD_DATE] = "2027-06-30", [FIELD_YES] = "是", [FIELD_PARTY] = "4711",
        [FIELD_PERSON] = "4712", [FIELD_USCC] = "91350100M000100Y43", [FIELD_PHONE] = "0931-1234567",
        [FIELD_EMAIL] = "a@example.com", [FIELD_URL] = "https://example.com/",
        [FIELD_RIGHTS] = "发明专利 ZL202110123456.0 2021-01-29 有效", [FIELD_ID] = "4713", [FIELD_DIGEST] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", [FIELD_SHARE] = "33.34%",
        [FIELD_MEMBERS] = "曾某（示例） 60% 主要贡献"};

    if (field->type == FIELD_CHOICE || field->type == FIELD_CHOICES) {
        snprintf(buffer, 64, "%s", choice_list_get(field->choices)->choices[0].code);
        return buffer;
    }
    if (field->type == FIELD_CODES) {
        snprintf(buffer, 64, "%s", tree_get(field->choices)->nodes[tree_get(field->choices)->count - 1].code);
        return buffer;
    }
    if (field->type == FIELD_LINE) {
        snprintf(buffer, 64, "第%zu个字段", nth);
        return buffer;
    }
    if (field->type == FIELD_NUMBER && field->min > 5) {
        snprintf(buffer, 64, "%lld", (long long)field->min);
        return buffer;
    }
    return samples[field->type];
}

/* The field tables against the schema: each column takes its value and gives it back, on both engines. */
static void every_field_of_every_kind_comes_back_as_written(void **state)
{
    struct books books;
    struct sql *sql;
    struct err err;

    books_open(&books, state);
    for (size_t k = 0; k < KIND_END; k++) {
        const struct kind *kind = kind_get((enum kind_id)k);
        struct record record, got;
        char buffer[64];

        begin(&record, kind, 100 + (int64_t)k, 1);
        record.author = 55;
        for (size_t i = 0; i < kind->count; i++)
            set(&books, &record, kind->fields[i].name, sample(&kind->fields[i], i, buffer));
        for (size_t i = 0; i < kind->count; i++)
            assert_true(record.values[i].known);
        put_well(&books, &record, NULL);
        assert_non_null(strstr(record_insert_text(kind), kind->name));
        sql = look(&books);
        if (!record_get(sql, kind, record.id, &books.arena, &got, &err))
            fail_msg("%s: %s", kind->name, err.message);
        for (size_t i = 0; i < kind->count; i++)
            if (!value_same(&kind->fields[i], &record.values[i], &got.values[i]))
                fail_msg("%s.%s came back otherwise", kind->name, kind->fields[i].name);
        assert_int_equal(got.author, 55);
        assert_int_equal(got.owner, 1);
        assert_memory_equal(got.salts, record.salts, (kind->count + 2) * LEAF_SALT);
        store_read_end(books.store, sql);
    }
    books_close(&books);
}

/* --- held against the leaf --- */

static bool verify(struct books *books, int64_t ver, struct err *err)
{
    struct record record, prior;
    struct sql *sql = look(books);
    bool ok;

    assert_true(record_version(sql, &kind_need, 7, ver, &books->arena, &record, err));
    if (ver > 1)
        assert_true(record_version(sql, &kind_need, 7, ver - 1, &books->arena, &prior, err));
    ok = record_verify(sql, &record, ver > 1 ? &prior : NULL, err);
    store_read_end(books->store, sql);
    return ok;
}

static bool run_sql(struct sql *sql, void *arg, struct err *err)
{
    return sql_put(sql, arg, SQL_NO_ARGS, err);
}

static void a_tampered_version_is_noticed(void **state)
{
    /* each undoes itself with the second statement */
    static const char *const tamperings[][2] = {
        {"UPDATE need SET title = 'x' || title WHERE ver = 2", "UPDATE need SET title = substr(title, 2) WHERE ver = 2"},
        {"UPDATE need SET owner = 2 WHERE ver = 1", "UPDATE need SET owner = 1 WHERE ver = 1"},
        {"UPDATE need SET status = 1 WHERE ver = 1", "UPDATE need SET status = 0 WHERE ver = 1"},
        {"UPDATE need SET budget = 1 WHERE ver = 1", "UPDATE need SET budget = NULL WHERE ver = 1"},
        {"UPDATE need SET now = NULL WHERE ver = 1", "UPDATE need SET now = '轴承寿命只有三千小时,停机频繁。' WHERE ver = 1"},
        {"UPDATE need SET from_leaf = 1 WHERE ver = 1", "UPDATE need SET from_leaf = 0 WHERE ver = 1"},
    };
    struct record first, second;
    struct books books;
    struct err err;

    books_open(&books, state);
    a_need(&books, &first, 7, 1, "减少含沙介质磨损");
    put_well(&books, &first, NULL);
    second = first;
    record_salt(&second);
    set(&books, &second, "title", "减少含沙介质中的磨损");
    put_well(&books, &second, &first);
    for (size_t i = 0; i < sizeof tamperings / sizeof *tamperings; i++) {
        assert_true(verify(&books, 1, &err) && verify(&books, 2, &err));
        assert_int_equal(store_write(books.store, "", run_sql, (void *)tamperings[i][0], &err), STORE_DONE);
        if (verify(&books, 1, &err) && verify(&books, 2, &err))
            fail_msg("not noticed: %s", tamperings[i][0]);
        assert_int_equal(err.code, ERR_CORRUPT);
        assert_int_equal(store_write(books.store, "", run_sql, (void *)tamperings[i][1], &err), STORE_DONE);
    }
    assert_true(verify(&books, 1, &err) && verify(&books, 2, &err));
    books_close(&books);
}

/* --- levels --- */

static enum level detail_level(struct books *books, const char *secrecy, const char *rights)
{
    struct record record;

    begin(&record, &kind_achievement, 1, 1);
    set(books, &record, "secrecy", secrecy);
    set(books, &record, "rights", rights);
    return record_level(&record, (size_t)kind_field(&kind_achievement, "detail"));
}

static void without_a_filing_date_details_are_the_owners(void **state)
{
    struct record need;
    struct books books;

    books_open(&books, state);
    assert_int_equal(detail_level(&books, "", ""), LEVEL_OWN);
    assert_int_equal(detail_level(&books, "", "发明专利 ZL202110123456.0"), LEVEL_OWN);
    assert_int_equal(detail_level(&books, "", "技术秘密\n发明专利 ZL202110123456.0 2021-01-29"), LEVEL_NDA);
    assert_int_equal(detail_level(&books, "own", "发明专利 ZL202110123456.0 2021-01-29"), LEVEL_OWN);
    assert_int_equal(detail_level(&books, "public", ""), LEVEL_PUBLIC);
    a_need(&books, &need, 1, 1, "减少含沙介质磨损");
    assert_int_equal(record_owner_level(&need), LEVEL_PUBLIC);
    set(&books, &need, "hidden", "是");
    assert_int_equal(record_owner_level(&need), LEVEL_OWN);
    set(&books, &need, "hidden", "否");
    assert_int_equal(record_owner_level(&need), LEVEL_PUBLIC);
    books_close(&books);
}

/* --- checks of a whole record --- */

static size_t complaints_of(struct books *books, const struct kind *kind, bool whole, const char *const *typed,
                            struct complaints *complaints)
{
    struct slice slices[FIELDS_MAX] = {{0}};
    struct record record;
    bool well;

    begin(&record, kind, 1, 1);
    complaints->count = 0;
    for (size_t i = 0; typed[i]; i += 2)
        slices[kind_field(kind, typed[i])] = slice_of(typed[i + 1]);
    well = record_check(&record, slices, whole, &books->arena, complaints);
    assert_int_equal(well, complaints->count == 0);
    return complaints->count;
}

static void one_complaint_a_field_all_at_once(void **state)
{
    static const char *const bad[] = {"title", "短", "now", "太短", "budget", "160万元整5千", "due", "2027-02-30", "trl", "12", NULL};
    static const char *const empty[] = {NULL};
    static const char *const hidden[] = {"title", "减少磨损的办法", "now", "轴承寿命只有三千小时,停机频繁。", "hidden", "是", NULL};
    static const char *const late[] = {"opens", "2027-06-30", "closes", "2027-06-29", NULL};
    static const char *const ladder[] = {"trl_from", "7", "trl_to", "4", NULL};
    static struct complaints complaints;
    struct books books;

    books_open(&books, state);
    assert_int_equal(complaints_of(&books, &kind_need, true, bad, &complaints), 5);
    assert_true(slice_is(complaints.list[3].typed, "160万元整5千"));
    assert_int_equal(complaints_of(&books, &kind_need, true, empty, &complaints), 2);
    assert_int_equal(complaints_of(&books, &kind_need, false, empty, &complaints), 0);
    assert_int_equal(complaints_of(&books, &kind_need, true, hidden, &complaints), 1);
    assert_string_equal(complaints.list[0].field->name, "alias");
    assert_int_equal(complaints_of(&books, &kind_scenario, false, late, &complaints), 1);
    assert_int_equal(complaints_of(&books, &kind_service, false, ladder, &complaints), 1);
    books_close(&books);
}

static void marks_of_secrets_are_refused_wherever_they_stand(void **state)
{
    static const char *const marks[] = {"绝密★长期", "本文件 机密★20年", "秘密★", "密级:机密", "密级：秘密", "【秘密】某方案",
                                        "工作秘密★1年", "密级:工作秘密", "机密 ★ 10年", "密级 : 绝密", "机密☆", "绝密*5年"};
    static const char *const fine[] = {"商业秘密保护方案", "密封件寿命", "保密协议模板", "机密封装工艺", "五星★★★好评"};
    static struct complaints complaints;
    struct books books;

    books_open(&books, state);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const char *typed[] = {"goal", marks[i], NULL};

        if (complaints_of(&books, &kind_need, false, typed, &complaints) != 1 || !strstr(complaints.list[0].err.message, "密级标志"))
            fail_msg("%s was let in", marks[i]);
    }
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        if (secret_marked(slice_of(fine[i])))
            fail_msg("%s was refused", fine[i]);
    books_close(&books);
}

static void assert_warns(const struct record *record, const struct record *prior, const char *code)
{
    struct warning warnings[WARNINGS_MOST];

    assert_int_equal(record_warnings(record, prior, warnings), code != NULL);
    if (code)
        assert_string_equal(warnings[0].code, code);
}

static void an_amount_ten_thousand_times_the_last_is_warned_of(void **state)
{
    static const struct {
        const char *was, *is;
        bool warns;
    } cases[] = {{"200", "200万", true}, {"200万", "200", true}, {"200万", "201", false}, {"200", "200", false},
                 {"0", "0", false}, {"0.01", "100", true}, {"100万亿", "200万亿", false}};
    struct record prior, record;
    struct books books;

    books_open(&books, state);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        a_need(&books, &prior, 1, 1, "减少含沙介质磨损");
        record = prior;
        set(&books, &prior, "budget", cases[i].was);
        set(&books, &record, "budget", cases[i].is);
        assert_warns(&record, &prior, cases[i].warns ? "amount" : NULL);
        assert_warns(&record, NULL, NULL);
    }
    books_close(&books);
}

static void an_unfiled_technique_in_the_open_is_warned_of_once(void **state)
{
    struct record prior, record;
    struct books books;

    books_open(&books, state);
    begin(&record, &kind_achievement, 1, 1);
    set(&books, &record, "detail", "在滚道表面做渗硼处理。");
    assert_warns(&record, NULL, NULL); /* own, by default */
    set(&books, &record, "secrecy", "nda");
    assert_warns(&record, NULL, NULL); /* who has signed keeps it to himself */
    prior = record;
    set(&books, &record, "secrecy", "signed_in");
    assert_warns(&record, NULL, "novelty");
    assert_warns(&record, &prior, "novelty");
    prior = record;
    assert_warns(&record, &prior, NULL); /* it is out */
    set(&books, &record, "detail", "在滚道表面做渗氮处理。");
    assert_warns(&record, &prior, "novelty");
    set(&books, &record, "rights", "发明专利 ZL202110123456.0 2021-01-29");
    assert_warns(&record, &prior, NULL);
    books_close(&books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(each_change_is_a_version_and_the_past_stays),
        ON_BOTH(before_its_first_leaf_a_record_was_not),
        ON_BOTH(nothing_changed_writes_nothing),
        ON_BOTH(two_who_edit_the_same_version_are_told),
        ON_BOTH(the_same_name_in_other_spacing_is_the_same),
        ON_BOTH(a_credit_code_belongs_to_one_party),
        ON_BOTH(records_are_found_by_their_key),
        ON_BOTH(every_field_of_every_kind_comes_back_as_written),
        ON_BOTH(a_tampered_version_is_noticed),
        ON_SQLITE(without_a_filing_date_details_are_the_owners),
        ON_SQLITE(one_complaint_a_field_all_at_once),
        ON_SQLITE(marks_of_secrets_are_refused_wherever_they_stand),
        ON_SQLITE(an_amount_ten_thousand_times_the_last_is_warned_of),
        ON_SQLITE(an_unfiled_technique_in_the_open_is_warned_of_once),
    };

    return run_places(tests);
}
