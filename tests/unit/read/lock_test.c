/* The lock-up has teeth: what tieqiao-read tries after it must fail, and nearly all of it must end the process. */
#include "cases.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file/reader_code.h"
#include "read/sanitized.h"

static const char *program;

/* How it ended: a signal's number, or minus the exit status. */
static int prove(const char *form, const char *what)
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        int null = open("/dev/null", O_RDWR);

        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
        execl(program, program, form, "1000", "--prove", what, (char *)NULL);
        _exit(127);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
}

static void no_file_no_socket_no_process_no_code(void **state)
{
    static const char *const forms[] = {"pdf", "docx", "xlsx"}, *const tries[] = {"write", "socket", "exec", "fork", "code"};

    (void)state;
    for (size_t i = 0; i < COUNT(forms); i++)
        for (size_t j = 0; j < COUNT(tries); j++)
            if (prove(forms[i], tries[j]) != SIGSYS)
                fail_msg("%s: %s is not locked", forms[i], tries[j]);
}

static void office_readers_open_nothing(void **state)
{
    (void)state;
    assert_int_equal(prove("docx", "open"), SIGSYS);
    assert_int_equal(prove("xlsx", "open"), SIGSYS);
}

/* poppler may open character maps, so the call itself is there; the password file is not. */
static void the_pdf_reader_opens_nothing_of_ours(void **state)
{
    (void)state;
    assert_int_equal(prove("pdf", "open"), -READER_USAGE);
}

static void memory_is_limited(void **state)
{
    (void)state;
    if (TQ_SANITIZED)
        return;
    assert_int_equal(prove("docx", "memory"), -READER_USAGE);
}

/* The limit of processor time is met by bomb.pdf in reader_test.c. */
int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_file_no_socket_no_process_no_code),
        cmocka_unit_test(office_readers_open_nothing),
        cmocka_unit_test(the_pdf_reader_opens_nothing_of_ours),
        cmocka_unit_test(memory_is_limited),
    };

    if (argc != 2)
        return 2;
    program = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
