/* The facts of a deal's file, by the names of rules/facts. What no paper holds is stated by people (kind "statement"). */
#include "work/deal_int.h"

#include "base/money.h"
#include "record/party.h"
#include "record/right.h"

enum { FACTS_MOST = 200 };

struct facts {
    struct fact *list;
    size_t count;
};

static struct fact *find(const struct facts *facts, const char *name)
{
    for (size_t i = 0; i < facts->count; i++)
        if (strcmp(facts->list[i].name, name) == 0)
            return &facts->list[i];
    return NULL;
}

static void put(struct facts *facts, struct fact fact)
{
    struct fact *there = find(facts, fact.name);

    if (there)
        *there = fact;
    else if (facts->count < FACTS_MOST)
        facts->list[facts->count++] = fact;
}

static void put_yes(struct facts *facts, const char *name, bool yes)
{
    put(facts, (struct fact){.name = name, .kind = FACT_YES, .known = true, .value = yes, .source = FACT_CERTIFICATE});
}

/* Of a paper: unknown where it is not filled in. */
static void put_code(struct facts *facts, const char *name, const struct record *paper, size_t field)
{
    put(facts, (struct fact){.name = name, .kind = FACT_CODE, .known = paper_known(paper, field),
                             .code = paper_text(paper, field), .source = FACT_CERTIFICATE});
}

static void put_money(struct facts *facts, const char *name, bool known, int64_t fen)
{
    put(facts, (struct fact){.name = name, .kind = FACT_MONEY, .known = known, .value = fen, .source = FACT_CERTIFICATE});
}

static void put_day(struct facts *facts, const char *name, int32_t day)
{
    put(facts, (struct fact){.name = name, .kind = FACT_DAY, .known = day != 0, .value = day, .source = FACT_CERTIFICATE});
}

static void put_number(struct facts *facts, const char *name, bool known, int64_t number)
{
    put(facts, (struct fact){.name = name, .kind = FACT_NUMBER, .known = known, .value = number, .source = FACT_CERTIFICATE});
}

static void unit_facts(struct facts *facts, const struct deal_file *file)
{
    put_yes(facts, "state_unit", deal_is_state_unit(file));
    put_yes(facts, "nonprofit_unit", deal_is_state_unit(file));
}

bool deal_facts(const struct law *law, const struct deal_file *file, struct arena *arena, struct fact **list,
                size_t *count, struct err *err)
{
    struct facts facts = {.list = arena_zero(arena, FACTS_MOST, sizeof(struct fact))};

    (void)err;
    (void)law;
    unit_facts(&facts, file);
    put_code(&facts, "way", &file->deal, DEAL_WAY);
    put_code(&facts, "pricing", &file->deal, DEAL_PRICING);
    put_money(&facts, "price", paper_known(&file->deal, DEAL_PRICE), paper_number(&file->deal, DEAL_PRICE));
    put_day(&facts, "today", file->today);
    put_number(&facts, "holders_share", false, 0);
    *list = facts.list;
    *count = facts.count;
    return true;
}
