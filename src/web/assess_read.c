/* The questions of a self-assessment and what was answered. */
#include "base/clock.h"
#include "web/assess_int.h"
#include "web/route.h"
#include "web/say.h"

enum { QUESTIONS = 160, STEPS = 48 };

/* --- which questions --- */

static void question_add(struct quiz *quiz, const struct rule_fact *of, int32_t year)
{
    struct quiz_question *question = &quiz->questions[quiz->count];

    if (!of || quiz->count == QUESTIONS)
        return;
    question->typed = (struct rule_input){.of = of, .name = of->name, .typed = {"", 0}};
    if (year)
        question->typed.name = arena_print(quiz->request->arena, "%s-%d", of->name, (int)year);
    question->year = year;
    quiz->count++;
    quiz->steps[quiz->step_count - 1].count++;
}

static void step_add(struct quiz *quiz, const char *label, const char *label_en, int32_t year)
{
    if (quiz->step_count < STEPS)
        quiz->steps[quiz->step_count++] = (struct quiz_step){label, label_en, year, quiz->count, 0};
}

static bool year_step_add(struct quiz *quiz, int32_t year, struct err *err)
{
    struct arena *arena = quiz->request->arena;
    const struct rule_fact **facts;
    size_t count;

    if (!assess_year_facts(&quiz->request->web->city->law, quiz->sheet, quiz->region, year, arena, &facts, &count, err))
        return false;
    step_add(quiz, arena_print(arena, "%d 年度", (int)year), arena_print(arena, "%d", (int)year), year);
    for (size_t i = 0; i < count; i++)
        question_add(quiz, facts[i], year);
    return true;
}

static bool questions_find(struct quiz *quiz, struct err *err)
{
    const struct rulebook *book = quiz->request->web->city->law.book;
    const struct assess_sheet *sheet = quiz->sheet;

    quiz->questions = arena_zero(quiz->request->arena, QUESTIONS + 1, sizeof *quiz->questions);
    quiz->steps = arena_zero(quiz->request->arena, STEPS, sizeof *quiz->steps);
    for (size_t i = 0; i < sheet->step_count; i++) {
        struct slice rest = slice_of(sheet->steps[i].facts), name;

        step_add(quiz, sheet->steps[i].label, sheet->steps[i].label_en, 0);
        while (slice_cut(&rest, ' ', &name))
            question_add(quiz, rulebook_fact(book, name), 0);
    }
    for (int32_t year = quiz->last_year; sheet->yearly && year >= ASSESS_FIRST_YEAR; year--)
        if (!year_step_add(quiz, year, err))
            return false;
    return true;
}

/* --- what is stored --- */

static void believe(struct quiz *quiz, const struct fact *facts, size_t count, int32_t year)
{
    for (size_t i = 0; i < quiz->count; i++)
        for (size_t f = 0; f < count; f++)
            if (quiz->questions[i].year == year && strcmp(facts[f].name, quiz->questions[i].typed.of->name) == 0)
                quiz->questions[i].stored = facts[f];
}

/* Only of the actor's own organisation: what others state of themselves is not for him to be filled in. */
static bool stored_find(struct quiz *quiz, struct err *err)
{
    struct request *request = quiz->request;
    const struct law *law = &request->web->city->law;
    struct stated *stated;
    struct fact *facts;
    size_t count, known;
    struct err unseen;

    if (!request->actor.party || !facts_seen(request->sql, &request->actor, request->actor.party, &unseen)) /* to belong to it is not enough */
        return true;
    if (!facts_stated(request->sql, law, request->actor.party, quiz->today, request->arena, &stated, &count, err))
        return false;
    for (size_t i = 0; i < quiz->step_count; i++) {
        int32_t year = quiz->steps[i].year;

        facts_believed(law, stated, count, quiz->today, year ? year : quiz->last_year, request->arena, &facts, &known);
        believe(quiz, facts, known, year);
    }
    return true;
}

/* --- what was answered --- */

static void answer_read(struct quiz *quiz, struct quiz_question *question, bool sent)
{
    struct request *request = quiz->request;
    struct rule_input *typed = &question->typed;
    struct err err;

    typed->typed = slice_trim(request_value(request, typed->name));
    if (!typed->typed.len && !sent && question->stored.known)
        typed->typed = slice_of(fact_text(typed->of, &question->stored, request->arena));
    if (rule_fact_read(typed->of, typed->typed, &typed->read, &err))
        return;
    typed->read = (struct fact){.name = typed->of->name, .kind = typed->of->kind};
    typed->error = arena_text(request->arena, say_message(request, &err));
    err_field(&err, typed->name);
    if (!quiz->wrong)
        quiz->first = err;
    quiz->wrong = true;
}

/* "go" is the step to be shown next, counted from 1; a form says on which it was as "step". */
static void step_read(struct quiz *quiz)
{
    int64_t step = request_number(quiz->request, "go", request_number(quiz->request, "step", 1));

    quiz->at = step >= 1 && (size_t)step <= quiz->step_count ? (size_t)step - 1 : 0;
}

/* A slip is shown on its own step, wherever one wanted to go. */
static void step_of_slip(struct quiz *quiz)
{
    for (size_t i = 0; quiz->wrong && i < quiz->step_count; i++)
        for (size_t q = quiz->steps[i].first; q < quiz->steps[i].first + quiz->steps[i].count; q++)
            if (quiz->questions[q].typed.error) {
                quiz->at = i;
                return;
            }
}

static bool region_read(struct quiz *quiz, struct err *err)
{
    int64_t region = 0;

    if (quiz->request->actor.party && !party_region(quiz->request->sql, quiz->request->actor.party, &region, err))
        return false;
    quiz->region = region ? (int32_t)region : REGION_NATION;
    return true;
}

/* Of a JSON body: what is no answer would be taken for one. */
static bool members_fit(const struct quiz *quiz, struct err *err)
{
    struct text names;
    bool fit;

    text_init(&names);
    text_puts(&names, "save go step request_id lang");
    for (size_t i = 0; i < quiz->count; i++)
        text_print(&names, " %s", quiz->questions[i].typed.name);
    fit = request_members_fit(quiz->request, names.at, err);
    text_release(&names);
    return fit;
}

bool quiz_read(struct request *request, const struct assess_sheet *sheet, struct quiz *quiz, struct err *err)
{
    bool sent = strcmp(request->route->method, "POST") == 0 && request_value(request, "step").len > 0;
    int year, month, day;

    *quiz = (struct quiz){.request = request, .sheet = sheet, .today = day_of_ms(request->now_ms)};
    day_to_ymd(quiz->today, &year, &month, &day);
    quiz->last_year = year - 1;
    if (!region_read(quiz, err) || !questions_find(quiz, err) || !members_fit(quiz, err) || !stored_find(quiz, err))
        return false;
    for (size_t i = 0; i < quiz->count; i++)
        answer_read(quiz, &quiz->questions[i], sent);
    step_read(quiz);
    step_of_slip(quiz);
    return true;
}

struct fact *quiz_facts(const struct quiz *quiz, int32_t year, size_t *count)
{
    struct fact *facts = arena_alloc(quiz->request->arena, (quiz->count + 1) * sizeof *facts);

    *count = 0;
    for (size_t i = 0; i < quiz->count; i++)
        if (quiz->questions[i].typed.read.known && (!quiz->questions[i].year || quiz->questions[i].year == year))
            facts[(*count)++] = quiz->questions[i].typed.read;
    return facts;
}

bool quiz_new(const struct quiz_question *question)
{
    const struct fact *typed = &question->typed.read, *stored = &question->stored;

    return typed->known
           && (!stored->known || (typed->kind == FACT_CODE ? !slice_same(typed->code, stored->code) : typed->value != stored->value));
}

size_t quiz_step_of(const struct quiz *quiz, const struct rule_fact *fact, int32_t year)
{
    for (size_t i = 0; i < quiz->step_count; i++)
        for (size_t q = quiz->steps[i].first; q < quiz->steps[i].first + quiz->steps[i].count; q++)
            if (strcmp(quiz->questions[q].typed.of->name, fact->name) == 0 && (!quiz->questions[q].year || quiz->questions[q].year == year))
                return i + 1;
    return 0;
}

bool quiz_filled(const struct quiz *quiz, const struct quiz_step *step, size_t *filled)
{
    *filled = 0;
    for (size_t i = step->first; i < step->first + step->count; i++)
        *filled += quiz->questions[i].typed.read.known;
    return *filled > 0;
}
