#include "file/reader_job.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "file/reader_code.h"
#include "file/reader_end.h"

static _Atomic int helper = -1; /* our end of its socket */

void reader_none(struct reader_job *job)
{
    *job = (struct reader_job){.child = -1, .text = -1, .ending = -1};
}

bool reader_runs(const struct reader_job *job)
{
    return job->text >= 0;
}

/* ---- starting a program ------------------------------------------------------------------ */

/* Nothing of ours goes along: three descriptors, no environment, no blocked or ignored signals. */
static int child_spawn(const char *program, char *const args[], int in, int out, short flags, pid_t *child)
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
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    if (out >= 0)
        posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    else
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, (short)(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | flags));
    failed = posix_spawn(child, program, &actions, &attributes, args, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

static bool program_missing(struct err *err)
{
    err_set(err, ERR_IO, "文件读取程序没有装好");
    return err_hint(err, "请联系管理员检查 tieqiao-read");
}

/* ---- the helper -------------------------------------------------------------------------- */

bool reader_helper(const char *program, struct err *err)
{
    char *const args[] = {(char[]){"tieqiao-read"}, (char[]){"--serve"}, NULL};
    int ends[2];
    pid_t child;
    bool started;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return err_set(err, ERR_BUSY, "打开的文件太多，请稍后再试");
    started = child_spawn(program, args, ends[1], -1, POSIX_SPAWN_SETSID, &child) == 0;
    close(ends[1]);
    if (!started) {
        close(ends[0]);
        return program_missing(err);
    }
    if (helper >= 0)
        close(helper);
    helper = ends[0];
    return true;
}

/* False if nobody is there any more. */
static bool order_send(int socket, const struct reader_order *order, const int files[3])
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(3 * sizeof(int))];
    } control = {0};
    struct iovec part = {.iov_base = (void *)order, .iov_len = sizeof *order};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    ssize_t sent;

    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(3 * sizeof(int));
    memcpy(CMSG_DATA(head), files, 3 * sizeof(int));
    do
        sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)sizeof *order;
}

static bool helper_start(int file, int text, const char *form, size_t most, struct reader_job *job)
{
    struct reader_order order = {.most = most};
    int ending[2], socket = helper;
    bool sent;

    if (socket < 0 || pipe2(ending, O_CLOEXEC) != 0)
        return false;
    snprintf(order.form, sizeof order.form, "%s", form);
    sent = order_send(socket, &order, (int[]){file, text, ending[1]});
    close(ending[1]);
    if (!sent) {
        close(ending[0]);
        helper = -1; /* not closed: another thread may be sending on it */
        log_warn("reader: the helper is gone; from now on tieqiao-read is started for each file");
        return false;
    }
    job->ending = ending[0];
    return true;
}

/* ---- a job ------------------------------------------------------------------------------- */

static const char *const form_names[] = {[READER_PDF] = "pdf", [READER_DOCX] = "docx", [READER_XLSX] = "xlsx"};

static bool own_start(const char *program, int file, int text, const char *form, size_t most, struct reader_job *job)
{
    char form_name[8], most_digits[24], *args[] = {(char[]){"tieqiao-read"}, form_name, most_digits, NULL};

    snprintf(form_name, sizeof form_name, "%s", form);
    snprintf(most_digits, sizeof most_digits, "%zu", most);
    return program && child_spawn(program, args, file, text, 0, &job->child) == 0;
}

bool reader_start(const char *program, int file, enum reader_form form, size_t most, struct reader_job *job,
                  struct err *err)
{
    int ends[2];
    bool started;

    reader_none(job);
    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_set(err, ERR_BUSY, "打开的文件太多，请稍后再试");
    started = helper_start(file, ends[1], form_names[form], most, job)
           || own_start(program, file, ends[1], form_names[form], most, job);
    close(ends[1]);
    if (!started) {
        close(ends[0]);
        reader_none(job);
        return program_missing(err);
    }
    job->text = ends[0];
    return true;
}

static int child_wait(pid_t child)
{
    int status = 0;
    pid_t got;

    do
        got = waitpid(child, &status, 0);
    while (got < 0 && errno == EINTR);
    return got < 0 ? READER_BROKEN << 8 : status;
}

static int ending_wait(int ending)
{
    struct reader_ending told;
    ssize_t got;

    do
        got = read(ending, &told, sizeof told);
    while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof told ? told.status : READER_BROKEN << 8;
}

static int job_end(struct reader_job *job)
{
    int status = job->ending >= 0 ? ending_wait(job->ending) : child_wait(job->child);

    if (job->ending >= 0)
        close(job->ending);
    reader_none(job);
    return status;
}

bool reader_finish(struct reader_job *job, enum reader_form form, bool *rest, struct err *err)
{
    close(job->text);
    return reader_judge(job_end(job), form, rest, err);
}

void reader_stop(struct reader_job *job)
{
    if (!reader_runs(job))
        return;
    close(job->text);
    if (job->ending >= 0) {
        close(job->ending); /* the helper sees it and ends the reading */
        reader_none(job);
        return;
    }
    kill(job->child, SIGKILL);
    job_end(job);
}
