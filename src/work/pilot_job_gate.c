/* What the rules are told at a job's gates: the safety gate before a quote (R82, R82-1), a voucher's reservation (R86). */
#include "work/pilot_job_int.h"

/* --- the safety gate --- */

/* Of the permits of one sort the one that lasts longest. */
static void permit_facts(struct pilot_facts *facts, const struct record *list, size_t count, const char *sort, const char *held, const char *until)
{
    int32_t last = 0;
    bool has = false;

    for (size_t i = 0; i < count; i++)
        if (slice_is(matter_text(&list[i], PERMIT_SORT), sort)) {
            int32_t day = matter_day(&list[i], PERMIT_UNTIL);

            last = !has || day > last ? day : last;
            has = true;
        }
    fact_yes(facts, held, has);
    fact_number(facts, until, FACT_DAY, has, last);
}

static bool permits_add(struct matter_draft *draft, const struct record *capability, struct pilot_facts *facts, struct err *err)
{
    static const char *const permits[][3] = {
        {"eia", "eia_held", "eia_until"},     {"safety", "safety_held", "safety_until"}, {"radiation", "radiation_held", "radiation_until"},
        {"bio", "bio_held", "bio_until"},     {"waste", "waste_held", "waste_until"},    {"pressure", "pressure_held", "pressure_until"},
        {"park", "park_held", "park_until"},
    };
    struct record *list;
    size_t count;

    if (!matter_entries(draft->sql, &kind_permit, capability->id, MATTER_ENTRY_ROWS, draft->arena, &list, &count, err))
        return false;
    for (size_t i = 0; i < sizeof permits / sizeof *permits; i++)
        permit_facts(facts, list, count, permits[i][0], permits[i][1], permits[i][2]);
    return true;
}

static bool chemical(const struct record *job)
{
    return codes_have(job, JOB_HAZARDS, "fire") || codes_have(job, JOB_HAZARDS, "toxic") || codes_have(job, JOB_HAZARDS, "corrosive");
}

static void hazards_add(const struct record *job, const struct record *capability, struct pilot_facts *facts)
{
    bool none = codes_have(job, JOB_HAZARDS, "none");

    fact_yes(facts, "hazards_accepted", none || codes_cover(capability, CAPABILITY_HAZARDS, matter_text(job, JOB_HAZARDS)));
    fact_yes(facts, "hazard_chemical", chemical(job));
    fact_yes(facts, "hazard_waste", codes_have(job, JOB_HAZARDS, "waste"));
    fact_yes(facts, "hazard_radiation", codes_have(job, JOB_HAZARDS, "radiation"));
    fact_yes(facts, "hazard_pressure", codes_have(job, JOB_HAZARDS, "pressure"));
    fact_yes(facts, "hazard_bio", codes_have(job, JOB_HAZARDS, "bio"));
    /* Whether there is a reaction is not guessed: where the client is not sure it is unknown, and the gate asks. */
    fact_number(facts, "reaction", FACT_YES, !slice_is(matter_text(job, JOB_REACTION), "unsure"), slice_is(matter_text(job, JOB_REACTION), "yes"));
    fact_yes(facts, "reaction_report", matter_known(job, JOB_REACTION_REPORT));
    fact_yes(facts, "in_park", matter_number(capability, CAPABILITY_IN_PARK));
}

static void reach_add(const struct record *job, const struct record *capability, struct pilot_facts *facts)
{
    fact_code(facts, "capability_sort", matter_text(capability, CAPABILITY_SORT));
    fact_yes(facts, "trials_offered", codes_cover(capability, CAPABILITY_TRIALS, matter_text(job, JOB_TRIALS)));
    fact_number(facts, "trl_now", FACT_NUMBER, matter_known(job, JOB_TRL_NOW), matter_number(job, JOB_TRL_NOW));
    fact_number(facts, "trl_goal", FACT_NUMBER, matter_known(job, JOB_TRL_GOAL), matter_number(job, JOB_TRL_GOAL));
    fact_number(facts, "offer_trl_from", FACT_NUMBER, matter_known(capability, CAPABILITY_TRL_FROM), matter_number(capability, CAPABILITY_TRL_FROM));
    fact_number(facts, "offer_trl_to", FACT_NUMBER, matter_known(capability, CAPABILITY_TRL_TO), matter_number(capability, CAPABILITY_TRL_TO));
    fact_yes(facts, "confidence_offered", codes_cover(capability, CAPABILITY_CONFIDENCE, matter_text(job, JOB_CONFIDENCE)));
}

static bool quote_facts(struct matter_draft *draft, struct pilot_facts *facts, struct err *err)
{
    struct record *capability;

    if (!job_capability(draft, &capability, err))
        return false;
    hazards_add(&draft->matter, capability, facts);
    reach_add(&draft->matter, capability, facts);
    return permits_add(draft, capability, facts, err);
}

bool job_facts(struct matter_draft *draft, struct fact **list, size_t *count, struct err *err)
{
    struct pilot_facts facts = {.list = arena_zero(draft->arena, PILOT_FACTS, sizeof *facts.list)};
    bool voucher = strcmp(draft->order->step->gate, "voucher_reserve") == 0;

    if (!(voucher ? voucher_facts(draft, &job_payer, matter_number(&draft->matter, JOB_AMOUNT), &facts, err) : quote_facts(draft, &facts, err)))
        return false;
    fact_number(&facts, "today", FACT_DAY, true, draft->today);
    *list = facts.list;
    *count = facts.count;
    return true;
}
