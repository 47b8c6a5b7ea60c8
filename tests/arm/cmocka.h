/* As much of cmocka as the kernels' test takes, for a processor that Debian's library is not built for here. */
#ifndef TQ_TEST_ARM_CMOCKA_H
#define TQ_TEST_ARM_CMOCKA_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct CMUnitTest {
    const char *name;
    void (*run)(void **state);
};

static inline void must(int good, const char *said, const char *file, int line)
{
    if (good)
        return;
    printf("# %s:%d: %s\n", file, line, said);
    exit(1);
}

#define assert_true(it) must(!!(it), #it, __FILE__, __LINE__)
#define assert_int_equal(a, b) assert_true((a) == (b))
#define assert_memory_equal(a, b, size) assert_true(memcmp(a, b, size) == 0)
#define cmocka_unit_test(function) {#function, function}
#define cmocka_run_group_tests(tests, set_up, take_down) run_all(tests, sizeof(tests) / sizeof *(tests))

static inline int run_all(const struct CMUnitTest *tests, size_t count)
{
    for (size_t t = 0; t < count; t++) {
        tests[t].run(NULL);
        printf("ok %zu - aarch64: %s\n", t + 1, tests[t].name);
        fflush(stdout);
    }
    printf("1..%zu\n", count);
    return 0;
}

#endif
