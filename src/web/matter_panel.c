/* The sorts of matters that have a page of their own. */
#include "web/board.h"
#include "web/bundle.h"
#include "web/consult.h"
#include "work/board.h"
#include "work/bundle.h"
#include "web/finance.h"
#include "work/loan.h"
#include "web/hire.h"
#include "web/matter.h"
#include "web/pilot.h"
#include "web/talent.h"
#include "work/first_use.h"
#include "work/hire.h"
#include "work/pilot.h"
#include "work/talent.h"

#include "web/fund.h"
#include "web/steer.h"
#include "work/lineage.h"
#include "work/pool.h"
#include "work/stake.h"
#include "work/steer.h"

const struct matter_panel matter_panels[] = {
    /* policy */
    /* finance */
    {&sort_consent, "consent", consent_panel},
    {&sort_loan, "loan", loan_panel},
    /* fund */
    {&sort_pool, "pool", fund_pool_add}, {&sort_cover, "cover", fund_cover_add}, {&sort_stake, "stake", fund_stake_add},
    {&sort_money_flow, "money_flow", fund_flow_add},
    /* talent */
    {&sort_case_work, "matter_case", case_panel_add},
    {&sort_talent_post, "matter_post", post_panel_add},
    /* pilot */
    {&sort_capability, "matter_pilot", pilot_panel_add},
    {&sort_pilot_job, "matter_pilot", pilot_panel_add},
    {&sort_voucher, "matter_pilot", pilot_panel_add},
    {&sort_settlement, "matter_pilot", pilot_panel_add},
    /* service */
    {&sort_service_order, "matter_hire", hire_panel_add},
    {&sort_guide, "matter_hire", hire_panel_add},
    {&sort_trial, "matter_hire", hire_panel_add},
    /* board */
    {&sort_challenge, "matter_board", board_panel}, {&sort_fair, "matter_board", board_panel}, {&sort_alliance, "matter_board", board_panel},
    {&sort_programme, "matter_board", board_panel}, {&sort_project, "matter_board", board_panel},
    /* view */
    {&sort_bundle, "bundle", bundle_panel},
    /* consult */
    {&sort_consultation, "consultation", consult_session_panel}, {&sort_opinion, "opinion", consult_opinion_panel},
    {&sort_remark, "remark", consult_remark_panel},
    /* steer */
    {&sort_task, "matter_steer", steer_panel}, {&sort_action, "matter_steer", steer_panel}, {&sort_target, "matter_steer", steer_panel},
    {&sort_mechanism, "matter_steer", steer_panel}, {&sort_reform, "matter_steer", steer_panel},
    {NULL, NULL, NULL},
};
const size_t matter_panel_count = sizeof matter_panels / sizeof *matter_panels;
