#include "read/serve.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file/reader_code.h"

enum { FILE_IN, FILE_TEXT, FILE_ENDING, FILES };

/* False at the end of the socket, or when something else than an order comes. */
static bool order_receive(struct reader_order *order, int files[FILES])
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(FILES * sizeof(int))];
    } control = {0};
    struct iovec part = {.iov_base = order, .iov_len = sizeof *order};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
    struct cmsghdr *head;
    ssize_t got;

    do
        got = recvmsg(STDIN_FILENO, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    head = got > 0 ? CMSG_FIRSTHDR(&message) : NULL;
    if (got != (ssize_t)sizeof *order || !head || head->cmsg_type != SCM_RIGHTS || head->cmsg_len != CMSG_LEN(FILES * sizeof(int)))
        return false;
    memcpy(files, CMSG_DATA(head), FILES * sizeof(int));
    order->form[sizeof order->form - 1] = '\0';
    return true;
}

static void files_close(const int files[FILES])
{
    for (int i = 0; i < FILES; i++)
        close(files[i]);
}

/* In the process that reads: nothing but the document and the pipe for its text. */
static void reader_run(serve_read *read, const struct reader_order *order, const int files[FILES])
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(files[FILE_IN], STDIN_FILENO);
    dup2(files[FILE_TEXT], STDOUT_FILENO);
    close_range(STDERR_FILENO + 1, ~0U, 0);
    _exit(read(order->form, (size_t)order->most));
}

/* Until the reader has ended, or the one who asked is gone: then it is ended. */
static void reader_watch(pid_t reader, int ending)
{
    int process = (int)syscall(SYS_pidfd_open, reader, 0);
    struct pollfd either[] = {{.fd = process, .events = POLLIN}, {.fd = ending}};

    while (process >= 0 && poll(either, 2, -1) < 0 && errno == EINTR)
        ;
    if (process < 0 || !(either[0].revents & POLLIN))
        kill(reader, SIGKILL);
}

/* In the process that waits. */
static void watcher_run(serve_read *read, const struct reader_order *order, const int files[FILES])
{
    struct reader_ending told = {.status = READER_BROKEN << 8};
    int status;
    pid_t reader = fork();

    if (reader == 0)
        reader_run(read, order, files);
    close(STDIN_FILENO);
    close(files[FILE_IN]);
    close(files[FILE_TEXT]);
    if (reader > 0) {
        reader_watch(reader, files[FILE_ENDING]);
        if (waitpid(reader, &status, 0) == reader)
            told.status = status;
    }
    if (write(files[FILE_ENDING], &told, sizeof told) < 0)
        _exit(1); /* nobody listens */
    _exit(0);
}

int serve(serve_read *read)
{
    struct reader_order order;
    int files[FILES];

    signal(SIGCHLD, SIG_IGN); /* watchers leave without a trace */
    signal(SIGPIPE, SIG_IGN);
    while (order_receive(&order, files)) {
        if (fork() == 0) {
            signal(SIGCHLD, SIG_DFL);
            watcher_run(read, &order, files);
        }
        files_close(files);
    }
    return READER_DONE;
}
