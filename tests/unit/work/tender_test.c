/* Sentences of tender texts that shut first products out: bench/tender/sentences.tsv, half of it held out when the patterns were written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "work/tender.h"

#define MOST 16

struct score {
    int found, missed, false_alarm, other; /* other: found, as another sort */
};

static void judge(struct slice mark, struct slice sentence, struct score *score)
{
    struct tender_mark list[MOST];
    struct arena arena;
    size_t count;
    bool wanted = !slice_is(mark, "none");

    arena_init(&arena);
    count = tender_read(sentence, &arena, list, MOST);
    score->found += wanted && count == 1;
    score->missed += wanted && !count;
    score->false_alarm += !wanted && count;
    if (wanted && count == 1 && !slice_is(mark, tender_words[list[0].sort].code))
        score->other++;
    if (wanted != (count == 1))
        print_message("# %s: %.*s\n", wanted ? "missed" : "false alarm", (int)sentence.len, sentence.at);
    arena_release(&arena);
}

static struct score half(const char *name)
{
    FILE *file = fopen(TQ_SHARE "/bench/tender/sentences.tsv", "r");
    struct score score = {0};
    char line[2000];

    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        struct slice rest = slice_trim(slice_of(line)), which, mark;

        if (line[0] == '#' || !slice_cut(&rest, '\t', &which) || !slice_cut(&rest, '\t', &mark) || !slice_is(which, name))
            continue;
        judge(mark, rest, &score);
    }
    fclose(file);
    print_message("# %s: found %d, missed %d, false alarms %d, another sort %d\n", name, score.found, score.missed, score.false_alarm, score.other);
    return score;
}

static void the_half_it_was_written_on(void **state)
{
    struct score score = half("dev");

    (void)state;
    assert_int_equal(score.found, 26); /* all of them */
    assert_int_equal(score.missed, 0);
    assert_int_equal(score.other, 0);
    assert_int_equal(score.false_alarm, 0);
}

static void the_half_that_was_held_out(void **state)
{
    struct score score = half("held");

    (void)state;
    assert_int_equal(score.found + score.missed, 25);
    assert_true(score.found >= 18 && score.false_alarm <= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_half_it_was_written_on), cmocka_unit_test(the_half_that_was_held_out)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
