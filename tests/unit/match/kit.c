#include "kit.h"

#include <dirent.h>
#include <unistd.h>

#include "base/text.h"

char *kit_folder(void)
{
    const char *root = getenv("TMPDIR");
    struct text name;
    char *folder;

    text_init(&name);
    text_print(&name, "%s/tq-match-XXXXXX", root ? root : "/tmp");
    folder = text_detach(&name);
    assert_non_null(mkdtemp(folder));
    return folder;
}

void kit_folder_end(char *folder)
{
    DIR *files = opendir(folder);
    const struct dirent *entry;

    while (files && (entry = readdir(files)))
        unlinkat(dirfd(files), entry->d_name, 0);
    if (files)
        closedir(files);
    rmdir(folder);
    free(folder);
}

struct match_index *kit_open(const char *folder, const struct match_options *options)
{
    struct match_index *index;
    struct match_err err;

    if (!match_open(folder, options, &index, &err))
        fail_msg("match_open: %s", err.message);
    return index;
}

struct match_str kit_str(const char *text)
{
    return (struct match_str){text, strlen(text)};
}

void kit_text(struct kit_doc *doc, enum match_class class_, enum match_level level, const char *text)
{
    doc->texts[doc->doc.text_count++] = (struct match_text){class_, level, kit_str(text)};
}

void kit_code(struct kit_doc *doc, const char *tree, const char *path)
{
    doc->codes[doc->doc.code_count++] = (struct match_code){kit_str(tree), kit_str(path)};
}

void kit_doc(struct kit_doc *doc, int64_t id, unsigned kind, const char *title, const char *text)
{
    memset(doc, 0, sizeof *doc);
    doc->doc.id = id;
    doc->doc.kind = kind;
    doc->doc.level = MATCH_PUBLIC;
    doc->doc.texts = doc->texts;
    doc->doc.codes = doc->codes;
    doc->doc.facts.amount = -1;
    doc->doc.facts.day = INT32_MIN;
    kit_text(doc, MATCH_TITLE, MATCH_PUBLIC, title);
    kit_text(doc, MATCH_TEXT, MATCH_PUBLIC, text);
}

void kit_put(struct match_index *index, const struct kit_doc *doc)
{
    struct match_err err;

    if (!match_put(index, &doc->doc, 1, &err))
        fail_msg("match_put: %s", err.message);
}

void kit_put_line(struct match_index *index, int64_t id, unsigned kind, const char *title, const char *text)
{
    struct kit_doc doc;

    kit_doc(&doc, id, kind, title, text);
    kit_put(index, &doc);
}

void kit_drop(struct match_index *index, int64_t id)
{
    struct match_err err;

    if (!match_drop(index, id, 1, &err))
        fail_msg("match_drop: %s", err.message);
}

void kit_commit(struct match_index *index, uint64_t applied)
{
    struct match_err err;

    if (!match_commit(index, applied, &err))
        fail_msg("match_commit: %s", err.message);
}

void kit_search(struct match_index *index, const struct match_query *query, struct match_hits *hits)
{
    struct match_snapshot *snapshot = match_snapshot(index);
    struct match_err err;

    if (!match_search(snapshot, query, hits, &err))
        fail_msg("match_search: %s", err.message);
    match_snapshot_end(snapshot);
}

void kit_ids(struct match_index *index, const char *text, unsigned kind, char *out, size_t size)
{
    struct match_query query;
    struct match_hits hits;
    size_t len = 0;

    match_query_init(&query);
    query.text = kit_str(text);
    kit_search(index, &query, &hits);
    out[0] = '\0';
    for (size_t h = 0; h < hits.lists[kind].count && len < size; h++)
        len += (size_t)snprintf(out + len, size - len, "%s%lld", h ? " " : "",
                                (long long)hits.lists[kind].hits[h].id);
    match_hits_release(&hits);
}

static void dump_hit(const struct match_hit *hit, struct text *out)
{
    text_print(out, " hit %lld kind %u score %.9g rating %d chance %.9g\n", (long long)hit->id, hit->kind,
               (double)hit->score, (int)hit->rating, (double)hit->chance);
    for (size_t p = 0; p < hit->part_count; p++)
        text_print(out, "  part %s %d %d %.9g\n", hit->parts[p].word, (int)hit->parts[p].class_, hit->parts[p].idea,
                   (double)hit->parts[p].weight);
    for (size_t c = 0; c < hit->check_count; c++) {
        const struct match_check *check = &hit->checks[c];

        text_print(out, "  check %d %d %lld %lld %d %.*s %.*s\n", (int)check->kind, (int)check->state,
                   (long long)check->wanted, (long long)check->has, check->pays, (int)check->tree.len, check->tree.at,
                   (int)check->code.len, check->code.at);
    }
}

char *kit_dump(const struct match_hits *hits)
{
    struct text out;

    text_init(&out);
    for (unsigned k = 0; k < MATCH_KINDS; k++) {
        text_print(&out, "kind %u count %zu total %zu\n", k, hits->lists[k].count, hits->lists[k].total);
        for (size_t h = 0; h < hits->lists[k].count; h++)
            dump_hit(&hits->lists[k].hits[h], &out);
    }
    return text_detach(&out);
}

void kit_topic(struct kit_doc *doc, int64_t id, char *text, size_t size)
{
    unsigned topic = id % 4 == 1 ? 1 : 2;
    uint64_t seed = (uint64_t)id;
    size_t len = 0;

    if (id % 2 == 0) {
        for (int w = 0; w < 14; w++)
            len += (size_t)snprintf(text + len, size - len, " p%u", kit_below(&seed, 400));
    } else {
        len = (size_t)snprintf(text, size, "r%un%u", topic, (unsigned)(id / 4 % 15));
        for (unsigned w = 0; w < 36; w++)
            len += (size_t)snprintf(text + len, size - len, " c%uw%u", topic, w % 12);
    }
    kit_doc(doc, id, 0, "", text);
}

void kit_put_topics(struct match_index *index, int64_t from, int64_t to)
{
    for (int64_t id = from; id <= to; id++) {
        struct kit_doc doc;
        char text[512];

        kit_topic(&doc, id, text, sizeof text);
        kit_put(index, &doc);
    }
}

void kit_learn(struct match_index *index, const char *path)
{
    struct match_learn how = {.dims = 64};
    struct match_snapshot *snapshot = match_snapshot(index);
    struct match_err err;

    if (!match_learn(snapshot, &how, path, &err))
        fail_msg("match_learn: %s", err.message);
    match_snapshot_end(snapshot);
    if (!match_model(index, path, &err))
        fail_msg("match_model: %s", err.message);
}

char *kit_model_path(const char *folder)
{
    struct text path;

    text_init(&path);
    text_print(&path, "%s.model", folder);
    return text_detach(&path);
}

void kit_meant(struct match_index *index)
{
    struct match_stats stats;

    for (int tries = 0; tries < 1000; tries++) {
        match_stats(index, &stats);
        if (stats.has_model && stats.meant == stats.documents)
            return;
        usleep(10000);
    }
    fail_msg("%llu of %llu documents have a vector", (unsigned long long)stats.meant,
             (unsigned long long)stats.documents);
}

/* Squaring a share makes low numbers frequent. */
static unsigned skewed(uint64_t *seed, unsigned below)
{
    uint64_t share = kit_random(seed) % 10000;

    return (unsigned)(share * share / 10000 * below / 10000);
}

void kit_random_text(uint64_t *seed, unsigned words, char *out, size_t size)
{
    size_t len = 0;

    out[0] = '\0';
    for (unsigned w = 0; w < words && len + 16 < size; w++) {
        if (kit_random(seed) % 4) {
            unsigned code = 0x4e00 + skewed(seed, 400);

            out[len++] = (char)(0xe0 | code >> 12);
            out[len++] = (char)(0x80 | (code >> 6 & 63));
            out[len++] = (char)(0x80 | (code & 63));
        } else {
            len += (size_t)snprintf(out + len, size - len, " zq%ux ", skewed(seed, 300));
        }
    }
    out[len] = '\0';
}

char *kit_answer(struct match_index *index, const char *text, const struct match_asker *asker, size_t k)
{
    struct match_query query;
    struct match_hits hits;
    char *dump;

    match_query_init(&query);
    query.text = kit_str(text);
    query.asker = *asker;
    query.k = k;
    kit_search(index, &query, &hits);
    dump = kit_dump(&hits);
    match_hits_release(&hits);
    return dump;
}
