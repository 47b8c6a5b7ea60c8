/*
 * The same bytes through nginx, as in production: after each case two strangers ask for a page of their own over the
 * same upstream connections. Whoever could make nginx and us disagree about where a request ends would have left bytes
 * there, and a stranger would get somebody else's answer. Tried with bodies that nginx buffers and with bodies that it
 * streams.
 *
 * Exits with 77 (skipped) where there is no nginx.
 */
#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../unit/web/http_client.h"
#include "cases.h"
#include "web/http/http.h"

enum { SKIPPED = 77, QUIET_MS = 15, WAIT_MS = 3000, VICTIMS = 2 };

static atomic_uint smuggled;

/* Says which path it was asked for: that is how a stranger knows its answer. */
static void handle(struct http_exchange *exchange, void *context)
{
    (void)context;
    if (slice_is(exchange->path, "/smuggled"))
        atomic_fetch_add(&smuggled, 1);
    text_add_slice(&exchange->reply, exchange->path);
    http_answer(exchange);
}

static size_t limit(const char *method, struct slice path, void *context)
{
    (void)path;
    (void)context;
    return strcmp(method, "POST") == 0 || strcmp(method, "PUT") == 0 ? 4096 : 0;
}

/* --- nginx --- */

static unsigned free_port(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    if (bind(fd, (struct sockaddr *)&at, len) != 0 || getsockname(fd, (struct sockaddr *)&at, &len) != 0)
        abort();
    close(fd);
    return ntohs(at.sin_port);
}

static void write_conf(const char *folder, unsigned ours, const unsigned ports[2])
{
    char path[256];
    FILE *file;

    snprintf(path, sizeof path, "%s/nginx.conf", folder);
    file = fopen(path, "w");
    if (!file)
        abort();
    fprintf(file,
            "daemon off; worker_processes 1; pid %s/pid; error_log %s/error.log;\n"
            "events { worker_connections 256; }\n"
            "http { access_log off; client_body_temp_path %s/body; proxy_temp_path %s/proxy; fastcgi_temp_path %s/f;\n"
            "uwsgi_temp_path %s/u; scgi_temp_path %s/s; keepalive_requests 10000;\n"
            "upstream ours { server 127.0.0.1:%u; keepalive 1; }\n"
            "server { listen 127.0.0.1:%u; location / { proxy_pass http://ours; proxy_http_version 1.1;\n"
            "  proxy_set_header Host $host; proxy_set_header Connection \"\"; } }\n"
            "server { listen 127.0.0.1:%u; location / { proxy_pass http://ours; proxy_http_version 1.1;\n"
            "  proxy_request_buffering off; proxy_set_header Host $host; proxy_set_header Connection \"\"; } } }\n",
            folder, folder, folder, folder, folder, folder, folder, ours, ports[0], ports[1]);
    fclose(file);
}

static pid_t start_nginx(const char *folder)
{
    pid_t child = fork();
    char conf[256];

    if (child)
        return child;
    snprintf(conf, sizeof conf, "%s/nginx.conf", folder);
    execlp("nginx", "nginx", "-p", folder, "-c", conf, (char *)NULL);
    execl("/usr/sbin/nginx", "nginx", "-p", folder, "-c", conf, (char *)NULL);
    _exit(SKIPPED);
}

static bool listening(unsigned port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bool ok = connect(fd, (struct sockaddr *)&to, sizeof to) == 0;

    close(fd);
    return ok;
}

/* false: there is no nginx here. */
static bool wait_for(pid_t nginx, unsigned port)
{
    int how;

    for (int i = 0; i < 500 && !listening(port); i++) {
        if (waitpid(nginx, &how, WNOHANG) == nginx)
            return false;
        usleep(10000);
    }
    return true;
}

/* --- cases and strangers --- */

static bool stranger(unsigned port, unsigned number)
{
    struct text got = {NULL, 0, 0};
    char request[128], mine[32];
    int fd = client_connect(port);
    bool ok;

    snprintf(mine, sizeof mine, "/stranger-%u", number);
    snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: tieqiao.test\r\n\r\n", mine);
    ok = client_ask(fd, slice_of(request), 1, &got, WAIT_MS) && slice_is(client_body(text_slice(&got)), mine);
    if (!ok)
        printf("# asked for %s, got %.200s\n", mine, got.at ? got.at : "nothing");
    close(fd);
    text_release(&got);
    return ok;
}

static bool try_case(unsigned port, const struct bad_case *one)
{
    static unsigned number;
    struct text got = {NULL, 0, 0};
    unsigned before = atomic_load(&smuggled);
    int fd = client_connect(port);
    bool ok = true;

    client_send(fd, text_slice(&one->raw));
    client_receive(fd, &got, QUIET_MS);
    for (int i = 0; i < VICTIMS; i++)
        ok = stranger(port, ++number) && ok;
    close(fd);
    text_release(&got);
    return ok && atomic_load(&smuggled) == before;
}

static size_t try_all(const struct bad_case *cases, size_t count, const unsigned ports[2])
{
    static const char *const ways[] = {"buffered", "streamed"};
    size_t failed = 0;

    printf("1..%zu\n", count * 2);
    for (size_t i = 0; i < count * 2; i++) {
        bool ok = try_case(ports[i % 2], &cases[i / 2]);

        printf("%sok %zu - %s, %s\n", ok ? "" : "not ", i + 1, cases[i / 2].name, ways[i % 2]);
        failed += !ok;
    }
    return failed;
}

static void drop(const char *folder)
{
    pid_t child = fork();

    if (child == 0) {
        execlp("rm", "rm", "-rf", folder, (char *)NULL);
        _exit(1);
    }
    waitpid(child, NULL, 0);
}

int main(int argc, char **argv)
{
    struct http_options options = {.workers = 2, .queue = 64, .handle = handle, .limit = limit};
    char folder[] = "/tmp/tq-nginx-XXXXXX";
    unsigned ports[2] = {free_port(), free_port()};
    struct http_server *server;
    struct bad_case *cases;
    struct err err;
    size_t count = argc > 1 ? cases_load(argv[1], &cases) : 0, failed = 0;
    pid_t nginx;
    bool there;

    setvbuf(stdout, NULL, _IOLBF, 0);
    if (!count || !mkdtemp(folder) || !http_start(&options, &server, &err))
        return 1;
    write_conf(folder, http_port(server), ports);
    nginx = start_nginx(folder);
    there = wait_for(nginx, ports[0]);
    if (there) {
        failed = try_all(cases, count, ports);
        printf("# of %zu requests tried and %zu strangers', %llu came through to a handler, %llu were refused by us\n", count * 2,
               count * 2 * VICTIMS, (unsigned long long)http_count(server).requests,
               (unsigned long long)http_count(server).refused);
        kill(nginx, SIGTERM);
        waitpid(nginx, NULL, 0);
    } else {
        printf("1..0 # SKIP there is no nginx here\n");
    }
    http_stop(server);
    drop(folder);
    cases_free(cases, count);
    return failed != 0;
}
