/* The sorts of matters that there are, and finding things in their tables. */
#include <stdio.h>

#include "work/board.h"
#include "work/branch.h"
#include "work/consult.h"
#include "work/first_use.h"
#include "work/hire.h"
#include "work/lineage.h"
#include "work/loan.h"
#include "work/matter_int.h"
#include "work/pilot.h"
#include "work/pool.h"
#include "work/stake.h"
#include "work/steer.h"
#include "work/talent.h"

const struct matter_sort *const matter_sorts[] = {
    &sort_contact,
    /* policy */
    &sort_claim,
    /* finance */
    &sort_consent,
    &sort_loan,
    /* fund */
    &sort_pool, &sort_cover, &sort_claim_pool, &sort_stake, &sort_money_flow, &sort_branch,
    /* talent */
    &sort_need_care, &sort_case_work, &sort_introduction, &sort_reward_claim, &sort_career, &sort_need_test, &sort_proposal, &sort_talent_post,
    &sort_post_service,
    /* pilot */
    &sort_capability, &sort_pilot_job, &sort_voucher, &sort_settlement, &sort_industrial, &sort_tenancy,
    /* service */
    &sort_service_order, &sort_guide, &sort_trial, &sort_try_licence,
    /* board */
    &sort_challenge, &sort_bid, &sort_fair, &sort_fair_guest, &sort_meeting, &sort_alliance, &sort_membership, &sort_programme, &sort_project,
    &sort_prefiling,
    /* view */
    &sort_bundle, &sort_bundle_part,
    /* consult */
    &sort_consultation, &sort_opinion, &sort_opinion_assist, &sort_remark,
    /* steer */
    &sort_task, &sort_task_part, &sort_mechanism, &sort_action, &sort_target, &sort_reform,
};
const size_t matter_sort_count = sizeof matter_sorts / sizeof *matter_sorts;

const struct matter_sort *matter_sort_of(const struct kind *kind)
{
    for (size_t i = 0; i < matter_sort_count; i++)
        if (matter_sorts[i]->kind == kind)
            return matter_sorts[i];
    return NULL;
}

const struct matter_sort *matter_sort_by_plural(struct slice plural)
{
    for (size_t i = 0; i < matter_sort_count; i++)
        if (slice_is(plural, matter_sorts[i]->kind->plural))
            return matter_sorts[i];
    return NULL;
}

const struct matter_step *matter_step_find(const struct matter_sort *sort, struct slice name)
{
    for (size_t i = 0; i < sort->step_count; i++)
        if (slice_is(name, sort->steps[i].name))
            return &sort->steps[i];
    return NULL;
}

const struct matter_state *matter_state_find(const struct matter_sort *sort, struct slice code)
{
    for (size_t i = 0; i < sort->state_count; i++)
        if (slice_is(code, sort->states[i].code))
            return &sort->states[i];
    return NULL;
}

const struct matter_state *matter_state_of(const struct matter_sort *sort, const struct record *matter)
{
    return matter_state_find(sort, matter_text(matter, MATTER_STATE));
}

const struct kind *matter_step_kind(const struct matter_sort *sort, const struct matter_step *step)
{
    return step->entry ? step->entry : sort->kind;
}

static bool has_word(const char *words, const char *word)
{
    struct slice rest = slice_of(words ? words : ""), one;

    while (slice_cut(&rest, ' ', &one))
        if (slice_is(one, word))
            return true;
    return false;
}

bool matter_step_field(const struct matter_sort *sort, const struct matter_step *step, size_t field)
{
    return has_word(step->fields, matter_step_kind(sort, step)->fields[field].name);
}

bool matter_step_seldom(const struct matter_sort *sort, const struct matter_step *step, size_t field)
{
    return has_word(step->seldom, matter_step_kind(sort, step)->fields[field].name);
}

bool matter_step_given(const struct matter_sort *sort, const struct matter_step *step, size_t field)
{
    const struct field *of = &matter_step_kind(sort, step)->fields[field];

    return of->type == FIELD_ID || has_word(step->given, of->name);
}

const struct kind *matter_id_kind(const struct kind *kind, size_t field, struct slice before)
{
    char name[LEAF_WORD + 1];

    if (kind->fields[field].choices)
        return kind_stored(kind->fields[field].choices);
    if (!before.len || before.len >= sizeof name)
        return NULL;
    snprintf(name, sizeof name, "%.*s", (int)before.len, before.at);
    return kind_stored(name);
}
