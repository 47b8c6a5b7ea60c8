/* The sort of a contract by its questions: every path comes to a sort that rule R60 agrees to; and what the law says of silence. */
#include "../base/cases.h"

#include "base/calendar.h"
#include "base/clock.h"
#include "record/paper.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "work/contract_silence.h"
#include "work/contract_tree.h"

static struct calendar *calendar;
static struct rulebook *book;
static struct arena arena;

/* --- every path --- */

/* By hand from the articles: all the answers there are, and what they come to. */
static const struct {
    const char *codes;
    enum contract_form form;
} paths[] = {
    {"rights.existing.assign", FORM_ASSIGN},
    {"rights.existing.license", FORM_LICENSE},
    {"rights.public", FORM_SERVE},
    {"rights.pending.both", FORM_SHARED},
    {"rights.pending.one", FORM_COMMISSIONED},
    {"rights.knowledge.no", FORM_SERVE},
    {"rights.knowledge.yes", FORM_OTHER},
    {"research.new.both", FORM_SHARED},
    {"research.new.one", FORM_COMMISSIONED},
    {"research.known.no", FORM_SERVE},
    {"research.known.yes", FORM_OTHER},
    {"convert", FORM_CONVERSION},
    {"advice", FORM_CONSULT},
    {"solve.no", FORM_SERVE},
    {"solve.yes", FORM_OTHER},
};

static size_t facts_of(const struct tree_walk *walk, struct fact *facts)
{
    size_t count = 0;

    for (size_t i = 0; i < walk->count; i++) {
        struct slice said = slice_of(walk->taken[i].answer->facts), one, name;

        while (said.len && slice_cut(&said, ' ', &one)) {
            assert_true(slice_cut(&one, '=', &name));
            for (size_t f = 0; f < count; f++)
                assert_false(slice_is(name, facts[f].name)); /* asked twice */
            facts[count++] = (struct fact){.name = arena_text(&arena, name), .kind = FACT_YES, .known = true, .value = slice_is(one, "1")};
        }
    }
    return count;
}

static bool result_is(const struct answer *answer, const char *name)
{
    for (size_t i = 0; i < answer->rule->result_count; i++)
        if (strcmp(answer->results[i].result->name, name) == 0)
            return answer->results[i].value.known && answer->results[i].value.number;
    return false;
}

/* R60 is asked with what the answers say and nothing else: what it needs was asked, and of what it does not need nothing. */
static void rule_agrees(const struct tree_walk *walk, const char *codes)
{
    const struct rule *rule = rule_find(book, "R60", 620000, day_of_ms(INT64_C(1772416800000)));
    struct fact facts[16];
    size_t count = facts_of(walk, facts);
    struct answer answer;
    struct err err;

    assert_non_null(rule);
    facts[count++] = (struct fact){.name = "contract_sort", .kind = FACT_CODE, .known = true, .code = slice_of(form_sort(walk->form))};
    facts[count++] = (struct fact){.name = "written_contract", .kind = FACT_YES, .known = true, .value = 1};
    if (!rule_ask(book, rule, facts, count, &arena, &answer, &err))
        fail_msg("%s: %s", codes, err.message);
    if (answer.verdict != RULE_YES)
        fail_msg("%s: R60 says %s of %s: %.*s", codes, rule_verdict_word(answer.verdict), form_sort(walk->form), (int)answer.says.len, answer.says.at);
    if (strcmp(form_sort(walk->form), "develop") == 0 && !result_is(&answer, walk->form == FORM_SHARED       ? "shared"
                                                                             : walk->form == FORM_COMMISSIONED ? "commissioned"
                                                                                                               : "conversion"))
        fail_msg("%s is another development for R60", codes);
}

static const struct tree_question *question_named(const char *name)
{
    for (size_t q = 0; q < tree_question_count; q++)
        if (strcmp(tree_questions[q].name, name) == 0)
            return &tree_questions[q];
    fail_msg("there is no question %s", name);
    return NULL;
}

/* How many ends the tree has below a question. */
static size_t ends(const struct tree_question *question)
{
    size_t count = 0;

    for (size_t i = 0; i < question->count; i++)
        count += question->answers[i].next ? ends(question_named(question->answers[i].next)) : 1;
    return count;
}

static void every_path_comes_to_a_sort_that_the_rule_agrees_to(void **state)
{
    (void)state;
    assert_int_equal(ends(tree_questions), sizeof paths / sizeof *paths);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct tree_walk walk;
        struct err err;

        assert_true(tree_walk(slice_of(paths[i].codes), &walk, &err));
        if (walk.next || walk.form != paths[i].form)
            fail_msg("%s comes to %s", paths[i].codes, form_label(walk.form));
        assert_string_not_equal(walk.taken[walk.count - 1].answer->article, "");
        if (walk.form != FORM_OTHER)
            rule_agrees(&walk, paths[i].codes);
        assert_true(slice_is(tree_codes(tree_trail(&walk, &arena)), paths[i].codes));
    }
}

static void what_is_no_answer_is_told(void **state)
{
    static const char *const bad[] = {"x", "rights.both", "rights.existing.license.no", "rights..existing", "advice.no", "."};
    struct tree_walk walk;
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (tree_walk(slice_of(bad[i]), &walk, &err))
            fail_msg("%s is taken", bad[i]);
    assert_true(tree_walk(SLICE(""), &walk, &err));
    assert_string_equal(walk.next->name, "start");
    assert_true(tree_walk(SLICE("rights.existing"), &walk, &err));
    assert_string_equal(walk.next->name, "given");
    assert_true(walk.form == FORM_OPEN);
}

static void a_way_of_transfer_is_an_answer_where_the_rights_are_there(void **state)
{
    (void)state;
    assert_true(slice_is(tree_of_deal(SLICE("license"), true), "rights.existing.license"));
    assert_true(slice_is(tree_of_deal(SLICE("assign"), true), "rights.existing.assign"));
    assert_int_equal(tree_of_deal(SLICE("license"), false).len, 0);
    assert_int_equal(tree_of_deal(SLICE("joint"), true).len, 0);
}

/* --- silence --- */

/* Each clause of each form that may be left empty, and the article that then speaks. */
static const struct {
    const char *sort, *trail;
    size_t field;
    const char *articles; /* in the table's order, parted by bars */
} silent[] = {
    {"license", "", CONTRACT_UNTIL, "技术合同司法解释 §28|民法典 §865"},
    {"assign", "", CONTRACT_UNTIL, "技术合同司法解释 §28"},
    {"serve", "", CONTRACT_UNTIL, "民法典 §511（四）"},
    {"license", "", CONTRACT_LICENCE, "技术合同司法解释 §25"},
    {"assign", "", CONTRACT_LICENCE, ""},
    {"develop", "research.new.one", CONTRACT_RESULTS, "民法典 §859|民法典 §861"},
    {"develop", "research.new.both", CONTRACT_RESULTS, "民法典 §860|民法典 §861"},
    {"develop", "", CONTRACT_RESULTS, "民法典 §859|民法典 §860|民法典 §861"},
    {"develop", "advice", CONTRACT_RESULTS, "民法典 §859|民法典 §860|民法典 §861"}, /* the answers are of another sort */
    {"license", "rights.existing.license", CONTRACT_RESULTS, "民法典 §875"},
    {"consult", "", CONTRACT_RESULTS, "民法典 §885"},
    {"develop", "convert", CONTRACT_RISK, "民法典 §858"},
    {"assign", "", CONTRACT_RISK, "民法典 §874"},
    {"consult", "", CONTRACT_RISK, "民法典 §881"},
    {"serve", "", CONTRACT_RISK, ""},
    {"license", "", CONTRACT_LIABILITY, "民法典 §584|民法典 §§872、873"},
    {"consult", "", CONTRACT_LIABILITY, "民法典 §584|民法典 §881"},
    {"serve", "", CONTRACT_LIABILITY, "民法典 §584|民法典 §884"},
    {"serve", "", CONTRACT_CLAUSES, "民法典 §511（一）|民法典 §511（三）|民法典 §886"},
    {"license", "", CONTRACT_CLAUSES, "民法典 §511（一）|民法典 §511（三）|民法典 §511（六）|技术合同司法解释 §26"},
};

static void of_each_silent_clause_the_law_speaks(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++) {
        const struct silence *list[SILENCES_MOST];
        bool known[CONTRACT_FIELD_COUNT];
        const char *articles = "";
        size_t count;

        memset(known, 1, sizeof known);
        known[silent[i].field] = false;
        count = contract_silences(forms_of(slice_of(silent[i].sort), slice_of(silent[i].trail)), known, list);
        for (size_t n = 0; n < count; n++)
            articles = arena_print(&arena, "%s%s%s", articles, n ? "|" : "", list[n]->article);
        if (strcmp(articles, silent[i].articles) != 0)
            fail_msg("%s, field %zu: %s", silent[i].sort, silent[i].field, articles);
        known[silent[i].field] = true;
        assert_int_equal(contract_silences(~0u, known, list), 0);
    }
}

static int open_book(void **state)
{
    struct err err;

    (void)state;
    arena_init(&arena);
    if (seal_start(&err) && calendar_load(TQ_RULES "/calendar", &calendar, &err) && rulebook_load(TQ_RULES, calendar, &book, &err))
        return 0;
    fprintf(stderr, "%s\n", err.message);
    return -1;
}

static int close_book(void **state)
{
    (void)state;
    rulebook_free(book);
    calendar_free(calendar);
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_path_comes_to_a_sort_that_the_rule_agrees_to),
        cmocka_unit_test(what_is_no_answer_is_told),
        cmocka_unit_test(a_way_of_transfer_is_an_answer_where_the_rights_are_there),
        cmocka_unit_test(of_each_silent_clause_the_law_speaks),
    };

    return cmocka_run_group_tests(tests, open_book, close_book);
}
