/* A model file: written and mapped, and named where it is cut, altered or another program's. */
#include "kit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "match/checksum.h"
#include "match/model_int.h"

enum { DOCS = 200, TOO_MUCH = 64 };

struct file {
    char *folder, *path, *bytes;
    struct match_index *index;
    size_t size;
};

static void begin(struct file *file)
{
    FILE *from;
    struct stat state;

    file->folder = kit_folder();
    file->path = kit_model_path(file->folder);
    file->index = kit_open(file->folder, NULL);
    kit_put_topics(file->index, 1, DOCS);
    kit_commit(file->index, 1);
    kit_learn(file->index, file->path);
    assert_int_equal(stat(file->path, &state), 0);
    file->size = (size_t)state.st_size;
    file->bytes = calloc(1, file->size + TOO_MUCH);
    from = fopen(file->path, "re");
    assert_int_equal(fread(file->bytes, 1, file->size, from), file->size);
    fclose(from);
}

static void end(struct file *file)
{
    match_close(file->index);
    unlink(file->path);
    free(file->path);
    free(file->bytes);
    kit_folder_end(file->folder);
}

static void write_bytes(const char *path, const char *bytes, size_t size)
{
    FILE *to = fopen(path, "we");

    assert_int_equal(fwrite(bytes, 1, size, to), size);
    fclose(to);
}

/* Neither taken by an index, nor read from its folder. */
static void is_refused(struct file *file, const char *bytes, size_t size, const char *said)
{
    struct model *model;
    struct match_err err;

    write_bytes(file->path, bytes, size);
    model = model_map(AT_FDCWD, file->path, &err);
    assert_null(model);
    assert_int_equal(err.code, MATCH_CORRUPT);
    assert_non_null(strstr(err.message, file->path));
    if (!strstr(err.message, said))
        fail_msg("\"%s\" does not say \"%s\"", err.message, said);
    assert_false(match_model(file->index, file->path, &err));
    assert_int_equal(err.code, MATCH_CORRUPT);
}

static struct model_head *head_of(char *bytes)
{
    return (struct model_head *)(void *)bytes;
}

static void sum_up(char *bytes, size_t size)
{
    head_of(bytes)->sum = checksum(bytes + MODEL_SUMMED, size - MODEL_SUMMED);
}

static void what_was_written_is_read(void **state)
{
    struct file file;
    struct match_err err;
    struct model *model;
    struct match_stats stats;

    (void)state;
    begin(&file);
    model = model_map(AT_FDCWD, file.path, &err);
    assert_non_null(model);
    assert_int_equal(model->head->dims, 64);
    assert_int_equal(model->head->documents, DOCS);
    for (uint32_t t = 0; t < model->head->terms; t++)
        assert_int_equal(model_term(model, model->terms[t]), t);
    assert_int_equal(model_term(model, model->terms[3] + 1), MODEL_NONE);
    assert_int_equal(model_term(model, UINT64_MAX), MODEL_NONE);
    model_let_go(model);
    match_stats(file.index, &stats);
    assert_true(stats.has_model);
    assert_int_equal(stats.model_documents, DOCS);
    assert_int_equal(stats.meant, DOCS);
    end(&file);
}

/* At every section's end, one byte less and one more, and here and there between. */
static void a_file_cut_short_is_named(void **state)
{
    struct file file;
    uint32_t terms;
    size_t ends[5];

    (void)state;
    begin(&file);
    terms = head_of(file.bytes)->terms;
    ends[0] = 0;
    ends[1] = sizeof(struct model_head);
    ends[2] = ends[1] + (terms * 8 + 63) / 64 * 64;
    ends[3] = ends[2] + (terms * 4 + 63) / 64 * 64;
    ends[4] = file.size;
    for (size_t e = 0; e < 5; e++)
        for (size_t cut = ends[e] - (e > 0); cut <= ends[e] + 1; cut++)
            if (cut != file.size)
                is_refused(&file, file.bytes, cut, cut < ends[1] ? "head" : "cut short");
    for (size_t cut = 0; cut < file.size; cut += 1 + file.size / 50)
        is_refused(&file, file.bytes, cut, "");
    end(&file);
}

static void an_altered_byte_is_named(void **state)
{
    struct file file;

    (void)state;
    begin(&file);
    for (size_t at = 0; at < file.size; at += at < 64 ? 1 : 1 + file.size / 200) {
        file.bytes[at] ^= 4;
        is_refused(&file, file.bytes, file.size, "");
        file.bytes[at] ^= 4;
    }
    end(&file);
}

static void another_program_s_is_named(void **state)
{
    struct file file;

    (void)state;
    begin(&file);
    head_of(file.bytes)->version = MODEL_VERSION + 1;
    sum_up(file.bytes, file.size);
    is_refused(&file, file.bytes, file.size, "version 2");
    head_of(file.bytes)->version = MODEL_VERSION;
    for (unsigned dims = 0; dims <= 1024; dims += 16)
        if (dims != 64) { /* a file of that size, too, where that would be a small one */
            head_of(file.bytes)->dims = dims;
            sum_up(file.bytes, file.size);
            is_refused(&file, file.bytes, file.size, "");
        }
    head_of(file.bytes)->dims = 64;
    memcpy(file.bytes, "TQMODEL9", 8);
    is_refused(&file, file.bytes, file.size, "not a model");
    end(&file);
}

/* What a checksum lets through, since whoever altered it has made it anew. */
static void terms_out_of_order_are_named(void **state)
{
    struct file file;
    char first[8];

    (void)state;
    begin(&file);
    memcpy(first, file.bytes + 64, 8);
    memcpy(file.bytes + 64, file.bytes + 72, 8);
    memcpy(file.bytes + 72, first, 8);
    sum_up(file.bytes, file.size);
    is_refused(&file, file.bytes, file.size, "order");
    end(&file);
}

static void a_file_that_is_not_there_is_named(void **state)
{
    struct file file;
    struct match_err err;

    (void)state;
    begin(&file);
    assert_false(match_model(file.index, "/nowhere/model", &err));
    assert_int_equal(err.code, MATCH_IO);
    assert_non_null(strstr(err.message, "/nowhere/model"));
    end(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read),
        cmocka_unit_test(a_file_cut_short_is_named),
        cmocka_unit_test(an_altered_byte_is_named),
        cmocka_unit_test(another_program_s_is_named),
        cmocka_unit_test(terms_out_of_order_are_named),
        cmocka_unit_test(a_file_that_is_not_there_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
