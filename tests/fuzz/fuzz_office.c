/*
 * Packages from any bytes, as .docx and as .xlsx, without the lock-up, so that what it would catch is seen here.
 * What comes out is text, and never more than was asked for.
 */
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

#include "read/docx.h"
#include "read/xlsx.h"

#define MUST(condition) ((condition) ? (void)0 : abort())

enum { TEXT_MOST = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_as(enum reader_code (*read)(struct slice bytes, struct out *out), struct slice bytes)
{
    static int nowhere = -1;
    struct out out;
    enum reader_code code;

    if (nowhere < 0)
        nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    out_init(&out, nowhere, TEXT_MOST);
    code = read(bytes, &out);
    MUST(out.given <= TEXT_MOST);
    MUST(code == READER_DONE || (code > READER_UNLOCKED && code < READER_CODE_END));
    out_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice bytes = {(const char *)data, size};

    read_as(docx_read, bytes);
    read_as(xlsx_read, bytes);
    return 0;
}
