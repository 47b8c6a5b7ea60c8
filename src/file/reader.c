#include "file/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/utf8.h"
#include "file/reader_code.h"
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

static bool form_refused(const char *what, const char *hint, struct err *err)
{
    err_set(err, ERR_INVALID, "文件打不开:%s", what);
    return err_hint(err, "%s", hint);
}

bool reader_form(struct slice bytes, enum reader_form *form, struct err *err)
{
    if (holds(head_of(bytes, 1024), "%PDF-")) {
        *form = READER_PDF;
        return true;
    }
    if (bytes.len > 8 && memcmp(bytes.at, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
        return form_refused("是旧版 Office 文件(.doc、.xls)或加了密码", "请用 WPS 或 Word 打开,去掉密码,另存为 .docx 或 .xlsx", err);
    if (bytes.len > 4 && memcmp(bytes.at, "PK\3\4", 4) == 0) {
        *form = holds(bytes, "word/document") ? READER_DOCX : READER_XLSX;
        if (*form == READER_DOCX || holds(bytes, "xl/workbook"))
            return true;
        return form_refused("是压缩包,里面不是 Word 或 Excel 文档", "请先解压,再选其中的文件", err);
    }
    return form_refused("不是 PDF、Word 或 Excel 文档", "请另存为 .pdf、.docx 或 .xlsx", err);
}

/* ---- what its end means ------------------------------------------------------------------ */

static const struct {
    const char *what, *hint;
} endings[READER_CODE_END - READER_USAGE] = {
    [READER_USAGE - READER_USAGE] = {"读取程序没有装好", "请联系管理员"},
    [READER_UNLOCKED - READER_USAGE] = {"读取程序无法建立隔离", "请联系管理员检查内核的 seccomp 支持"},
    [READER_BROKEN - READER_USAGE] = {"内容已损坏或不完整", "请用原来的程序打开,另存一份再试"},
    [READER_PASSWORD - READER_USAGE] = {"设有打开密码", "请去掉密码,另存一份再试"},
    [READER_LARGE - READER_USAGE] = {"超过 32 MiB", "请删去大图片后另存,或拆成几个文件"},
    [READER_PARTS - READER_USAGE] = {"文档包里的部件超过 1000 个", "请用原来的程序打开,另存一份再试"},
    [READER_BOMB - READER_USAGE] = {"解压后超过 50 MiB", "请删去空白的行列和大图片,或另存为 CSV"},
    [READER_NAME - READER_USAGE] = {"文档包里有越界的文件名", "文件可能带有恶意内容,请向来源核实"},
    [READER_DOCTYPE - READER_USAGE] = {"文档里有实体定义(DOCTYPE)", "文件可能带有恶意内容,请向来源核实"},
    [READER_DEEP - READER_USAGE] = {"内容嵌套过深", "请用原来的程序打开,另存一份再试"},
    [READER_EMPTY - READER_USAGE] = {"里面没有文字", "扫描件请先做文字识别(OCR);表格请检查是否有未隐藏的工作表"},
    [READER_LONG - READER_USAGE] = {"表格内容太长", "请拆成几个文件,或另存为 CSV"},
};

static bool ended_by_signal(int number, struct err *err)
{
    if (number == SIGXCPU || number == SIGKILL)
        return form_refused("内容太复杂,10 秒内没有读完", "请另存为较简单的格式,或只保留需要的页", err);
    if (number == SIGSYS)
        return form_refused("读取时试图越出隔离,已拦下", "文件可能带有恶意内容,请向来源核实", err);
    if (number == SIGABRT || number == SIGSEGV || number == SIGBUS)
        return form_refused("内容已损坏,或读取需要的内存超过 256 MiB", "请用原来的程序打开,另存一份再试", err);
    return form_refused("读取中断", "请另存一份再试", err);
}

static bool ending_judge(int status, enum reader_form form, struct err *err)
{
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : READER_BROKEN;

    if (WIFSIGNALED(status))
        return ended_by_signal(WTERMSIG(status), err);
    if (code == READER_DONE)
        return true;
    if (code < READER_USAGE || code >= READER_CODE_END)
        code = READER_BROKEN;
    form_refused(endings[code - READER_USAGE].what, endings[code - READER_USAGE].hint, err);
    if (code == READER_EMPTY && form == READER_XLSX)
        err_hint(err, "请检查工作簿里是否有未隐藏、有内容的工作表");
    if (code == READER_USAGE || code == READER_UNLOCKED)
        err->code = ERR_IO;
    return false;
}

/* ---- running it -------------------------------------------------------------------------- */

static const char *const form_names[] = {[READER_PDF] = "pdf", [READER_DOCX] = "docx", [READER_XLSX] = "xlsx"};

/* Nothing of ours goes along: three descriptors, no environment, no blocked or ignored signals. */
static int child_spawn(const char *program, char *const args[], int file, int text, pid_t *child)
{
    char *const environment[] = {(char[]){"LC_ALL=C.UTF-8"}, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    int failed;

    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, file, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, text, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    failed = posix_spawn(child, program, &actions, &attributes, args, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

bool reader_start(const char *program, int file, enum reader_form form, size_t most, struct reader_job *job,
                  struct err *err)
{
    char form_name[8], most_digits[24], *args[] = {(char[]){"tieqiao-read"}, form_name, most_digits, NULL};
    int pipe_ends[2], failed;

    *job = (struct reader_job){.child = -1, .text = -1};
    snprintf(form_name, sizeof form_name, "%s", form_names[form]);
    snprintf(most_digits, sizeof most_digits, "%zu", most);
    if (pipe2(pipe_ends, O_CLOEXEC) != 0)
        return err_set(err, ERR_BUSY, "打开的文件太多,请稍后再试");
    failed = child_spawn(program, args, file, pipe_ends[1], &job->child);
    close(pipe_ends[1]);
    if (failed) {
        close(pipe_ends[0]);
        job->child = -1;
        err_set(err, ERR_IO, "文件读取程序没有装好");
        return err_hint(err, "请联系管理员检查 tieqiao-read");
    }
    job->text = pipe_ends[0];
    return true;
}

static int child_wait(struct reader_job *job)
{
    int status = 0;
    pid_t got;

    do
        got = waitpid(job->child, &status, 0);
    while (got < 0 && errno == EINTR);
    job->child = -1;
    return got < 0 ? READER_BROKEN << 8 : status;
}

bool reader_finish(struct reader_job *job, enum reader_form form, struct err *err)
{
    close(job->text);
    job->text = -1;
    return ending_judge(child_wait(job), form, err);
}

void reader_stop(struct reader_job *job)
{
    if (job->child <= 0)
        return;
    kill(job->child, SIGKILL);
    close(job->text);
    child_wait(job);
}

/* ---- the whole text ---------------------------------------------------------------------- */

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

static void text_cut(struct text *text, size_t len)
{
    if (text->at)
        text->at[len] = '\0';
    text->len = len;
}

static bool job_run(struct reader_job *job, enum reader_form form, size_t most, struct text *out, struct err *err)
{
    size_t start = out->len;
    struct slice added;

    if (!text_collect(job->text, most, out)) {
        reader_stop(job);
        text_cut(out, start);
        return form_refused("内容太复杂,没有读完", "请另存为较简单的格式,或只保留需要的页", err);
    }
    added = (struct slice){text_slice(out).at + start, out->len - start};
    if (reader_finish(job, form, err) && utf8_valid(added) == added.len)
        return true;
    text_cut(out, start);
    return err->code != ERR_NONE ? false : form_refused("读出的不是文字", "请另存一份再试", err);
}

bool reader_text(const char *program, struct slice bytes, enum reader_form form, size_t most, struct text *out,
                 struct err *err)
{
    struct reader_job job;
    int file;
    bool started;

    err_clear(err);
    if (bytes.len > READER_FILE_MOST)
        return form_refused(endings[READER_LARGE - READER_USAGE].what, endings[READER_LARGE - READER_USAGE].hint, err);
    file = bytes_open(bytes);
    if (file < 0)
        return err_set(err, ERR_BUSY, "内存不足,请稍后再试");
    started = reader_start(program, file, form, most, &job, err);
    close(file);
    return started && job_run(&job, form, most, out, err);
}
