/* The templates that come with the program are those of the forms, so that none knows a place that the other lacks. TQ_GOLDEN=write writes them. */
#include "../base/cases.h"

#include "work/deal_paper.h"

#include <stdlib.h>
#include <unistd.h>

#include "paper/parts.h"

static void templates_are_of_the_forms(void **state)
{
    const char *write = getenv("TQ_GOLDEN");
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < deal_paper_count; i++) {
        const struct paper_form *form = deal_papers[i].form;
        const char *shipped = arena_print(&arena, TQ_SOURCE "/papers/%s.docx", form->name), *fresh = arena_print(&arena, "%s.fresh", form->name);
        struct parts *have = arena_zero(&arena, 1, sizeof *have), *made = arena_zero(&arena, 1, sizeof *made);
        struct err err = {0};

        if (!paper_template(form, write ? shipped : fresh, &err) || !parts_read(shipped, &arena, have, &err)
            || !parts_read(write ? shipped : fresh, &arena, made, &err))
            fail_msg("%s", err.message);
        assert_int_equal(have->count, made->count);
        for (size_t p = 0; p < have->count; p++)
            if (strcmp(have->list[p].name, made->list[p].name) != 0 || !slice_same(have->list[p].bytes, made->list[p].bytes))
                fail_msg("%s: %s is not the form's; TQ_GOLDEN=write writes it anew", shipped, have->list[p].name);
        unlink(fresh);
    }
    arena_release(&arena);
}

/* Each form by its name, once; each block with what its sort needs. */
static void forms_are_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < deal_paper_count; i++) {
        const struct paper_form *form = deal_papers[i].form;

        assert_ptr_equal(deal_paper_find(slice_of(form->name)), &deal_papers[i]);
        for (size_t b = 0; b < form->count; b++) {
            const struct paper_block *block = &form->blocks[b];
            bool boxed = block->sort == PAPER_FACTS || block->sort == PAPER_TABLE;

            assert_true(boxed ? block->count > 0 : block->text != NULL);
            assert_true(block->sort != PAPER_TABLE || (block->rows && block->count <= 16));
            for (size_t c = 0; c < block->count; c++)
                assert_true(block->cells[c].name && (block->sort != PAPER_TABLE || block->cells[c].width > 0));
        }
    }
}

static char *manual(struct arena *arena)
{
    enum { MOST = 64 << 10 };
    FILE *file = fopen(TQ_SOURCE "/docs/papers.md", "rbe");
    char *text = arena_zero(arena, MOST, 1);

    assert_non_null(file);
    assert_true(fread(text, 1, MOST - 1, file) < MOST - 1);
    fclose(file);
    return text;
}

/* docs/papers.md has each name that a form shows. */
static void names_are_in_the_manual(void **state)
{
    struct arena arena;
    const char *text;

    (void)state;
    arena_init(&arena);
    text = manual(&arena);
    for (size_t i = 0; i < deal_paper_count; i++)
        for (size_t b = 0; b < deal_papers[i].form->count; b++) {
            const struct paper_block *block = &deal_papers[i].form->blocks[b];

            if (block->rows && !strstr(text, arena_print(&arena, "{{#%s}}", block->rows)))
                fail_msg("%s: {{#%s}}", deal_papers[i].form->name, block->rows);
            for (size_t c = 0; c < block->count; c++)
                if (!strstr(text, arena_print(&arena, "{{%s}}", block->cells[c].name)))
                    fail_msg("%s: {{%s}}", deal_papers[i].form->name, block->cells[c].name);
        }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(templates_are_of_the_forms),
        cmocka_unit_test(forms_are_whole),
        cmocka_unit_test(names_are_in_the_manual),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
