/* Learning a model: the same from the same documents, gone on with after a stop, refused where there is too little. */
#include "kit.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

enum { DOCS = 300 };

struct place {
    char *folder, *path, *part;
    struct match_index *index;
};

static void begin(struct place *place, const struct match_options *options, int64_t documents, int64_t a_commit)
{
    struct text part;

    place->folder = kit_folder();
    place->path = kit_model_path(place->folder);
    text_init(&part);
    text_print(&part, "%s.part", place->path);
    place->part = text_detach(&part);
    place->index = kit_open(place->folder, options);
    for (int64_t id = 1; id <= documents; id += a_commit) {
        kit_put_topics(place->index, id, id + a_commit - 1);
        kit_commit(place->index, (uint64_t)id);
    }
}

static void end(struct place *place)
{
    match_close(place->index);
    unlink(place->path);
    unlink(place->part);
    free(place->path);
    free(place->part);
    kit_folder_end(place->folder);
}

static bool learn(struct place *place, const struct match_learn *how, struct match_err *err)
{
    struct match_snapshot *snapshot = match_snapshot(place->index);
    bool good = match_learn(snapshot, how, place->path, err);

    match_snapshot_end(snapshot);
    return good;
}

static void learn_well(struct place *place, const struct match_learn *how)
{
    struct match_err err;

    if (!learn(place, how, &err))
        fail_msg("match_learn: %s", err.message);
}

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

/* The file's bytes; to be freed. */
static char *bytes_of(const char *path, size_t *len)
{
    FILE *file = fopen(path, "re");
    struct stat state;
    char *bytes;

    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &state), 0);
    *len = (size_t)state.st_size;
    bytes = malloc(*len);
    assert_int_equal(fread(bytes, 1, *len, file), *len);
    fclose(file);
    return bytes;
}

static bool same_files(const char *left, const char *right)
{
    size_t len[2];
    char *a = bytes_of(left, &len[0]), *b = bytes_of(right, &len[1]);
    bool same = len[0] == len[1] && memcmp(a, b, len[0]) == 0;

    free(a);
    free(b);
    return same;
}

/* --- the same documents --- */

static void the_same_documents_give_the_same_bytes(void **state)
{
    struct match_options files = {.live_documents = 16};
    struct match_learn how = {.dims = 64, .when = 7};
    struct place once, grown;

    (void)state;
    begin(&once, NULL, DOCS, DOCS);
    begin(&grown, &files, DOCS, 3);
    kit_put_topics(grown.index, 500, 550); /* came and went */
    kit_commit(grown.index, DOCS + 1);
    for (int64_t id = 500; id <= 550; id++)
        kit_drop(grown.index, id);
    kit_put_line(grown.index, 17, 2, "另一个", "先是这样，后来改回");
    kit_commit(grown.index, DOCS + 2);
    kit_put_topics(grown.index, 17, 17);
    kit_commit(grown.index, DOCS + 3);
    learn_well(&once, &how);
    how.threads = 3;
    learn_well(&grown, &how);
    assert_true(same_files(once.path, grown.path));
    kit_drop(grown.index, 9);
    kit_commit(grown.index, DOCS + 4);
    learn_well(&grown, &how);
    assert_false(same_files(once.path, grown.path));
    end(&once);
    end(&grown);
}

static void hidden_texts_and_closed_documents_are_not_learned_from(void **state)
{
    struct match_learn how = {.dims = 64};
    struct place without, with;

    (void)state;
    begin(&without, NULL, DOCS, DOCS);
    begin(&with, NULL, DOCS, DOCS);
    for (int64_t id = 1; id <= 40; id++) {
        struct kit_doc doc;
        char text[512];

        kit_topic(&doc, id, text, sizeof text);
        kit_text(&doc, MATCH_TEXT, MATCH_NDA, "绝密配方 krypton42");
        kit_put(with.index, &doc);
        kit_topic(&doc, 1000 + id, text, sizeof text);
        doc.doc.level = MATCH_OWN;
        kit_put(with.index, &doc);
    }
    kit_commit(with.index, DOCS + 1);
    learn_well(&without, &how);
    learn_well(&with, &how);
    assert_true(same_files(without.path, with.path));
    end(&without);
    end(&with);
}

/* --- too little --- */

static void too_few_documents_are_said_in_numbers(void **state)
{
    struct match_learn how = {.dims = 64};
    struct match_err err;
    struct place place;

    (void)state;
    begin(&place, NULL, 0, 1);
    assert_false(learn(&place, &how, &err));
    assert_int_equal(err.code, MATCH_BAD_INPUT);
    assert_non_null(strstr(err.message, "0 documents"));
    kit_put_topics(place.index, 1, 63);
    kit_commit(place.index, 1);
    assert_false(learn(&place, &how, &err));
    assert_int_equal(err.code, MATCH_BAD_INPUT);
    assert_non_null(strstr(err.message, "63 documents"));
    assert_false(is_there(place.path) || is_there(place.part));
    kit_put_topics(place.index, 64, 64);
    kit_commit(place.index, 2);
    learn_well(&place, &how);
    end(&place);
}

static void other_dimensions_are_refused(void **state)
{
    static const unsigned bad[] = {1, 63, 65, 576, 640, 1 << 20};
    struct match_learn how = {0};
    struct match_err err;
    struct place place;

    (void)state;
    begin(&place, NULL, DOCS, DOCS);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        how.dims = bad[i];
        assert_false(learn(&place, &how, &err));
        assert_int_equal(err.code, MATCH_BAD_INPUT);
    }
    end(&place);
}

static void of_many_documents_some_are_taken_evenly(void **state)
{
    struct match_learn how = {.dims = 64, .documents = 100};
    struct match_stats stats;
    struct match_err err;
    struct place place;

    (void)state;
    begin(&place, NULL, DOCS, DOCS);
    learn_well(&place, &how);
    assert_true(match_model(place.index, place.path, &err));
    match_stats(place.index, &stats);
    assert_int_equal(stats.model_documents, 100);
    end(&place);
}

static void a_place_that_cannot_be_written_is_named(void **state)
{
    struct match_learn how = {.dims = 64};
    struct match_snapshot *snapshot;
    struct match_err err;
    struct place place;

    (void)state;
    begin(&place, NULL, DOCS, DOCS);
    snapshot = match_snapshot(place.index);
    assert_false(match_learn(snapshot, &how, "/proc/nowhere/model", &err));
    assert_int_equal(err.code, MATCH_IO);
    assert_non_null(strstr(err.message, "/proc/nowhere/model"));
    match_snapshot_end(snapshot);
    end(&place);
}

/* --- stopped, and gone on with --- */

struct count {
    unsigned first, calls, stop_at; /* rounds; UINT_MAX: never */
};

static bool counted(void *arg, unsigned done, unsigned total)
{
    struct count *count = arg;

    assert_true(done <= total);
    if (count->calls++ == 0)
        count->first = done;
    return done != count->stop_at;
}

static void stopped_learning_goes_on_to_the_same_model(void **state)
{
    struct count stopped = {.stop_at = 3}, on = {.stop_at = UINT32_MAX};
    struct match_learn how = {.dims = 64, .moved = counted, .arg = &stopped}, whole = {.dims = 64};
    struct match_err err;
    struct place place, other;

    (void)state;
    begin(&place, NULL, DOCS, DOCS);
    begin(&other, NULL, DOCS, DOCS);
    assert_false(learn(&place, &how, &err));
    assert_int_equal(err.code, MATCH_OK);
    assert_int_equal(stopped.first, 0);
    assert_false(is_there(place.path));
    assert_true(is_there(place.part));
    how.arg = &on;
    how.threads = 2;
    learn_well(&place, &how);
    assert_int_equal(on.first, 3);
    assert_false(is_there(place.part));
    learn_well(&other, &whole);
    assert_true(same_files(place.path, other.path));
    end(&place);
    end(&other);
}

static void begins_at(struct place *place, unsigned dims, unsigned first)
{
    struct count count = {.stop_at = first};
    struct match_learn how = {.dims = dims, .moved = counted, .arg = &count};
    struct match_err err;

    assert_false(learn(place, &how, &err));
    assert_int_equal(count.calls, 1);
    assert_int_equal(count.first, first);
}

static void leave_part(struct place *place)
{
    struct count count = {.stop_at = 2};
    struct match_learn how = {.dims = 64, .moved = counted, .arg = &count};
    struct match_err err;

    unlink(place->part);
    assert_false(learn(place, &how, &err));
    assert_true(is_there(place->part));
}

static void alter(const char *path, long at)
{
    FILE *file = fopen(path, "r+e");
    int byte;

    assert_non_null(file);
    fseek(file, at, at < 0 ? SEEK_END : SEEK_SET);
    byte = fgetc(file);
    fseek(file, at, at < 0 ? SEEK_END : SEEK_SET);
    fputc(byte ^ 64, file);
    fclose(file);
}

static void what_does_not_fit_is_begun_anew(void **state)
{
    struct place place;
    struct stat size;

    (void)state;
    begin(&place, NULL, DOCS, DOCS);
    leave_part(&place);
    begins_at(&place, 64, 2);
    begins_at(&place, 128, 0); /* other dimensions */
    alter(place.part, -5);
    begins_at(&place, 64, 0);
    leave_part(&place);
    alter(place.part, 2); /* of another program */
    begins_at(&place, 64, 0);
    leave_part(&place);
    assert_int_equal(stat(place.part, &size), 0);
    for (long cut = 0; cut < size.st_size; cut += 1 + size.st_size / 20) {
        assert_int_equal(truncate(place.part, size.st_size - 1 - cut), 0);
        begins_at(&place, 64, 0);
    }
    leave_part(&place);
    kit_put_topics(place.index, DOCS + 1, DOCS + 1); /* other documents */
    kit_commit(place.index, DOCS + 1);
    begins_at(&place, 64, 0);
    end(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_documents_give_the_same_bytes),
        cmocka_unit_test(hidden_texts_and_closed_documents_are_not_learned_from),
        cmocka_unit_test(too_few_documents_are_said_in_numbers),
        cmocka_unit_test(other_dimensions_are_refused),
        cmocka_unit_test(of_many_documents_some_are_taken_evenly),
        cmocka_unit_test(a_place_that_cannot_be_written_is_named),
        cmocka_unit_test(stopped_learning_goes_on_to_the_same_model),
        cmocka_unit_test(what_does_not_fit_is_begun_anew),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
