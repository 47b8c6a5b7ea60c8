#include "cli/control.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "cli/control_int.h"

enum { TALKS_MOST = 8, BACKLOG = 8, REQUEST_WAIT_S = 5, SEND_WAIT_S = 10 };

struct talk {
    struct control *control;
    pthread_t thread;
    int fd;
    bool used;
    atomic_bool over;
};

struct control {
    struct city *city;
    const char *db, *address; /* the caller's */
    struct sockaddr_un socket;
    int folder, listener, wake[2]; /* a byte in the pipe ends the accepting */
    pthread_t thread;
    atomic_bool stopping;
    pthread_mutex_t working;       /* one task that writes at a time */
    struct talk talks[TALKS_MOST]; /* the accepting thread's own */
};

/* --- one connection --- */

static bool same_user(int fd)
{
    struct ucred peer;
    socklen_t len = sizeof peer;

    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) == 0 && (peer.uid == geteuid() || peer.uid == 0);
}

static bool tell(void *arg, const json_t *event)
{
    const struct talk *talk = arg;

    return line_send(talk->fd, event);
}

static void tell_end(struct talk *talk, bool ok, const struct err *err)
{
    json_t *event = json_object();

    json_put(event, "event", ok ? SLICE("end") : SLICE("failed"));
    if (!ok) {
        json_put(event, "message", slice_of(err->message));
        json_put(event, "hint", slice_of(err->hint));
    }
    tell(talk, event);
    json_decref(event);
}

/* Who names a store gets that one or none. */
static bool same_store(const struct control *control, const char *db, struct err *err)
{
    if (!*db || (control->db && strcmp(db, control->db) == 0))
        return true;
#ifdef TQ_TEETH_CONTROL_STORE
    return true;
#endif
    err_set(err, ERR_CONFLICT, "正在服务这个数据目录的程序用的是另一个库，不是 --db 所写的");
    return err_hint(err, "去掉 --db 就是它用的库；要另一个库，用 --data 写它的数据目录");
}

/* These only read, or write no records, or in no time: no import is waited for. */
static bool is_short(const char *name)
{
    static const char *const names[] = {"status", "match", "check", "account", "learn", "rating"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static bool run(struct talk *talk, const json_t *request, struct err *err)
{
    struct control *control = talk->control;
    struct task task = {.city = control->city, .request = request, .tell = tell, .arg = talk,
                        .stopping = &control->stopping, .address = control->address};
    const char *name = task_text(&task, "task");
    bool ok;

    if (!same_store(control, task_text(&task, "db"), err))
        return false;
    if (is_short(name))
        return task_run(&task, err);
    if (strcmp(name, "stop") == 0)
        return kill(getpid(), SIGTERM) == 0 || err_set(err, ERR_IO, "停不下来") || err_hint(err, "请用 kill 结束这个进程");
    if (pthread_mutex_trylock(&control->working) != 0) {
        err_set(err, ERR_BUSY, "正在做另一件事(导入、导出或重建)");
        return err_hint(err, "等它做完再来");
    }
    ok = task_run(&task, err);
    pthread_mutex_unlock(&control->working);
    return ok;
}

static void talk_through(struct talk *talk)
{
    struct lines lines;
    struct slice line;
    json_t *request = NULL;
    struct err err;
    bool ok;

    lines_init(&lines, talk->fd);
    if (lines_next(&lines, &line)) {
        request = json_read(line, &err);
        ok = request && run(talk, request, &err);
        tell_end(talk, ok, &err);
    }
    json_decref(request);
    lines_release(&lines);
}

static void *talk_main(void *arg)
{
    struct talk *talk = arg;

    talk_through(talk);
    shutdown(talk->fd, SHUT_RDWR);
    atomic_store(&talk->over, true);
    return NULL;
}

/* --- accepting --- */

static void talks_sweep(struct control *control, bool all)
{
    for (size_t i = 0; i < TALKS_MOST; i++) {
        struct talk *talk = &control->talks[i];

        if (!talk->used || (!all && !atomic_load(&talk->over)))
            continue;
        pthread_join(talk->thread, NULL);
        close(talk->fd);
        talk->used = false;
    }
}

static struct talk *talk_free(struct control *control)
{
    for (size_t i = 0; i < TALKS_MOST; i++)
        if (!control->talks[i].used)
            return &control->talks[i];
    return NULL;
}

static void talk_start(struct control *control, int fd)
{
    struct talk *talk = talk_free(control);
    const struct timeval wait = {REQUEST_WAIT_S, 0}, send_wait = {SEND_WAIT_S, 0};

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &send_wait, sizeof send_wait);
    if (!talk || !same_user(fd)) {
        log_warn("control: a connection was refused");
        close(fd);
        return;
    }
    talk->control = control;
    talk->fd = fd;
    atomic_store(&talk->over, false);
    talk->used = pthread_create(&talk->thread, NULL, talk_main, talk) == 0;
    if (!talk->used)
        close(fd);
}

static void *accept_main(void *arg)
{
    struct control *control = arg;
    struct pollfd sources[] = {{control->listener, POLLIN, 0}, {control->wake[0], POLLIN, 0}};

    while (!atomic_load(&control->stopping)) {
        int fd;

        poll(sources, 2, -1);
        talks_sweep(control, false);
        fd = sources[0].revents ? accept4(control->listener, NULL, NULL, SOCK_CLOEXEC) : -1;
        if (fd >= 0)
            talk_start(control, fd);
    }
    talks_sweep(control, true);
    return NULL;
}

/* --- start and stop --- */

/* The lock on the folder is ours, so a socket that lies there is a dead one's. */
static bool listen_at(struct control *control, struct err *err)
{
    mode_t mask;
    bool ok;

    control->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (control->listener < 0 || pipe(control->wake) != 0)
        return err_set(err, ERR_IO, "开不了控制接口：%s", strerrordesc_np(errno));
    unlink(control->socket.sun_path);
    mask = umask(0177);
    ok = bind(control->listener, (struct sockaddr *)&control->socket, sizeof control->socket) == 0;
    umask(mask);
    if (ok && listen(control->listener, BACKLOG) == 0)
        return true;
    err_set(err, ERR_IO, "开不了控制接口 %s/ctl.sock：%s", control->city->data, strerrordesc_np(errno));
    return err_hint(err, "数据目录要放在支持 Unix 套接字的本机磁盘上");
}

bool control_start(struct city *city, const char *db, const char *address, struct control **out, struct err *err)
{
    struct control *control = calloc(1, sizeof *control);

    if (!control)
        abort();
    control->city = city;
    control->db = db;
    control->address = address;
    control->listener = control->wake[0] = control->wake[1] = -1;
    pthread_mutex_init(&control->working, NULL);
    *out = control;
    if (!control_address(city->data, &control->socket, &control->folder))
        err_set(err, ERR_IO, "打不开数据目录 %s：%s", city->data, strerrordesc_np(errno));
    else if (listen_at(control, err)) {
        if (pthread_create(&control->thread, NULL, accept_main, control) == 0)
            return true;
        err_set(err, ERR_MEMORY, "开不了控制线程");
        unlink(control->socket.sun_path);
    }
    *out = NULL;
    for (size_t i = 0; i < 2; i++)
        if (control->wake[i] >= 0)
            close(control->wake[i]);
    if (control->listener >= 0)
        close(control->listener);
    if (control->folder >= 0)
        close(control->folder);
    pthread_mutex_destroy(&control->working);
    free(control);
    return false;
}

void control_stop(struct control *control)
{
    if (!control)
        return;
    atomic_store(&control->stopping, true);
    if (write(control->wake[1], "", 1) != 1)
        log_error("control: the end was not heard");
    pthread_join(control->thread, NULL);
    unlink(control->socket.sun_path);
    close(control->listener);
    close(control->wake[0]);
    close(control->wake[1]);
    close(control->folder);
    pthread_mutex_destroy(&control->working);
    free(control);
}

/* --- asking --- */

static bool connect_to(const char *data, int *fd)
{
    struct sockaddr_un address;
    int folder;
    bool ok;

    *fd = -1;
    if (!control_address(data, &address, &folder))
        return false;
    *fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ok = *fd >= 0 && connect(*fd, (struct sockaddr *)&address, sizeof address) == 0;
    close(folder);
    if (!ok && *fd >= 0)
        close(*fd);
    return ok;
}

static bool failed(const json_t *event, struct err *err)
{
    err_set(err, ERR_INVALID, "%s", json_member(event, "message").at);
    return err_hint(err, "%s", json_member(event, "hint").at);
}

/* true: this was the last. */
static bool take(struct slice line, task_tell *show, void *arg, bool *ok, struct err *err)
{
    json_t *event = json_read(line, err);
    struct slice name = event ? json_member(event, "event") : SLICE("");
    bool last = !event || slice_is(name, "end") || slice_is(name, "failed");

    if (event && !last)
        show(arg, event);
    *ok = slice_is(name, "end") || (event && last && failed(event, err));
    json_decref(event);
    return last;
}

bool control_ask(const char *data, const json_t *request, task_tell *show, void *arg, bool *served, struct err *err)
{
    struct lines lines;
    struct slice line;
    bool ok = false, last = false;
    int fd;

    *served = connect_to(data, &fd);
    if (!*served)
        return true;
    lines_init(&lines, fd);
    if (line_send(fd, request))
        while (!last && lines_next(&lines, &line))
            last = take(line, show, arg, &ok, err);
    if (!last) {
        err_set(err, ERR_UNKNOWN, "正在服务的程序中途断开了");
        err_hint(err, "已经决定的导入会在它下次启动时自动做完；再运行一次同样的命令不会重复");
    }
    lines_release(&lines);
    close(fd);
    return ok;
}
