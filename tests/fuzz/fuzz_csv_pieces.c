/* CSV cut at any place gives the same records as whole: the first byte says where. */
#include <stdint.h>

#include "file/csv.h"

#define MUST(condition) ((condition) ? (void)0 : abort())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum csv_step take(struct csv *csv, struct slice part, struct text *seen)
{
    enum csv_step step = CSV_MORE;

    while (part.len > 0 && step != CSV_BROKEN) {
        step = csv_feed(csv, &part);
        if (step != CSV_RECORD)
            continue;
        text_print(seen, "%ld %zu %s|", csv->row_line, csv->columns, csv->flaw.message);
        for (size_t i = 0; i < csv->count; i++) {
            text_add_slice(seen, csv_cell(csv, i));
            text_putc(seen, '|');
        }
    }
    return step;
}

static void read_all(struct slice input, size_t step, struct text *seen)
{
    struct csv csv;
    enum csv_step end = CSV_MORE;

    csv_init(&csv, ',');
    for (size_t at = 0; at < input.len && end != CSV_BROKEN; at += step)
        end = take(&csv, (struct slice){input.at + at, input.len - at < step ? input.len - at : step}, seen);
    if (end != CSV_BROKEN)
        end = csv_finish(&csv);
    text_print(seen, "%d %s", (int)end, end == CSV_MORE ? "" : csv.flaw.message);
    csv_release(&csv);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice input = {(const char *)data + 1, size - 1};
    struct text whole, pieces;

    if (size < 2)
        return 0;
    text_init(&whole);
    text_init(&pieces);
    read_all(input, input.len, &whole);
    read_all(input, 1 + data[0] % 16, &pieces);
    MUST(slice_same(text_slice(&whole), text_slice(&pieces)));
    text_release(&whole);
    text_release(&pieces);
    (void)csv_sniff(input, ",;\t");
    return 0;
}
