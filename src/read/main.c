/*
 * tieqiao-read FORM MOST < FILE > TEXT
 *
 * Turns a .pdf, .docx or .xlsx that may be hostile into text. FORM is pdf, docx or xlsx; MOST the bytes of text
 * wanted at most. Reads the file into memory, locks itself up (read/lock.h), and only then looks at it. The exit
 * status is an enum reader_code; anything else, a signal above all, means that the file broke it.
 *
 * tieqiao-read --serve: stands by and reads document after document, each in a process of its own (read/serve.h).
 *
 * tieqiao-read FORM MOST --prove CALL: locks up and tries what must not work (open, write, socket, exec, fork,
 * memory, code, cpu). Ends with 0 only if it worked: the tests expect never to see that.
 */
#include <signal.h>
#include <unistd.h>

#include "read/docx.h"
#include "read/lock.h"
#include "read/pdf.h"
#include "read/prove.h"
#include "read/sanitized.h"
#include "read/serve.h"
#include "read/xlsx.h"

enum { NICE = 10 };

struct reader {
    const char *name;
    enum lock_form lock;
    void (*warm)(void);
    enum reader_code (*read)(struct slice bytes, struct out *out);
};

static const struct reader readers[] = {
    {"pdf", LOCK_MAPS, pdf_warm, pdf_read},
    {"docx", LOCK_SEALED, NULL, docx_read},
    {"xlsx", LOCK_SEALED, NULL, xlsx_read},
};

#if TQ_SANITIZED
/* The leak check at the end starts a process of its own, which is locked out here. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}
#endif

static const struct reader *reader_named(const char *name)
{
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (strcmp(readers[i].name, name) == 0)
            return &readers[i];
    return NULL;
}

static enum reader_code input_read(struct text *bytes)
{
    ssize_t len;

    do {
        len = read(STDIN_FILENO, text_reserve(bytes, 1 << 20), 1 << 20);
        bytes->len += len > 0 ? (size_t)len : 0;
        if (bytes->len > READER_FILE_MOST)
            return READER_LARGE;
    } while (len > 0);
    return len == 0 ? READER_DONE : READER_BROKEN;
}

/* Before any document is there: time zone, poppler. */
static void warm_up(const struct reader *reader)
{
    setenv("TZ", "UTC0", 1); /* libzip turns the time of each part into local time: no zone file for that */
    tzset();
    if (reader->warm)
        reader->warm();
}

static enum reader_code document_read(const struct reader *reader, size_t most)
{
    struct text bytes;
    struct out out;
    enum reader_code code;

    text_init(&bytes);
    out_init(&out, STDOUT_FILENO, most);
    code = input_read(&bytes);
    if (code != READER_DONE)
        return code;
    if (!lock_up(reader->lock))
        return READER_UNLOCKED;
    code = reader->read(text_slice(&bytes), &out);
    return out_flush(&out) ? code : READER_BROKEN;
}

static int serve_one(const char *form, size_t most)
{
    const struct reader *reader = reader_named(form);

    signal(SIGPIPE, SIG_DFL); /* nobody reads any more: no use in going on */
    return reader && most > 0 ? (int)document_read(reader, most) : READER_USAGE;
}

static enum reader_code proof_try(const struct reader *reader, const char *what)
{
    if (!lock_up(reader->lock))
        return READER_UNLOCKED;
    return prove(what) ? READER_DONE : READER_USAGE;
}

int main(int argc, char **argv)
{
    const struct reader *reader = argc > 2 ? reader_named(argv[1]) : NULL;
    size_t most = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
    bool proof = argc == 5 && strcmp(argv[3], "--prove") == 0;

    (void)!nice(NICE); /* pages go first: a document may want all of a processor for ten seconds */
    if (argc == 2 && strcmp(argv[1], "--serve") == 0) {
        warm_up(reader_named("pdf"));
        return serve(serve_one);
    }
    if (!reader || most == 0 || (argc != 3 && !proof))
        return READER_USAGE;
    warm_up(reader);
    /* _exit: nothing to tidy up, and tidying might need what is locked */
    _exit(proof ? (int)proof_try(reader, argv[4]) : (int)document_read(reader, most));
}
