#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/json.h"
#include "cli/control_int.h"

bool control_address(const char *data, struct sockaddr_un *address, int *folder)
{
    *folder = open(data, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (*folder < 0)
        return false;
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    snprintf(address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d/ctl.sock", *folder);
    return true;
}

void lines_init(struct lines *lines, int fd)
{
    lines->fd = fd;
    lines->given = 0;
    text_init(&lines->waiting);
}

void lines_release(struct lines *lines)
{
    text_release(&lines->waiting);
}

static void forget_given(struct lines *lines)
{
    struct text *text = &lines->waiting;

    if (lines->given == 0)
        return;
    memmove(text->at, text->at + lines->given, text->len - lines->given);
    text->len -= lines->given;
    lines->given = 0;
}

bool lines_next(struct lines *lines, struct slice *line)
{
    struct text *text = &lines->waiting;
    size_t looked = 0;
    const char *end;
    ssize_t got;

    forget_given(lines);
    while (text->len == looked || !(end = memchr(text->at + looked, '\n', text->len - looked))) {
        looked = text->len;
        if (looked > LINE_MOST)
            return false;
        do
            got = recv(lines->fd, text_reserve(text, 8192), 8192, 0);
        while (got < 0 && errno == EINTR);
        if (got <= 0)
            return false;
        text->len += (size_t)got;
    }
    *line = (struct slice){text->at, (size_t)(end - text->at)};
    lines->given = line->len + 1;
    return true;
}

bool line_send(int fd, const json_t *json)
{
    struct text line;
    size_t sent = 0;
    ssize_t step = 0;

    text_init(&line);
    json_write(json, &line);
    text_putc(&line, '\n');
    while (sent < line.len && (step >= 0 || errno == EINTR)) {
        step = send(fd, line.at + sent, line.len - sent, MSG_NOSIGNAL);
        sent += step > 0 ? (size_t)step : 0;
    }
    text_release(&line);
    return step >= 0;
}
