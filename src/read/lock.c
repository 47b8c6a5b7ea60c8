#include "read/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "read/sanitized.h"

enum { MEMORY = 256 << 20, CPU_SECONDS = 10, FILES = 16 };

static const char maps_folder[] = "/usr/share/poppler";

/* ---- limits ------------------------------------------------------------------------------ */

static bool limit(__rlimit_resource_t what, rlim_t soft, rlim_t hard)
{
    return setrlimit(what, &(struct rlimit){.rlim_cur = soft, .rlim_max = hard}) == 0;
}

static bool limits_set(void)
{
    if (!TQ_SANITIZED && !limit(RLIMIT_AS, MEMORY, MEMORY)) /* its shadow memory is larger than any limit */
        return false;
    return limit(RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + 1) && limit(RLIMIT_FSIZE, 0, 0) && limit(RLIMIT_CORE, 0, 0)
        && limit(RLIMIT_NOFILE, FILES, FILES);
}

/* ---- landlock: which files PDF may still open -------------------------------------------- */

/* False where the kernel has no landlock: then no file may be opened at all. */
static bool maps_only(void)
{
    const struct landlock_ruleset_attr handled = {.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
    struct landlock_path_beneath_attr maps = {
        .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE,
        .parent_fd = open(maps_folder, O_PATH | O_CLOEXEC | O_DIRECTORY),
    };
    int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    bool done = rules >= 0;

    if (done && maps.parent_fd >= 0)
        done = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &maps, 0) == 0;
    done = done && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    if (maps.parent_fd >= 0)
        close(maps.parent_fd);
    if (rules >= 0)
        close(rules);
    return done;
}

/* ---- seccomp: which calls are left ------------------------------------------------------- */

static bool allow_plain(scmp_filter_ctx filter)
{
    static const int calls[] = {
        SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(readv), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(close),
        SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk), SCMP_SYS(madvise),
        SCMP_SYS(futex), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(getrandom),
        SCMP_SYS(sched_yield), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(restart_syscall),
        SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(sched_getaffinity),
        SCMP_SYS(sysinfo),
    };
    bool done = !TQ_SANITIZED || seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sigaltstack), 0) == 0;

    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        done = done && seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) == 0;
    return done;
}

/* Memory may be had, but never memory that runs. tgkill: only so that abort() ends as an abort. */
static bool allow_limited(scmp_filter_ctx filter)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0
        && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0
        && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 1, SCMP_A3(SCMP_CMP_EQ, AT_EMPTY_PATH)) == 0
        && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid())) == 0;
}

/* Reading only; landlock says which files. Without landlock each attempt fails as if there were no file. */
static bool allow_maps(scmp_filter_ctx filter, bool confined)
{
    const scmp_datum_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | (__O_TMPFILE & ~O_DIRECTORY);

    if (!confined)
        return seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOENT), SCMP_SYS(openat), 0) == 0;
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0)) == 0;
}

static bool calls_limit(enum lock_form form, bool confined)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    bool done;

    if (!filter)
        return false;
    done = allow_plain(filter) && allow_limited(filter) && (form == LOCK_SEALED || allow_maps(filter, confined))
        && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return done;
}

bool lock_up(enum lock_form form)
{
#ifdef TQ_TEETH_READER_LOCK
    (void)form;
    return true;
#else
    bool confined;

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || !limits_set())
        return false;
    confined = form == LOCK_MAPS && maps_only();
    return calls_limit(form, confined);
#endif
}
