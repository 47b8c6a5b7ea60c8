#include "match/segment.h"

#include <sys/mman.h>

#include "match/bytes.h"
#include "match/checksum.h"
#include "match/fail.h"
#include "match/layout.h"

static const char *const section_names[SECTIONS] = {
    "meta", "windows", "rows", "by id", "terms", "directory", "df", "start", "postings", "forward", "secrets",
    "closed", "code bytes", "code ends", "document codes", "vectors", "scales", "signed-in rows", "signed-in forward", "signed-in terms",
    "signed-in start", "signed-in postings", "NDA rows", "NDA forward", "NDA terms", "NDA start", "NDA postings",
    "own rows", "own forward", "own terms", "own start", "own postings",
};

const char *segment_section(unsigned section)
{
    return section < SECTIONS ? section_names[section] : "a later section";
}

/* What is known while a segment is being read. */
struct reading {
    const uint8_t *base;
    size_t size;
    const char *name;
    struct match_err *err;
    const uint8_t *at[SECTIONS];
    uint64_t len[SECTIONS];
};

static bool corrupt(const struct reading *r, const char *what)
{
    return match_fail(r->err, MATCH_CORRUPT, "%s: %s", r->name, what);
}

static bool read_head(const struct reading *r, uint32_t *sections)
{
    struct layout_head head;
    uint64_t end;

    if (r->size < sizeof head)
        return corrupt(r, "shorter than its head");
    memcpy(&head, r->base, sizeof head);
    if (memcmp(head.magic, LAYOUT_MAGIC, sizeof head.magic) != 0)
        return corrupt(r, "no segment");
    if (head.version != LAYOUT_VERSION)
        return match_fail(r->err, MATCH_CORRUPT, "%s: of version %u, while this program reads and writes version %d", r->name,
                          head.version, LAYOUT_VERSION);
    if (head.size != r->size)
        return corrupt(r, "cut short, or longer than it was written");
    if (head.sections > 4096)
        return corrupt(r, "too many sections");
    end = layout_padded(sizeof head + head.sections * sizeof(struct layout_entry));
    if (end > r->size || checksum(r->base + 16, (size_t)end - 16) != head.sum)
        return corrupt(r, "the table of sections does not match its checksum");
    *sections = head.sections;
    return true;
}

static bool read_section(struct reading *r, const struct layout_entry *entry)
{
    const char *name = segment_section(entry->id);

    if (entry->at % LAYOUT_ALIGN || entry->at > r->size || layout_padded(entry->size) > r->size - entry->at)
        return match_fail(r->err, MATCH_CORRUPT, "%s: section %s lies outside the file", r->name, name);
#ifndef TQ_TEETH_MATCH_SUM
    if (checksum(r->base + entry->at, (size_t)layout_padded(entry->size)) != entry->sum)
        return match_fail(r->err, MATCH_CORRUPT, "%s: section %s does not match its checksum", r->name, name);
#endif
    if (entry->id < SECTIONS) {
        r->at[entry->id] = r->base + entry->at;
        r->len[entry->id] = entry->size;
    }
    return true;
}

static bool read_sections(struct reading *r)
{
    uint32_t sections = 0;

    if (!read_head(r, &sections))
        return false;
    for (uint32_t i = 0; i < sections; i++) {
        struct layout_entry entry;

        memcpy(&entry, r->base + sizeof(struct layout_head) + i * sizeof entry, sizeof entry);
        if (!read_section(r, &entry))
            return false;
    }
    for (unsigned s = 0; s < SECTIONS; s++)
        if (!r->at[s])
            return match_fail(r->err, MATCH_CORRUPT, "%s: section %s is missing", r->name, section_names[s]);
    return true;
}

static bool has_count(const struct reading *r, enum section section, uint64_t count, size_t size)
{
    return r->len[section] == count * size
        || match_fail(r->err, MATCH_CORRUPT, "%s: section %s has another length than its count says", r->name,
                      section_names[section]);
}

static bool check_sizes(const struct reading *r, const struct segment_meta *meta)
{
    uint64_t buckets = 0;

    for (unsigned run = 0; run < RUNS; run++)
        buckets += directory_buckets(meta->shifts[run]);
    return has_count(r, SECTION_WINDOWS, meta->windows, sizeof(struct window))
        && has_count(r, SECTION_ROWS, meta->docs, sizeof(struct doc_row))
        && has_count(r, SECTION_BY_ID, meta->docs, 4) && has_count(r, SECTION_TERMS, meta->terms, 8)
        && has_count(r, SECTION_DIRECTORY, buckets, 4) && has_count(r, SECTION_DF, meta->terms, 4)
        && has_count(r, SECTION_START, (uint64_t)meta->terms + 1, 4) && has_count(r, SECTION_CODE_ENDS, meta->codes, 4)
        && has_count(r, SECTION_VECTORS, meta->docs, meta->dims)
        && has_count(r, SECTION_SCALES, meta->dims ? meta->docs : 0, sizeof(float));
}

static void set_pointers(struct segment *segment, const struct reading *r)
{
    segment->meta = (const void *)r->at[SECTION_META];
    segment->windows = (const void *)r->at[SECTION_WINDOWS];
    segment->rows = (const void *)r->at[SECTION_ROWS];
    segment->by_id = (const void *)r->at[SECTION_BY_ID];
    segment->terms = (const void *)r->at[SECTION_TERMS];
    segment->directory[0] = (const void *)r->at[SECTION_DIRECTORY];
    for (unsigned run = 1; run < RUNS; run++)
        segment->directory[run] = segment->directory[run - 1] + directory_buckets(segment->meta->shifts[run - 1]);
    segment->df = (const void *)r->at[SECTION_DF];
    segment->start = (const void *)r->at[SECTION_START];
    segment->postings = r->at[SECTION_POSTINGS];
    segment->forward = r->at[SECTION_FORWARD];
    segment->forward_size = r->len[SECTION_FORWARD];
    segment->secrets = (const void *)r->at[SECTION_SECRETS];
    segment->secret_count = (uint32_t)(r->len[SECTION_SECRETS] / sizeof(struct secret_row));
    segment->closed = (const void *)r->at[SECTION_CLOSED];
    segment->closed_count = (uint32_t)(r->len[SECTION_CLOSED] / 4);
    segment->code_bytes = (const void *)r->at[SECTION_CODE_BYTES];
    segment->code_ends = (const void *)r->at[SECTION_CODE_ENDS];
    segment->doc_codes = (const void *)r->at[SECTION_DOC_CODES];
    segment->vectors = r->at[SECTION_VECTORS];
    segment->scales = (const void *)r->at[SECTION_SCALES];
}

static void set_hidden(struct hidden *hidden, const struct reading *r, unsigned section)
{
    hidden->rows = (const void *)r->at[section];
    hidden->row_count = (uint32_t)(r->len[section] / sizeof(struct hidden_row));
    hidden->forward = r->at[section + 1];
    hidden->forward_size = r->len[section + 1];
    hidden->terms = (const void *)r->at[section + 2];
    hidden->term_count = (uint32_t)(r->len[section + 2] / 4);
    hidden->start = (const void *)r->at[section + 3];
    hidden->postings = r->at[section + 4];
}

static bool check_windows(const struct reading *r, const struct segment *segment)
{
    uint32_t next = 0;

    for (uint32_t w = 0; w < segment->meta->windows; w++) {
        const struct window *window = &segment->windows[w];

        if (window->first != next || window->count == 0 || window->count > WINDOW_DOCS || window->kind >= MATCH_KINDS)
            return corrupt(r, "the windows do not cover the documents");
        next += window->count;
    }
    return next == segment->meta->docs || corrupt(r, "the windows do not cover the documents");
}

static bool check_rows(const struct reading *r, const struct segment *segment)
{
    uint64_t forward = 0;

    for (uint32_t d = 0; d < segment->meta->docs; d++) {
        const struct doc_row *row = &segment->rows[d];
        uint64_t codes_end = (uint64_t)row->codes + row->code_count;

        if (row->forward < forward || row->forward > segment->forward_size || segment->by_id[d] >= segment->meta->docs
            || codes_end > r->len[SECTION_DOC_CODES] / 4)
            return corrupt(r, "a document points outside its segment");
        forward = row->forward;
    }
    for (uint64_t c = 0; c < r->len[SECTION_DOC_CODES] / 4; c++)
        if (segment->doc_codes[c] >= segment->meta->codes)
            return corrupt(r, "a document has an unknown code");
    return true;
}

static bool check_codes(const struct reading *r, const struct segment *segment)
{
    uint32_t from = 0;

    for (uint32_t c = 0; c < segment->meta->codes; c++) {
        uint32_t end = segment->code_ends[c];

        if (end <= from || end > r->len[SECTION_CODE_BYTES] || !memchr(segment->code_bytes + from, 0, end - from))
            return corrupt(r, "the codes are cut");
        from = end;
    }
    return true;
}

static bool rises(const uint32_t *numbers, uint64_t count, uint64_t most)
{
    for (uint64_t i = 0; i < count; i++)
        if (numbers[i] > most || (i && numbers[i] < numbers[i - 1]))
            return false;
    return true;
}

static bool check_terms(const struct reading *r, const struct segment *segment)
{
    const uint32_t *ends = segment->meta->run_ends;

    if (!rises(segment->directory[0], r->len[SECTION_DIRECTORY] / 4, segment->meta->terms) || ends[RUNS - 1] != segment->meta->terms)
        return corrupt(r, "the directory of terms is out of order");
    for (unsigned run = 0; run < RUNS; run++)
        if (segment->directory[run][directory_buckets(segment->meta->shifts[run]) - 1] != ends[run])
            return corrupt(r, "the directory of terms is out of order");
    return rises(segment->start, (uint64_t)segment->meta->terms + 1, r->len[SECTION_POSTINGS] / 2)
        || corrupt(r, "the postings are out of order");
}

static bool check_hidden(const struct reading *r, const struct segment *segment, unsigned l)
{
    const struct hidden *hidden = &segment->hidden[l];
    unsigned section = SECTION_HIDDEN + 5 * l;

    for (uint32_t i = 0; i < hidden->row_count; i++)
        if (hidden->rows[i].doc >= segment->meta->docs || hidden->rows[i].forward > hidden->forward_size
            || (i && hidden->rows[i].forward < hidden->rows[i - 1].forward))
            return corrupt(r, "a hidden text points outside its segment");
    if (!rises(hidden->terms, hidden->term_count, segment->meta->terms))
        return corrupt(r, "hidden terms are out of order");
    return (has_count(r, section + 3, (uint64_t)hidden->term_count + 1, 4)
            && rises(hidden->start, (uint64_t)hidden->term_count + 1, r->len[section + 4] / 2))
        || corrupt(r, "hidden postings are out of order");
}

static bool check_lists(const struct reading *r, const struct segment *segment)
{
    for (uint32_t s = 0; s < segment->secret_count; s++)
        if (segment->secrets[s].doc >= segment->meta->docs)
            return corrupt(r, "a secret document is outside its segment");
    if (segment->closed_count > segment->meta->docs
        || !rises(segment->closed, segment->closed_count, segment->meta->docs ? segment->meta->docs - 1 : 0))
        return corrupt(r, "the closed documents are out of order");
    for (unsigned l = 0; l < HIDDEN; l++)
        if (!check_hidden(r, segment, l))
            return false;
    return true;
}

static bool read_all(struct segment *segment, struct reading *r)
{
    const struct segment_meta *meta;

    if (!read_sections(r))
        return false;
    meta = (const void *)r->at[SECTION_META];
    if (r->len[SECTION_META] != sizeof *meta)
        return corrupt(r, "the meta section is of another version");
    for (unsigned run = 0; run < RUNS; run++)
        if (meta->shifts[run] < 32 || meta->shifts[run] > 63)
            return corrupt(r, "the meta section is of another version");
    if (!check_sizes(r, meta))
        return false;
    set_pointers(segment, r);
    for (unsigned l = 0; l < HIDDEN; l++)
        set_hidden(&segment->hidden[l], r, SECTION_HIDDEN + 5 * l);
    return check_windows(r, segment) && check_rows(r, segment) && check_codes(r, segment) && check_terms(r, segment)
        && check_lists(r, segment);
}

static void give_back(uint8_t *base, size_t size, bool mapped)
{
    if (mapped)
        munmap(base, size);
    else
        free(base);
}

struct segment *segment_over(uint8_t *base, size_t size, bool mapped, const char *name, struct match_err *err)
{
    struct reading reading = {.base = base, .size = size, .name = name, .err = err};
    struct segment *segment = calloc(1, sizeof *segment);

    if (!segment) {
        match_fail(err, MATCH_NO_MEMORY, "no memory for a segment");
        give_back(base, size, mapped);
        return NULL;
    }
    segment->base = base;
    segment->size = size;
    segment->mapped = mapped;
    atomic_init(&segment->holders, 1);
    if (read_all(segment, &reading)) {
        if (facts_make(&segment->facts, segment))
            return segment;
        match_fail(err, MATCH_NO_MEMORY, "no memory for a segment");
    }
    segment_let_go(segment);
    return NULL;
}

struct segment *segment_map(int folder, const char *name, struct match_err *err)
{
    uint8_t *base;
    size_t size;

    return bytes_map(folder, name, sizeof(struct layout_head), &base, &size, err) ? segment_over(base, size, true, name, err) : NULL;
}

struct segment *segment_hold(struct segment *segment)
{
    atomic_fetch_add_explicit(&segment->holders, 1, memory_order_relaxed);
    return segment;
}

void segment_let_go(struct segment *segment)
{
    if (!segment || atomic_fetch_sub_explicit(&segment->holders, 1, memory_order_acq_rel) != 1)
        return;
    give_back(segment->base, segment->size, segment->mapped);
    facts_free(&segment->facts);
    free(segment);
}

/* --- finding --- */

uint32_t segment_term_in(const struct segment *segment, unsigned run, uint64_t term)
{
    const uint32_t *bucket = segment_bucket(segment, run, term);

    for (uint32_t i = bucket[0]; i < bucket[1]; i++)
        if (segment->terms[i] >= term)
            return segment->terms[i] == term ? i : NO_TERM;
    return NO_TERM;
}

uint32_t segment_term(const struct segment *segment, uint64_t term)
{
    uint32_t number = NO_TERM;

    for (unsigned run = 0; run < RUNS && number == NO_TERM; run++)
        number = segment_term_in(segment, run, term);
    return number;
}

uint32_t segment_doc(const struct segment *segment, int64_t id)
{
    uint32_t low = 0, high = segment->meta->docs;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (segment->rows[segment->by_id[middle]].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < segment->meta->docs && segment->rows[segment->by_id[low]].id == id)
        return segment->by_id[low];
    return NO_DOC;
}

const struct window *segment_window(const struct segment *segment, uint32_t doc)
{
    uint32_t low = 0, high = segment->meta->windows;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (segment->windows[middle].first <= doc)
            low = middle;
        else
            high = middle;
    }
    return &segment->windows[low];
}

const struct hidden_row *segment_hidden(const struct segment *segment, unsigned level, uint32_t doc)
{
    const struct hidden *hidden = &segment->hidden[level - 1];
    uint32_t low = 0, high = hidden->row_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (hidden->rows[middle].doc < doc)
            low = middle + 1;
        else
            high = middle;
    }
    return low < hidden->row_count && hidden->rows[low].doc == doc ? &hidden->rows[low] : NULL;
}

struct list segment_list(const struct segment *segment, unsigned level, uint32_t doc)
{
    const struct hidden *hidden;
    const struct hidden_row *row;
    uint64_t end;

    if (level == 0) {
        end = doc + 1 < segment->meta->docs ? segment->rows[doc + 1].forward : segment->forward_size;
        return (struct list){segment->forward + segment->rows[doc].forward, segment->forward + end,
                             segment->rows[doc].length};
    }
    row = segment_hidden(segment, level, doc);
    if (!row)
        return (struct list){NULL, NULL, 0};
    hidden = &segment->hidden[level - 1];
    end = row + 1 < hidden->rows + hidden->row_count ? row[1].forward : hidden->forward_size;
    return (struct list){hidden->forward + row->forward, hidden->forward + end, row->length};
}
