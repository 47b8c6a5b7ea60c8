/* The duplicate check: how much of two texts is the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "work/similar.h"

static const struct {
    const char *why, *a, *b;
    int64_t least, most;
} pairs[] = {
    {"the same text", "含沙介质耐磨轴承涂层", "含沙介质耐磨轴承涂层", 10000, 10000},
    {"marks and spaces are no difference", "含沙介质，耐磨轴承 涂层。", "含沙介质耐磨轴承涂层", 10000, 10000},
    {"nor is case", "PVDF Membrane for water", "pvdf membrane for WATER", 10000, 10000},
    {"a summary of a longer one", "含沙介质耐磨轴承涂层", "本成果是含沙介质耐磨轴承涂层，用于离心泵", 10000, 10000},
    {"half of it (eight pairs of which four)", "一二三四五六七八九", "一二三四五甲乙丙丁", 5000, 5000},
    {"nothing", "含沙介质耐磨轴承涂层", "中药材太阳能干燥装备与工艺", 0, 0},
    {"too short to say", "轴承涂层", "轴承涂层", 0, 0},
    {"nothing at all", "", "含沙介质耐磨轴承涂层", 0, 0},
    {"the same pair again and again counts as often as both have it", "一一一一一一一一一", "一一一一一二三四五", 5000, 5000},
};

static void what_is_the_same_is_counted(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        for (int turned = 0; turned < 2; turned++) {
            struct slice a = slice_of(turned ? pairs[i].b : pairs[i].a), b = slice_of(turned ? pairs[i].a : pairs[i].b);
            int64_t share = similar_share(a, b, &arena);

            if (share < pairs[i].least || share > pairs[i].most)
                fail_msg("%s: %lld", pairs[i].why, (long long)share);
        }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_the_same_is_counted)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
