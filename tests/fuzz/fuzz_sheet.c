/*
 * The XML inside the packages, without the packing that hides it from a fuzzer: each input is put into stored parts of
 * a package of its own, as document, sheet, strings and styles.
 */
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>
#include <zip.h>

#include "base/text.h"
#include "base/utf8.h"
#include "read/docx.h"
#include "read/xlsx.h"

#define MUST(condition) ((condition) ? (void)0 : abort())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define TYPE "http://x/"

static const char root[] = "<R><Relationship Id=\"r\" Type=\"" TYPE "officeDocument\" Target=\"d.xml\"/></R>";
static const char book[] = "<w><sheets><sheet r:id=\"a\"/></sheets></w>";
static const char rels[] = "<R><Relationship Id=\"a\" Type=\"" TYPE "worksheet\" Target=\"s.xml\"/>"
                           "<Relationship Id=\"b\" Type=\"" TYPE "styles\" Target=\"y.xml\"/>"
                           "<Relationship Id=\"c\" Type=\"" TYPE "sharedStrings\" Target=\"t.xml\"/></R>";
static const char styles[] = "<y><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"9\"/></cellXfs></y>";
static const char strings[] = "<s><si><t>one</t></si><si><t>two_x000A_</t></si></s>";

static void part_add(zip_t *zip, const char *name, struct slice bytes)
{
    zip_int64_t index = zip_file_add(zip, name, zip_source_buffer(zip, bytes.at, bytes.len, 0), 0);

    MUST(index >= 0 && zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0) == 0);
}

/* `place` 0: the document; 1: a sheet; 2: its styles; 3: its strings; 4: the workbook. */
static void package_make(struct slice xml, int place, struct text *bytes)
{
    zip_error_t error;
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    zip_int64_t len;

    zip_source_keep(source);
    part_add(zip, "_rels/.rels", slice_of(root));
    part_add(zip, "_rels/d.xml.rels", slice_of(rels));
    part_add(zip, "d.xml", place == 0 || place == 4 ? xml : slice_of(book));
    part_add(zip, "s.xml", place == 1 ? xml : SLICE("<s><row><c s=\"1\"><v>1</v></c><c t=\"s\"><v>1</v></c></row></s>"));
    part_add(zip, "y.xml", place == 2 ? xml : slice_of(styles));
    part_add(zip, "t.xml", place == 3 ? xml : slice_of(strings));
    MUST(zip_close(zip) == 0);
    MUST(zip_source_open(source) == 0);
    while ((len = zip_source_read(source, text_reserve(bytes, 4096), 4096)) > 0)
        bytes->len += (size_t)len;
    zip_source_close(source);
    zip_source_free(source);
}

static void read_as(enum reader_code (*read)(struct slice bytes, struct out *out), struct slice bytes)
{
    struct out out;
    enum reader_code code;
    struct slice text;

    out_init(&out, open("/dev/null", O_WRONLY | O_CLOEXEC), 60000); /* below the buffer's size: nothing is written */
    code = read(bytes, &out);
    text = text_slice(&out.held);
    MUST(utf8_valid(text) == text.len);
    MUST(code == READER_DONE || (code > READER_UNLOCKED && code < READER_CODE_END));
    close(out.fd);
    out_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes;

    if (size == 0)
        return 0;
    text_init(&bytes);
    package_make((struct slice){(const char *)data + 1, size - 1}, data[0] % 5, &bytes);
    read_as(data[0] % 5 == 0 ? docx_read : xlsx_read, text_slice(&bytes));
    text_release(&bytes);
    return 0;
}
