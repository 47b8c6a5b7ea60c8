/*
 * A writer killed at any moment loses nothing that it committed; torn and flipped files are found and named.
 * The child tells what it has committed through a pipe; the parent kills it, opens the folder and looks.
 */
#include "kit.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "match/index_int.h"
#include "match/layout.h"

enum { KILLS = 40, IDS = 60 };

/* Round r puts, for n = 1, 2, ...: document n % IDS with the word "vN", and drops one in five. */
static bool is_dropped(uint64_t n)
{
    return n % 5 == 0;
}

static int64_t id_of(uint64_t n)
{
    return (int64_t)(n * 7 % IDS) + 1;
}

static void write_for_ever(const char *folder, int told, uint64_t from)
{
    struct match_options options = {.live_documents = 12, .merge_threads = 1};
    struct match_index *index;
    struct match_err err;

    if (!match_open(folder, &options, &index, &err))
        _exit(3);
    for (uint64_t n = from;; n++) {
        char text[64];
        struct kit_doc doc;
        bool good;

        snprintf(text, sizeof text, "v%llu 轴承寿命", (unsigned long long)n);
        kit_doc(&doc, id_of(n), (unsigned)n % 3, "泵", text);
        good = is_dropped(n) ? match_drop(index, id_of(n), n, &err) : match_put(index, &doc.doc, n, &err);
        if (!good || (n % 3 == 0 && (!match_commit(index, n + 1, &err) || write(told, &n, sizeof n) != sizeof n)))
            _exit(4);
    }
}

static void sleep_microseconds(unsigned microseconds)
{
    struct timespec moment = {0, (long)microseconds * 1000};

    nanosleep(&moment, NULL);
}

/* Lets a child write for a moment; returns the last commit that it told of. */
static uint64_t write_and_kill(const char *folder, uint64_t from, unsigned microseconds)
{
    int pipes[2], status;
    uint64_t told = 0, last = from - 1;
    pid_t child;

    assert_int_equal(pipe2(pipes, O_CLOEXEC), 0);
    child = fork();
    if (child == 0)
        write_for_ever(folder, pipes[1], from);
    close(pipes[1]);
    sleep_microseconds(microseconds);
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status)); /* it had not given up by itself */
    while (read(pipes[0], &told, sizeof told) == sizeof told)
        last = told;
    close(pipes[0]);
    return last;
}

/* The newest n <= applied of each id must be there, with its word, or be dropped. */
static void check_documents(struct match_index *index, uint64_t applied)
{
    uint64_t newest[IDS + 1] = {0}, there = 0;
    struct match_stats stats;

    for (uint64_t n = 1; n < applied; n++)
        newest[id_of(n)] = n;
    for (int64_t id = 1; id <= IDS; id++) {
        char word[64], ids[64], expected[64] = "";

        if (newest[id] == 0)
            continue;
        snprintf(word, sizeof word, "v%llu", (unsigned long long)newest[id]);
        if (!is_dropped(newest[id])) {
            snprintf(expected, sizeof expected, "%lld", (long long)id);
            there++;
        }
        kit_ids(index, word, (unsigned)newest[id] % 3, ids, sizeof ids);
        assert_string_equal(ids, expected);
    }
    match_stats(index, &stats);
    assert_int_equal(stats.documents, there);
}

static void a_killed_writer_loses_nothing_committed(void **state)
{
    char *folder = kit_folder();
    uint64_t next = 1, seed = (uint64_t)getpid();

    (void)state;
    for (int kill_count = 0; kill_count < KILLS; kill_count++) {
        uint64_t told = write_and_kill(folder, next, 1000 + kit_below(&seed, 40000));
        struct match_index *index = kit_open(folder, NULL);
        uint64_t applied = match_applied(index);

        if (told >= next)
            assert_true(applied > told);
        assert_true(applied % 3 == 1 || applied == 0); /* the place of a commit, never between two */
        check_documents(index, applied);
        next = applied ? applied : 1;
        match_close(index);
    }
    assert_true(next > KILLS); /* they did write */
    kit_folder_end(folder);
}

/* --- torn files --- */

static void copy_file(const char *from, const char *to, size_t bytes)
{
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    int byte;

    assert_non_null(in);
    assert_non_null(out);
    while (bytes-- && (byte = fgetc(in)) != EOF)
        fputc(byte, out);
    fclose(in);
    fclose(out);
}

static void flip_byte(const char *path, long at)
{
    FILE *file = fopen(path, "r+b");
    int byte;

    assert_non_null(file);
    fseek(file, at, SEEK_SET);
    byte = fgetc(file);
    fseek(file, at, SEEK_SET);
    fputc(byte ^ 0x10, file);
    fclose(file);
}

static long size_of(const char *path)
{
    struct stat state;

    assert_int_equal(stat(path, &state), 0);
    return (long)state.st_size;
}

/* An index with three files and some documents in the log; returns how many it has. */
static uint64_t make_index(const char *folder)
{
    struct match_options options = {.live_documents = 10};
    struct match_index *index = kit_open(folder, &options);
    struct match_stats stats;

    for (int64_t id = 1; id <= 37; id++) {
        kit_put_line(index, id, (unsigned)id % 2, "石墨烯", "导热膜 graphene film");
        if (id == 15)
            kit_drop(index, 3);
        kit_commit(index, (uint64_t)id);
    }
    match_stats(index, &stats);
    match_close(index);
    return stats.documents;
}

static void find_file(const char *folder, const char *start, char *path, size_t size)
{
    DIR *files = opendir(folder);
    const struct dirent *entry;

    path[0] = '\0';
    while ((entry = readdir(files)))
        if (strncmp(entry->d_name, start, strlen(start)) == 0)
            snprintf(path, size, "%s/%s", folder, entry->d_name);
    closedir(files);
    assert_true(path[0] != '\0');
}

static void is_corrupt(const char *folder, const char *named)
{
    struct match_index *index;
    struct match_err err;

    assert_false(match_open(folder, NULL, &index, &err));
    assert_int_equal(err.code, MATCH_CORRUPT);
    assert_non_null(strstr(err.message, named));
}

static void each_tampering_of_a_file_is_named(const char *start, const char *named)
{
    char *folder = kit_folder(), path[512], kept[600];
    long size;

    make_index(folder);
    find_file(folder, start, path, sizeof path);
    snprintf(kept, sizeof kept, "%s.kept", path);
    copy_file(path, kept, SIZE_MAX);
    size = size_of(path);
    for (long at = 0; at < size; at += 1 + size / 400) {
        flip_byte(path, at);
        is_corrupt(folder, named);
        copy_file(kept, path, SIZE_MAX);
    }
    for (long cut = 0; cut < size; cut += 1 + size / 50) {
        copy_file(kept, path, (size_t)cut);
        is_corrupt(folder, named);
    }
    copy_file(kept, path, SIZE_MAX);
    unlink(kept);
    match_close(kit_open(folder, NULL)); /* as it was, it opens */
    kit_folder_end(folder);
}

static void a_tampered_segment_is_named(void **state)
{
    (void)state;
    each_tampering_of_a_file_is_named("seg.", "seg.");
}

static void a_segment_of_another_version_is_refused_and_made_anew(void **state)
{
    char *folder = kit_folder(), path[512], named[64];
    struct match_index *index;
    struct match_err err;
    uint32_t old = LAYOUT_VERSION - 1;
    int file;

    (void)state;
    make_index(folder);
    find_file(folder, "seg.", path, sizeof path);
    file = open(path, O_RDWR | O_CLOEXEC);
    assert_int_equal(pwrite(file, &old, sizeof old, offsetof(struct layout_head, version)), sizeof old);
    close(file);
    snprintf(named, sizeof named, "of version %u", old);
    is_corrupt(folder, named);
    assert_true(match_remove(folder, &err));
    index = kit_open(folder, NULL);
    assert_int_equal(match_applied(index), 0); /* whoever feeds it begins from the start */
    match_close(index);
    kit_folder_end(folder);
}

static void a_tampered_manifest_is_named(void **state)
{
    (void)state;
    each_tampering_of_a_file_is_named("manifest", "manifest");
}

/* What a file says of its size must not turn around: nothing would be read, and much be believed to be there. */
static void the_most_bits_take_the_most_words(void **state)
{
    (void)state;
    assert_int_equal(bitmap_words(0), 0);
    assert_int_equal(bitmap_words(64), 1);
    assert_int_equal(bitmap_words(65), 2);
    assert_int_equal(bitmap_words(UINT32_MAX), 1u << 26);
}

static void a_missing_segment_or_manifest_is_named(void **state)
{
    char *folder = kit_folder(), path[512];

    (void)state;
    make_index(folder);
    find_file(folder, "seg.", path, sizeof path);
    unlink(path);
    is_corrupt(folder, "missing");
    find_file(folder, "manifest", path, sizeof path);
    unlink(path);
    find_file(folder, "seg.", path, sizeof path);
    is_corrupt(folder, "manifest");
    kit_folder_end(folder);
}

static void a_corrupt_index_is_removed_and_made_anew(void **state)
{
    char *folder = kit_folder(), path[512], ids[64];
    struct match_index *index;
    struct match_err err;

    (void)state;
    make_index(folder);
    snprintf(path, sizeof path, "%s/somebody-elses", folder);
    fclose(fopen(path, "w"));
    find_file(folder, "seg.", path, sizeof path);
    flip_byte(path, 100);
    is_corrupt(folder, "seg.");
    assert_true(match_remove(folder, &err));
    index = kit_open(folder, NULL);
    assert_int_equal(match_applied(index), 0);
    kit_ids(index, "石墨烯", 0, ids, sizeof ids);
    assert_string_equal(ids, "");
    assert_false(match_remove(folder, &err)); /* not while it is open */
    match_close(index);
    find_file(folder, "somebody", path, sizeof path);
    kit_folder_end(folder);
}

/* A loss of power may take the end of the log: the index falls back to an earlier commit and says so. */
static void a_torn_log_falls_back_to_a_whole_commit(void **state)
{
    char *folder = kit_folder(), path[512], kept[600], ids[256];
    long size;

    (void)state;
    make_index(folder);
    find_file(folder, "log.", path, sizeof path);
    snprintf(kept, sizeof kept, "%s/kept", folder);
    copy_file(path, kept, SIZE_MAX);
    size = size_of(path);
    for (long cut = 0; cut < size; cut += 1 + size / 60) {
        struct match_index *index;
        struct match_stats stats;
        uint64_t applied;

        copy_file(kept, path, (size_t)cut);
        index = kit_open(folder, NULL);
        applied = match_applied(index);
        match_stats(index, &stats);
        assert_true(applied >= 30 && applied <= 37);
        assert_int_equal(stats.documents, applied - 1);
        kit_put_line(index, 99, 0, "铜箔", "铜箔"); /* it can be written again, and read again */
        kit_commit(index, 50);
        match_close(index);
        index = kit_open(folder, NULL);
        assert_int_equal(match_applied(index), 50);
        kit_ids(index, "铜箔", 0, ids, sizeof ids);
        assert_string_equal(ids, "99");
        match_close(index);
    }
    kit_folder_end(folder);
}

static void a_full_disk_leaves_the_last_good_index(void **state)
{
    char *folder = kit_folder(), ids[256];
    struct match_options options = {.live_documents = 10};
    struct match_index *index = kit_open(folder, &options);
    struct match_stats stats;

    (void)state;
    for (int64_t id = 1; id <= 8; id++) {
        kit_put_line(index, id, 0, "石墨烯", "导热膜");
        kit_commit(index, (uint64_t)id);
    }
    close(index->folder); /* nothing can be made in this folder any more */
    index->folder = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (int64_t id = 9; id <= 30; id++) {
        kit_put_line(index, id, 0, "石墨烯", "导热膜");
        kit_commit(index, (uint64_t)id);
    }
    match_stats(index, &stats);
    assert_true(stats.failed_merges > 0);
    assert_true(stats.last_failure.code == MATCH_IO || stats.last_failure.code == MATCH_FULL);
    assert_int_equal(stats.documents, 30);
    match_close(index);
    index = kit_open(folder, &options);
    assert_int_equal(match_applied(index), 30);
    kit_ids(index, "导热膜", 0, ids, sizeof ids);
    assert_string_equal(ids, "1 2 3 4 5 6 7 8 9 10");
    match_close(index);
    kit_folder_end(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_killed_writer_loses_nothing_committed),
        cmocka_unit_test(a_tampered_segment_is_named),
        cmocka_unit_test(a_segment_of_another_version_is_refused_and_made_anew),
        cmocka_unit_test(a_tampered_manifest_is_named),
        cmocka_unit_test(the_most_bits_take_the_most_words),
        cmocka_unit_test(a_missing_segment_or_manifest_is_named),
        cmocka_unit_test(a_corrupt_index_is_removed_and_made_anew),
        cmocka_unit_test(a_torn_log_falls_back_to_a_whole_commit),
        cmocka_unit_test(a_full_disk_leaves_the_last_good_index),
    };

    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
