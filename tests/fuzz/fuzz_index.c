/*
 * Files of the match index whose checksums are right and whose content lies: they are put together here from the input, so
 * that the fuzzer needn't guess sums. Whatever comes, a file is refused or can be looked into.
 *
 *   's'  sections of a segment: number, length (2 bytes), bytes
 *   't'  a true segment, tampered with: section, length of what follows (2 bytes), where (2 bytes), bytes to put there
 *   'l'  records of a log: sort, length (2 bytes), bytes
 *   'm'  a manifest: what follows its magic, sum and size
 *   else a segment as it is
 */
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "match/checksum.h"
#include "match/layout.h"
#include "match/log.h"
#include "match/manifest.h"
#include "match/segment.h"

#define MUST(condition) ((condition) ? (void)0 : abort())

enum { PARTS_MOST = 64, ALIGN = LAYOUT_ALIGN };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The next {sort, bytes} of the input. */
static bool part_take(struct slice *rest, uint8_t *sort, struct slice *bytes)
{
    size_t len;

    if (rest->len < 3)
        return false;
    *sort = (uint8_t)rest->at[0];
    len = (uint8_t)rest->at[1] | (size_t)(uint8_t)rest->at[2] << 8;
    if (len > rest->len - 3)
        len = rest->len - 3;
    *bytes = (struct slice){rest->at + 3, len};
    rest->at += 3 + len;
    rest->len -= 3 + len;
    return true;
}

static void pad(struct text *out)
{
    while (out->len % ALIGN)
        text_putc(out, '\0');
}

/* --- segments --- */

static void segment_bytes(struct slice input, struct text *out)
{
    struct layout_head head = {LAYOUT_MAGIC, 0, 0, LAYOUT_VERSION, 0};
    struct layout_entry entries[PARTS_MOST];
    struct slice bytes[PARTS_MOST];
    uint8_t sort;

    while (head.sections < PARTS_MOST && part_take(&input, &sort, &bytes[head.sections]))
        entries[head.sections++] = (struct layout_entry){.id = sort};
    text_add(out, &head, sizeof head);
    text_add(out, entries, head.sections * sizeof *entries);
    pad(out);
    for (uint32_t i = 0; i < head.sections; i++) {
        entries[i].at = out->len;
        entries[i].size = bytes[i].len;
        text_add_slice(out, bytes[i]);
        pad(out);
        entries[i].sum = checksum(out->at + entries[i].at, out->len - (size_t)entries[i].at);
    }
    head.size = out->len;
    memcpy(out->at, &head, sizeof head);
    memcpy(out->at + sizeof head, entries, head.sections * sizeof *entries);
    head.sum = checksum(out->at + 16, (size_t)layout_padded(sizeof head + head.sections * sizeof *entries) - 16);
    memcpy(out->at, &head, sizeof head);
}

static void look_into(const struct segment *segment)
{
    for (uint32_t d = 0; d < segment->meta->docs; d++) {
        const struct window *window = segment_window(segment, d);
        uint32_t found = segment_doc(segment, segment->rows[d].id);

        MUST(window->first <= d && d < window->first + window->count);
        MUST(found == NO_DOC || segment->rows[found].id == segment->rows[d].id);
    }
    for (uint32_t t = 0; t < segment->meta->terms; t++)
        (void)segment_term(segment, segment->terms[t]);
    for (uint32_t c = 0; c < segment->meta->codes; c++)
        MUST(segment_code(segment, c).path.len < segment->size);
}

static void segment_read(struct slice bytes)
{
    uint8_t *base = aligned_alloc(ALIGN, (size_t)layout_padded(bytes.len + 1));
    struct segment *segment;
    struct match_err err;

    memcpy(base, bytes.at, bytes.len);
    segment = segment_over(base, bytes.len, false, "fuzz", &err);
    if (segment)
        look_into(segment);
    else
        MUST(err.code == MATCH_CORRUPT && err.message[0]);
    segment_let_go(segment);
}

/* --- a true segment --- */

static struct text truth; /* a segment file of a small index, made once */

static void documents_put(struct match_index *index)
{
    static const char *const words[] = {"离心泵轴承寿命", "含沙介质 3000 小时", "bearing wear in slurry pumps", "密封泄漏"};
    struct match_code codes[] = {{{"gbt4754", 7}, {"C/34", 4}}, {{"ipc", 3}, {"F/F04", 5}}};
    struct match_err err;

    for (int64_t id = 1; id <= 12; id++) {
        const char *word = words[id % 4];
        struct match_text texts[] = {{MATCH_TITLE, MATCH_PUBLIC, {word, strlen(word)}},
                                     {MATCH_TEXT, (enum match_level)(1 << id % 4), {"内部说明 台架验证", strlen("内部说明 台架验证")}}};
        struct match_doc doc = {.id = id, .kind = (unsigned)id % 3, .owner = id % 5, .level = id % 6 ? MATCH_PUBLIC : MATCH_OWN,
                                .texts = texts, .text_count = 2, .codes = codes, .code_count = 1 + id % 2};

        MUST(match_put(index, &doc, (uint64_t)id, &err));
    }
    MUST(match_commit(index, 13, &err));
}

static void truth_make(void)
{
    struct match_options options = {.live_documents = 4};
    char folder[] = "/tmp/tq-fuzz-truth-XXXXXX", path[64];
    struct match_index *index;
    struct match_err err;
    FILE *file = NULL;
    int byte;

    MUST(mkdtemp(folder) && match_open(folder, &options, &index, &err));
    documents_put(index);
    match_close(index);
    for (int n = 0; !file && n < 100; n++) {
        snprintf(path, sizeof path, "%s/seg.%d", folder, n);
        file = fopen(path, "re");
    }
    MUST(file);
    while ((byte = getc(file)) != EOF)
        text_putc(&truth, (char)byte);
    fclose(file);
}

static void sums_mend(char *base)
{
    struct layout_head head;

    memcpy(&head, base, sizeof head);
    for (uint32_t i = 0; i < head.sections; i++) {
        struct layout_entry entry;
        char *at = base + sizeof head + i * sizeof entry;

        memcpy(&entry, at, sizeof entry);
        entry.sum = checksum(base + entry.at, (size_t)layout_padded(entry.size));
        memcpy(at, &entry, sizeof entry);
    }
    head.sum = checksum(base + 16, (size_t)layout_padded(sizeof head + head.sections * sizeof(struct layout_entry)) - 16);
    memcpy(base, &head, sizeof head);
}

static void tampered_bytes(struct slice input, struct text *out)
{
    struct layout_head head;
    struct slice change;
    uint8_t sort;

    if (!truth.len)
        truth_make();
    text_add_slice(out, text_slice(&truth));
    memcpy(&head, out->at, sizeof head);
    while (part_take(&input, &sort, &change)) {
        struct layout_entry entry;
        size_t where;

        if (change.len < 3)
            continue;
        memcpy(&entry, out->at + sizeof head + sort % head.sections * sizeof entry, sizeof entry);
        where = (uint8_t)change.at[0] | (size_t)(uint8_t)change.at[1] << 8;
        if (entry.size)
            where %= entry.size;
        if (where + change.len - 2 <= entry.size)
            memcpy(out->at + entry.at + where, change.at + 2, change.len - 2);
    }
    sums_mend(out->at);
}

/* --- logs and manifests: read from a folder --- */

static int folder_open(void)
{
    static char path[] = "/tmp/tq-fuzz-index-XXXXXX";
    static int folder = -1;

    if (folder < 0) {
        MUST(mkdtemp(path));
        folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    return folder;
}

static void file_put(const char *name, struct slice bytes)
{
    int file = openat(folder_open(), name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    MUST(file >= 0 && write(file, bytes.at, bytes.len) == (ssize_t)bytes.len);
    close(file);
}

static void log_bytes(struct slice input, struct text *out)
{
    struct {
        char magic[8];
        uint64_t number, sum;
    } head = {"TQMLOG01", 1, 0};
    struct slice body;
    uint8_t sort;

    head.sum = checksum(&head, 16);
    text_add(out, &head, sizeof head);
    while (part_take(&input, &sort, &body)) {
        struct {
            uint32_t magic, sort;
            uint64_t len, sum;
        } record = {0x524c5154, sort, body.len, checksum(body.at, body.len)};

        text_add(out, &record, sizeof record);
        text_add_slice(out, body);
    }
}

static void log_put_gist(void *arg, int64_t id, const struct gist *gist)
{
    (void)arg;
    MUST(!gist || gist->id == id);
    for (unsigned l = 0; gist && l < LEVELS; l++)
        for (uint32_t t = 1; t < gist->levels[l].count; t++)
            MUST(gist->levels[l].terms[t].term >= gist->levels[l].terms[t - 1].term);
}

static bool log_commit(void *arg, uint64_t applied, struct match_err *err)
{
    (void)applied;
    (void)err;
    arena_reset(arg);
    return true;
}

static void log_read(struct slice bytes)
{
    struct arena arena;
    struct log_reader reader = {&arena, log_put_gist, log_commit, &arena};
    struct log_end end;
    struct match_err err;

    arena_init(&arena);
    file_put("log.1", bytes);
    if (log_replay(folder_open(), 1, &reader, &end, &err))
        MUST(end.there && end.size <= bytes.len);
    else
        MUST(err.message[0]);
    arena_release(&arena);
}

static void manifest_bytes(struct slice input, struct text *out)
{
    struct {
        char magic[8];
        uint64_t sum, size;
    } head = {"TQMAN001", 0, 24 + input.len};

    text_add(out, &head, sizeof head);
    text_add_slice(out, input);
    head.sum = checksum(out->at + 16, out->len - 16);
    memcpy(out->at, &head, sizeof head);
}

static void manifest_look(struct slice bytes)
{
    struct manifest manifest;
    struct match_err err;
    bool there;

    file_put("manifest", bytes);
    if (manifest_read(folder_open(), &manifest, &there, &err))
        for (size_t p = 0; p < manifest.count; p++)
            if (manifest.parts[p].deleted && manifest.parts[p].deleted->bits)
                (void)bitmap_has(manifest.parts[p].deleted, manifest.parts[p].deleted->bits - 1);
    manifest_release(&manifest);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice input = {(const char *)data + 1, size - 1};
    struct text bytes;

    if (size < 2)
        return 0;
    text_init(&bytes);
    if (data[0] == 's') {
        segment_bytes(input, &bytes);
        segment_read(text_slice(&bytes));
    } else if (data[0] == 't') {
        tampered_bytes(input, &bytes);
        segment_read(text_slice(&bytes));
    } else if (data[0] == 'l') {
        log_bytes(input, &bytes);
        log_read(text_slice(&bytes));
    } else if (data[0] == 'm') {
        manifest_bytes(input, &bytes);
        manifest_look(text_slice(&bytes));
    } else {
        segment_read(input);
    }
    text_release(&bytes);
    return 0;
}
