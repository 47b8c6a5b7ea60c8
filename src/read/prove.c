#include "read/prove.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static bool opens(const char *path, int flags)
{
    return open(path, flags, 0600) >= 0;
}

static bool executes(void)
{
    char *const args[] = {(char[]){"true"}, NULL};

    execve("/bin/true", args, args + 1);
    return false;
}

static bool takes_memory(void)
{
    char *memory = malloc((size_t)300 << 20);

    if (memory)
        memset(memory, 1, (size_t)300 << 20);
    return memory != NULL;
}

static bool burns(void)
{
    for (volatile unsigned long i = 0; i < ~0ul; i++)
        ;
    return true;
}

bool prove(const char *what)
{
    if (strcmp(what, "open") == 0)
        return opens("/etc/passwd", O_RDONLY);
    if (strcmp(what, "write") == 0)
        return opens("/tmp/tieqiao-read-proof", O_WRONLY | O_CREAT);
    if (strcmp(what, "socket") == 0)
        return socket(AF_INET, SOCK_STREAM, 0) >= 0;
    if (strcmp(what, "exec") == 0)
        return executes();
    if (strcmp(what, "fork") == 0)
        return fork() >= 0;
    if (strcmp(what, "memory") == 0)
        return takes_memory();
    if (strcmp(what, "code") == 0)
        return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
    if (strcmp(what, "cpu") == 0)
        return burns();
    return false;
}
