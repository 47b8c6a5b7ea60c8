/* Lines of JSON over a socket; not for others. */
#ifndef TQ_CLI_CONTROL_INT_H
#define TQ_CLI_CONTROL_INT_H

#include <sys/un.h>

#include "base/text.h"
#include "cli/control.h"

enum { LINE_MOST = 4 << 20 };

/*
 * A folder's name may be longer than an address can be: the address goes through /proc/self/fd. *folder is to be kept open
 * as long as the address is used. false: no such folder.
 */
bool control_address(const char *data, struct sockaddr_un *address, int *folder);

struct lines {
    int fd;
    struct text waiting; /* read, not yet given */
    size_t given;
};

void lines_init(struct lines *lines, int fd);
void lines_release(struct lines *lines);
/* The next line without its end; false: the other side has closed, or the line is beyond LINE_MOST, or time is up. */
bool lines_next(struct lines *lines, struct slice *line);
/* The whole of it, without a signal if the other side has gone. */
bool line_send(int fd, const json_t *json);

#endif
