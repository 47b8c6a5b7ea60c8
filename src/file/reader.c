#include "file/reader.h"

#include <errno.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "file/reader_code.h"
#include "file/reader_end.h"
#include "file/reader_job.h"

/* ---- which form -------------------------------------------------------------------------- */

static bool holds(struct slice bytes, const char *part)
{
    return bytes.len > 0 && memmem(bytes.at, bytes.len, part, strlen(part)) != NULL;
}

static struct slice head_of(struct slice bytes, size_t len)
{
    return (struct slice){bytes.at, bytes.len < len ? bytes.len : len};
}

static bool is_pdf(struct slice bytes)
{
    return holds(head_of(bytes, 1024), "%PDF-");
}

static bool is_package(struct slice bytes)
{
    return bytes.len > 4 && memcmp(bytes.at, "PK\3\4", 4) == 0;
}

/* Office until 2003, and what has a password since. */
static bool is_compound(struct slice bytes)
{
    return bytes.len > 8 && memcmp(bytes.at, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0;
}

bool reader_knows(struct slice bytes)
{
    return is_pdf(bytes) || is_package(bytes) || is_compound(bytes);
}

bool reader_form(struct slice bytes, enum reader_form *form, struct err *err)
{
    if (is_pdf(bytes)) {
        *form = READER_PDF;
        return true;
    }
    if (is_compound(bytes))
        return reader_refuse(N_("是旧版 Office 文件(.doc、.xls)或加了密码"), N_("请用 WPS 或 Word 打开，去掉密码，另存为 .docx 或 .xlsx"), err);
    if (is_package(bytes)) {
        *form = holds(bytes, "word/document") ? READER_DOCX : READER_XLSX;
        if (*form == READER_DOCX || holds(bytes, "xl/workbook"))
            return true;
        return reader_refuse(N_("是压缩包，里面不是 Word 或 Excel 文档"), N_("请先解压，再选其中的文件"), err);
    }
    return reader_refuse(N_("不是 PDF、Word 或 Excel 文档"), N_("请另存为 .pdf、.docx 或 .xlsx"), err);
}

/* ---- the whole text ---------------------------------------------------------------------- */

static void text_cut(struct text *text, size_t len)
{
    if (text->at)
        text->at[len] = '\0';
    text->len = len;
}

/* Everything the child has to say; false when it is silent for too long. */
static bool text_collect(int pipe_end, size_t most, struct text *out)
{
    struct pollfd one = {.fd = pipe_end, .events = POLLIN};
    size_t start = out->len;
    ssize_t got = 1;

    while (got != 0) {
        int ready = poll(&one, 1, READER_SILENCE_MS);

        if (ready == 0 || (ready < 0 && errno != EINTR))
            return false;
        if (ready < 0)
            continue;
        got = read(pipe_end, text_reserve(out, 64 << 10), 64 << 10);
        if (got < 0 && errno != EINTR)
            return false;
        out->len += got > 0 ? (size_t)got : 0;
        if (out->len - start > most)
            return false; /* it was told how much: it no longer does what we wrote */
    }
    text_cut(out, out->len); /* read leaves no NUL behind it */
    return true;
}

/* A descriptor to read the bytes from, in memory only. */
static int bytes_open(struct slice bytes)
{
    int fd = memfd_create("document", MFD_CLOEXEC);
    size_t at = 0;

    while (fd >= 0 && at < bytes.len) {
        ssize_t n = write(fd, bytes.at + at, bytes.len - at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            close(fd);
            return -1;
        }
        at += (size_t)n;
    }
    if (fd >= 0)
        lseek(fd, 0, SEEK_SET);
    return fd;
}

static bool job_run(struct reader_job *job, enum reader_form form, size_t most, struct text *out, struct err *err)
{
    size_t start = out->len;
    struct slice added;
    bool rest;

    if (!text_collect(job->text, most, out)) {
        reader_stop(job);
        text_cut(out, start);
        return reader_refuse(N_("内容太复杂，没有读完"), N_("请另存为较简单的格式，或只保留需要的页"), err);
    }
    added = (struct slice){text_slice(out).at + start, out->len - start};
    if (reader_finish(job, form, &rest, err) && utf8_valid(added) == added.len)
        return true;
    text_cut(out, start);
    return err->code != ERR_NONE ? false : reader_refuse(N_("读出的不是文字"), N_("请另存一份再试"), err);
}

bool reader_text(const char *program, struct slice bytes, enum reader_form form, size_t most, struct text *out,
                 struct err *err)
{
    struct reader_job job;
    int file;
    bool started;

    err_clear(err);
    if (bytes.len > READER_FILE_MOST)
        return reader_refuse_large(err);
    file = bytes_open(bytes);
    if (file < 0)
        return err_set(err, ERR_BUSY, "内存不足，请稍后再试");
    started = reader_start(program, file, form, most, &job, err);
    close(file);
    return started && job_run(&job, form, most, out, err);
}
