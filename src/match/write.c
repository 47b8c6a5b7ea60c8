#include "match/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "match/checksum.h"
#include "match/fail.h"
#include "match/invert.h"
#include "match/layout.h"
#include "match/sort.h"

struct writer {
    const struct plan *plan;
    struct inverter levels[LEVELS];
    struct plan_lists lists;
    struct window *windows;
    uint32_t window_count;
    uint64_t doc_codes, code_bytes, secrets, closed;
    uint64_t at[SECTIONS], size[SECTIONS], total;
    uint8_t *base;
    uint32_t *model_terms; /* a term of the plan: its number in the model */
    struct arena scratch;
};

static void *room(size_t count, size_t size)
{
    void *at = calloc(count + 1, size);

    if (!at)
        abort();
    return at;
}

/* --- windows --- */

static void make_windows(struct writer *writer)
{
    const struct plan *plan = writer->plan;

    writer->windows = room((size_t)plan->doc_count / WINDOW_DOCS + MATCH_KINDS + 1, sizeof *writer->windows);
    for (uint32_t d = 0; d < plan->doc_count; d++) {
        struct window *last = writer->window_count ? &writer->windows[writer->window_count - 1] : NULL;

        if (!last || last->kind != plan->docs[d].kind || last->count == WINDOW_DOCS) {
            last = &writer->windows[writer->window_count++];
            *last = (struct window){d, 0, plan->docs[d].kind};
        }
        last->count++;
    }
}

/* Both a run and the model's terms ascend. */
static void find_model_terms(struct writer *writer)
{
    const struct plan *plan = writer->plan;
    const struct model *model = plan->model;
    uint32_t t = 0;

    if (!model)
        return;
    writer->model_terms = room(plan->term_count, sizeof *writer->model_terms);
    for (unsigned run = 0; run < RUNS; run++)
        for (uint32_t m = 0; t < plan->run_ends[run]; t++) {
            while (m < model->head->terms && model->terms[m] < plan->terms[t])
                m++;
            writer->model_terms[t] = m < model->head->terms && model->terms[m] == plan->terms[t] ? m : MODEL_NONE;
        }
}

/* --- first pass: how large everything is --- */

static void invert_doc(struct writer *writer, uint32_t offset)
{
    for (unsigned l = 0; l < LEVELS; l++)
        for (uint32_t i = 0; i < writer->lists.count[l]; i++)
            if (writer->lists.entries[l][i].impact)
                inverter_add(&writer->levels[l], writer->lists.entries[l][i].term, offset,
                             writer->lists.entries[l][i].impact);
}

static bool is_secret(const struct writer *writer, const struct plan_doc *doc)
{
    return doc->row.level != MATCH_PUBLIC || writer->lists.count[2] || writer->lists.count[3];
}

static void measure_doc(struct writer *writer, const struct plan_doc *doc)
{
    for (unsigned l = 0; l < LEVELS; l++) {
        uint32_t last = 0;

        for (uint32_t i = 0; i < writer->lists.count[l]; i++) {
            const struct entry *entry = &writer->lists.entries[l][i];

            writer->levels[l].forward += list_entry_size(entry->term - last, entry);
            last = entry->term;
        }
        writer->levels[l].docs += writer->lists.count[l] != 0;
    }
    writer->doc_codes += doc->row.code_count;
    writer->secrets += is_secret(writer, doc);
    writer->closed += doc->row.level != MATCH_PUBLIC;
}

static void measure(struct writer *writer)
{
    for (uint32_t w = 0; w < writer->window_count; w++) {
        const struct window *window = &writer->windows[w];

        for (uint32_t i = 0; i < window->count; i++) {
            const struct plan_doc *doc = &writer->plan->docs[window->first + i];

            plan_read(writer->plan, doc, &writer->lists);
            invert_doc(writer, i);
            measure_doc(writer, doc);
        }
        for (unsigned l = 0; l < LEVELS; l++)
            inverter_measure(&writer->levels[l], window);
    }
    for (uint32_t c = 0; c < writer->plan->code_count; c++)
        writer->code_bytes += writer->plan->codes[c].tree.len + 1 + writer->plan->codes[c].path.len;
}

static uint32_t terms_with_postings(const struct inverter *inverter, uint32_t terms)
{
    uint32_t count = 0;

    for (uint32_t t = 0; t < terms; t++)
        count += inverter->units[t] != 0;
    return count;
}

static void size_sections(struct writer *writer)
{
    const struct plan *plan = writer->plan;
    uint64_t *size = writer->size, terms = plan->term_count;

    size[SECTION_META] = sizeof(struct segment_meta);
    size[SECTION_WINDOWS] = writer->window_count * sizeof(struct window);
    size[SECTION_ROWS] = plan->doc_count * sizeof(struct doc_row);
    size[SECTION_BY_ID] = plan->doc_count * UINT64_C(4);
    size[SECTION_TERMS] = terms * 8;
    size[SECTION_DIRECTORY] = plan->directory_size * UINT64_C(4);
    size[SECTION_DF] = terms * 4;
    size[SECTION_START] = (terms + 1) * 4;
    size[SECTION_FORWARD] = writer->levels[0].forward;
    size[SECTION_SECRETS] = writer->secrets * sizeof(struct secret_row);
    size[SECTION_CLOSED] = writer->closed * 4;
    size[SECTION_CODE_BYTES] = writer->code_bytes;
    size[SECTION_CODE_ENDS] = plan->code_count * UINT64_C(4);
    size[SECTION_DOC_CODES] = writer->doc_codes * 4;
    size[SECTION_VECTORS] = (uint64_t)plan->doc_count * model_dims(plan->model);
    size[SECTION_SCALES] = plan->model ? plan->doc_count * UINT64_C(4) : 0;
    for (unsigned l = 1; l < LEVELS; l++) {
        uint64_t *hidden = size + SECTION_HIDDEN + 5 * (l - 1), count;

        count = terms_with_postings(&writer->levels[l], plan->term_count);
        hidden[0] = writer->levels[l].docs * sizeof(struct hidden_row);
        hidden[1] = writer->levels[l].forward;
        hidden[2] = count * 4;
        hidden[3] = (count + 1) * 4;
        hidden[4] = 2 * inverter_place(&writer->levels[l], plan->term_count);
    }
    size[SECTION_POSTINGS] = 2 * inverter_place(&writer->levels[0], plan->term_count);
}

static bool place_sections(struct writer *writer, struct match_err *err)
{
    uint64_t at = layout_padded(sizeof(struct layout_head) + SECTIONS * sizeof(struct layout_entry));
    const struct plan *plan = writer->plan;

    size_sections(writer);
    for (unsigned s = 0; s < SECTIONS; s++) {
        writer->at[s] = at;
        at += layout_padded(writer->size[s]);
    }
    writer->total = at;
    if (plan->term_count >= TERMS_MOST)
        return match_fail(err, MATCH_FULL, "a segment holds at most %d terms", TERMS_MOST);
    if (writer->size[SECTION_POSTINGS] / 2 > UINT32_MAX)
        return match_fail(err, MATCH_FULL, "a segment's postings would take more than 8 GiB");
    return true;
}

/* --- second pass: the bytes --- */

static void *section(const struct writer *writer, unsigned number)
{
    return writer->base + writer->at[number];
}

static void put_starts(const struct writer *writer)
{
    const struct plan *plan = writer->plan;

    memcpy(section(writer, SECTION_START), writer->levels[0].units, ((size_t)plan->term_count + 1) * 4);
    for (unsigned l = 1; l < LEVELS; l++) {
        const uint32_t *units = writer->levels[l].units;
        uint32_t *terms = section(writer, SECTION_HIDDEN + 5 * (l - 1) + 2);
        uint32_t *start = section(writer, SECTION_HIDDEN + 5 * (l - 1) + 3);

        for (uint32_t t = 0; t < plan->term_count; t++)
            if (units[t + 1] != units[t]) {
                *terms++ = t;
                *start++ = units[t];
            }
        *start = units[plan->term_count];
    }
}

static void put_meta(const struct writer *writer)
{
    const struct plan *plan = writer->plan;
    struct segment_meta meta = {
        .docs = plan->doc_count, .windows = writer->window_count, .terms = plan->term_count,
        .codes = plan->code_count, .public_docs = plan->public_docs, .latin_docs = plan->latin_docs,
        .model = model_id(plan->model), .dims = model_dims(plan->model),
    };

    memcpy(meta.run_ends, plan->run_ends, sizeof meta.run_ends);
    memcpy(meta.shifts, plan->shifts, sizeof meta.shifts);
    for (unsigned k = 0; k < MATCH_KINDS; k++) {
        meta.kind_docs[k] = plan->kind_docs[k];
        meta.kind_length[k] = plan->kind_length[k];
        meta.pivots[k] = plan->pivots[k];
    }
    for (unsigned l = 0; l < LEVELS; l++)
        meta.postings += writer->levels[l].postings;
    memcpy(section(writer, SECTION_META), &meta, sizeof meta);
}

static void put_codes(const struct writer *writer)
{
    char *bytes = section(writer, SECTION_CODE_BYTES);
    uint32_t *ends = section(writer, SECTION_CODE_ENDS), end = 0;

    for (uint32_t c = 0; c < writer->plan->code_count; c++) {
        const struct match_code *code = &writer->plan->codes[c];

        memcpy(bytes + end, code->tree.at, code->tree.len);
        end += (uint32_t)code->tree.len;
        bytes[end++] = 0;
        memcpy(bytes + end, code->path.at, code->path.len);
        end += (uint32_t)code->path.len;
        ends[c] = end;
    }
}

/* Where the second pass stands in each growing section. */
struct places {
    uint8_t *forward[LEVELS];
    struct hidden_row *hidden[LEVELS];
    struct secret_row *secret;
    uint32_t *closed, *codes;
    struct doc_row *row;
};

static void put_list(struct writer *writer, unsigned level, struct places *to)
{
    uint32_t last = 0;

    for (uint32_t i = 0; i < writer->lists.count[level]; i++) {
        const struct entry *entry = &writer->lists.entries[level][i];

        to->forward[level] = list_entry_put(to->forward[level], entry->term - last, entry);
        last = entry->term;
    }
}

static void put_hidden(struct writer *writer, uint32_t number, unsigned level, struct places *to)
{
    uint8_t *start = section(writer, SECTION_HIDDEN + 5 * (level - 1) + 1);

    if (writer->lists.count[level] == 0)
        return;
    *to->hidden[level]++ = (struct hidden_row){number, writer->lists.length[level],
                                               (uint64_t)(to->forward[level] - start)};
    put_list(writer, level, to);
}

static void put_doc(struct writer *writer, uint32_t number, struct places *to)
{
    const struct plan_doc *doc = &writer->plan->docs[number];
    struct doc_row row = doc->row;

    row.forward = (uint64_t)(to->forward[0] - (uint8_t *)section(writer, SECTION_FORWARD));
    row.codes = (uint32_t)(to->codes - (uint32_t *)section(writer, SECTION_DOC_CODES));
    for (unsigned c = 0; c < row.code_count; c++)
        *to->codes++ = plan_code(writer->plan, doc, c);
    *to->row++ = row;
    put_list(writer, 0, to);
    for (unsigned l = 1; l < LEVELS; l++)
        put_hidden(writer, number, l, to);
    if (is_secret(writer, doc))
        *to->secret++ = (struct secret_row){row.owner, number, 0};
    if (row.level != MATCH_PUBLIC)
        *to->closed++ = number;
}

/* Public texts alone. The terms ascend, so that the sum has the same bits whatever their numbers. */
static float blend_doc(struct writer *writer, uint8_t *vector)
{
    uint32_t count = writer->lists.count[0];
    const struct entry *entries = writer->lists.entries[0];
    struct sort_item *items = arena_alloc(&writer->scratch, ((size_t)count + 1) * sizeof *items);
    struct blend blend;

    for (uint32_t i = 0; i < count; i++)
        items[i] = (struct sort_item){writer->plan->terms[entries[i].term], i};
    sort_items(items, count, &writer->scratch);
    blend_start(&blend, writer->plan->model);
    for (uint32_t i = 0; i < count; i++) {
        const struct entry *entry = &entries[items[i].value];

        if (writer->model_terms[entry->term] != MODEL_NONE)
            blend_add(&blend, writer->model_terms[entry->term], blend_weight(entry->tf));
    }
    arena_reset(&writer->scratch);
    return blend_end(&blend, vector);
}

/* The lists were read last. A vector that the same model has made is taken as it is. */
static void put_vector(struct writer *writer, uint32_t number)
{
    const struct plan_doc *doc = &writer->plan->docs[number];
    const struct segment *source = doc->gist ? NULL : writer->plan->sources[doc->source].segment;
    unsigned dims = model_dims(writer->plan->model);
    float *scales = section(writer, SECTION_SCALES);
    uint8_t *vector = (uint8_t *)section(writer, SECTION_VECTORS) + (size_t)number * dims;

    if (!writer->plan->model)
        return;
    if (source && source->meta->model == model_id(writer->plan->model)) {
        memcpy(vector, source->vectors + (size_t)doc->doc * dims, dims);
        scales[number] = source->scales[doc->doc];
    } else {
        scales[number] = blend_doc(writer, vector);
    }
}

static struct places start_places(const struct writer *writer)
{
    struct places to = {
        .secret = section(writer, SECTION_SECRETS), .closed = section(writer, SECTION_CLOSED),
        .codes = section(writer, SECTION_DOC_CODES), .row = section(writer, SECTION_ROWS),
    };

    to.forward[0] = section(writer, SECTION_FORWARD);
    for (unsigned l = 1; l < LEVELS; l++) {
        to.hidden[l] = section(writer, SECTION_HIDDEN + 5 * (l - 1));
        to.forward[l] = section(writer, SECTION_HIDDEN + 5 * (l - 1) + 1);
    }
    return to;
}

static void put_docs(struct writer *writer)
{
    struct places to = start_places(writer);

    for (uint32_t w = 0; w < writer->window_count; w++) {
        const struct window *window = &writer->windows[w];

        for (uint32_t i = 0; i < window->count; i++) {
            plan_read(writer->plan, &writer->plan->docs[window->first + i], &writer->lists);
            invert_doc(writer, i);
            put_doc(writer, window->first + i, &to);
            put_vector(writer, window->first + i);
        }
        inverter_write(&writer->levels[0], section(writer, SECTION_POSTINGS), window, w);
        for (unsigned l = 1; l < LEVELS; l++)
            inverter_write(&writer->levels[l], section(writer, SECTION_HIDDEN + 5 * (l - 1) + 4), window, w);
    }
}

static int by_owner(const void *left, const void *right)
{
    const struct secret_row *a = left, *b = right;

    if (a->owner != b->owner)
        return a->owner < b->owner ? -1 : 1;
    return a->doc < b->doc ? -1 : a->doc > b->doc;
}

struct keyed {
    int64_t id;
    uint32_t doc;
};

static int by_key(const void *left, const void *right)
{
    const struct keyed *a = left, *b = right;

    return a->id < b->id ? -1 : a->id > b->id;
}

static void put_order(const struct writer *writer)
{
    struct keyed *items = room(writer->plan->doc_count, sizeof *items);
    uint32_t *by_id = section(writer, SECTION_BY_ID);

    for (uint32_t d = 0; d < writer->plan->doc_count; d++) {
        items[d].id = writer->plan->docs[d].row.id;
        items[d].doc = d;
    }
    qsort(items, writer->plan->doc_count, sizeof *items, by_key);
    for (uint32_t d = 0; d < writer->plan->doc_count; d++)
        by_id[d] = items[d].doc;
    free(items);
    qsort(section(writer, SECTION_SECRETS), writer->secrets, sizeof(struct secret_row), by_owner);
}

static void put_head(const struct writer *writer)
{
    uint64_t end = layout_padded(sizeof(struct layout_head) + SECTIONS * sizeof(struct layout_entry));
    struct layout_head head = {LAYOUT_MAGIC, 0, writer->total, LAYOUT_VERSION, SECTIONS};
    uint8_t *table = writer->base + sizeof head;

    for (unsigned s = 0; s < SECTIONS; s++) {
        struct layout_entry entry = {s, 0, writer->at[s], writer->size[s],
                                     checksum(section(writer, s), (size_t)layout_padded(writer->size[s]))};

        memcpy(table + s * sizeof entry, &entry, sizeof entry);
    }
    memcpy(writer->base, &head, sizeof head);
    head.sum = checksum(writer->base + 16, (size_t)end - 16);
    memcpy(writer->base, &head, sizeof head);
}

static void fill(struct writer *writer)
{
    const struct plan *plan = writer->plan;

    put_starts(writer);
    put_meta(writer);
    memcpy(section(writer, SECTION_WINDOWS), writer->windows, writer->size[SECTION_WINDOWS]);
    memcpy(section(writer, SECTION_TERMS), plan->terms, writer->size[SECTION_TERMS]);
    memcpy(section(writer, SECTION_DIRECTORY), plan->directory, writer->size[SECTION_DIRECTORY]);
    memcpy(section(writer, SECTION_DF), plan->df, writer->size[SECTION_DF]);
    put_codes(writer);
    for (unsigned l = 0; l < LEVELS; l++)
        writer->levels[l].postings = 0;
    put_docs(writer);
    put_order(writer);
    put_meta(writer);
    put_head(writer);
}

/* --- where the bytes go --- */

static bool writer_init(struct writer *writer, const struct plan *plan, struct match_err *err)
{
    *writer = (struct writer){.plan = plan};
    arena_init(&writer->scratch);
    for (unsigned l = 0; l < LEVELS; l++)
        inverter_init(&writer->levels[l], plan->term_count);
    make_windows(writer);
    find_model_terms(writer);
    if (writer->window_count >= BLOCK_DENSE)
        return match_fail(err, MATCH_FULL, "a segment holds at most %d windows", BLOCK_DENSE - 1);
    measure(writer);
    return place_sections(writer, err);
}

static void writer_release(struct writer *writer)
{
    for (unsigned l = 0; l < LEVELS; l++)
        inverter_release(&writer->levels[l]);
    plan_lists_release(&writer->lists);
    arena_release(&writer->scratch);
    free(writer->windows);
    free(writer->model_terms);
}

struct segment *segment_in_memory(const struct plan *plan, uint64_t number, struct match_err *err)
{
    struct segment *segment = NULL;
    struct writer writer;

    if (!writer_init(&writer, plan, err))
        goto out;
    writer.base = aligned_alloc(LAYOUT_ALIGN, (size_t)writer.total);
    if (!writer.base) {
        match_fail(err, MATCH_NO_MEMORY, "no memory for a segment of %llu bytes", (unsigned long long)writer.total);
        goto out;
    }
    memset(writer.base, 0, (size_t)writer.total);
    fill(&writer);
    segment = segment_over(writer.base, (size_t)writer.total, false, "live part", err);
    if (segment)
        segment->number = number;
out:
    writer_release(&writer);
    return segment;
}

/* Room on the disk first: a hole in a mapped file would end the process with SIGBUS when the disk is full. */
static bool map_new_file(struct writer *writer, int file, const char *name, struct match_err *err)
{
    int failed = posix_fallocate(file, 0, (off_t)writer->total);
    void *base;

    if (failed) {
        errno = failed;
        return match_fail_io(err, "taking room for", name);
    }
    base = mmap(NULL, (size_t)writer->total, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (base == MAP_FAILED)
        return match_fail_io(err, "mapping", name);
    writer->base = base;
    return true;
}

static bool write_file(struct writer *writer, int folder, const char *name, struct match_err *err)
{
    char beside[64];
    int file;
    bool good = false;

    snprintf(beside, sizeof beside, "%s.new", name);
    file = openat(folder, beside, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0)
        return match_fail_io(err, "making", beside);
    if (!map_new_file(writer, file, beside, err))
        goto out;
    fill(writer);
    munmap(writer->base, (size_t)writer->total);
    good = fsync(file) == 0 && renameat(folder, beside, folder, name) == 0;
    if (!good)
        match_fail_io(err, "writing", name);
out:
    close(file);
    if (!good)
        unlinkat(folder, beside, 0);
    return good;
}

struct segment *segment_in_file(const struct plan *plan, int folder, const char *name, uint64_t number,
                                struct match_err *err)
{
    struct segment *segment = NULL;
    struct writer writer;

    if (writer_init(&writer, plan, err) && write_file(&writer, folder, name, err))
        segment = segment_map(folder, name, err);
    writer_release(&writer);
    if (segment)
        segment->number = number;
    return segment;
}
