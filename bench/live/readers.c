/*
 * Readers of one stream of events, as light as can be: what they cost the machine is not to be measured along.
 *
 *   live-readers PORT PATH <COOKIES     a line of standard input a reader, until an empty one; "ready" when each has his first bytes;
 *                                       then "READER ID MICROSECONDS" for each step when standard input ends
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { READERS = 1000, STEPS = 1 << 20, ROOM = 1 << 16 };

static struct reader {
    int fd;
    int greeted;
    size_t have;
    char bytes[ROOM];
} *readers[READERS];

static struct arrival {
    int reader;
    long id;
    long long us;
} *arrivals;
static size_t arrived;

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static long long now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static struct reader *come_in(unsigned port, const char *path, const char *cookie)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct reader *reader = calloc(1, sizeof *reader);
    char request[1024];
    int len = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\nCookie: %s\r\n\r\n", path, cookie);

    if (!reader)
        abort();
    reader->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(reader->fd, (struct sockaddr *)&at, sizeof at) != 0 || send(reader->fd, request, (size_t)len, 0) != len)
        fail("connect");
    return reader;
}

/* Each whole block: is it a step, and which? What is not whole stays. */
static void look(int nth, struct reader *reader, long long us)
{
    char *at = reader->bytes, *end = at + reader->have, *stop;

    while ((stop = memmem(at, (size_t)(end - at), "\n\n", 2))) {
        char *step = memmem(at, (size_t)(stop - at), "\nevent: step", 12);

        if (step && strncmp(at, "id: ", 4) == 0 && arrived < STEPS)
            arrivals[arrived++] = (struct arrival){nth, strtol(at + 4, NULL, 10), us};
        reader->greeted = 1;
        at = stop + 2;
    }
    reader->have = (size_t)(end - at);
    memmove(reader->bytes, at, reader->have);
}

static void hear(int nth)
{
    struct reader *reader = readers[nth];
    ssize_t n = recv(reader->fd, reader->bytes + reader->have, ROOM - reader->have, 0);

    if (n <= 0)
        fail("a reader was cut off");
    reader->have += (size_t)n;
    look(nth, reader, now_us());
}

static int ready(int count)
{
    for (int i = 0; i < count; i++)
        if (!readers[i]->greeted)
            return 0;
    return 1;
}

static void listen_to(int epoll, int count)
{
    struct epoll_event events[256];
    int told = 0;

    for (;;) {
        int n = epoll_wait(epoll, events, 256, -1);

        for (int i = 0; i < n; i++) {
            if (events[i].data.u32 == READERS)
                return;
            hear((int)events[i].data.u32);
        }
        if (!told && ready(count)) {
            puts("ready");
            fflush(stdout);
            told = 1;
        }
    }
}

int main(int argc, char **argv)
{
    int count = 0, epoll = epoll_create1(0);
    char line[512];
    struct epoll_event ended = {.events = EPOLLIN | EPOLLHUP, .data.u32 = READERS};

    arrivals = calloc(STEPS, sizeof *arrivals);
    if (argc != 3 || !arrivals)
        return 2;
    setvbuf(stdin, NULL, _IONBF, 0);
    while (count < READERS && fgets(line, sizeof line, stdin) && line[0] != '\n') {
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = (unsigned)count};

        line[strcspn(line, "\n")] = '\0';
        readers[count] = come_in((unsigned)strtoul(argv[1], NULL, 10), argv[2], line);
        epoll_ctl(epoll, EPOLL_CTL_ADD, readers[count++]->fd, &event);
    }
    epoll_ctl(epoll, EPOLL_CTL_ADD, STDIN_FILENO, &ended);
    listen_to(epoll, count);
    for (size_t i = 0; i < arrived; i++)
        printf("%d %ld %lld\n", arrivals[i].reader, arrivals[i].id, arrivals[i].us);
    return 0;
}
