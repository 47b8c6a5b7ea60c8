#include "work/city_check.h"

#include "record/record.h"
#include "work/account.h"
#include "work/audit_sample.h"
#include "work/feedback.h"
#include "work/log_key.h"

enum { TOLD_EVERY = 256, PAGE_ROWS = 100 };

struct walk {
    struct sql *sql;
    const struct city_watch *watch;
    struct city_counts *counts;
    const struct kind *kind;
    struct arena arenas[2]; /* of this version and of the one before */
    unsigned turn;
    struct record prior;
};

static bool told(const struct walk *walk, struct err *err)
{
    const struct city_watch *watch = walk->watch;

    if (!watch || walk->counts->versions % TOLD_EVERY
        || watch->moved(watch->arg, walk->counts->versions, (int64_t)walk->counts->leaves))
        return true;
    return err_set(err, ERR_BUSY, "核对没有做完就停下了");
}

static bool check_version(struct walk *walk, int64_t id, int64_t ver, struct err *err)
{
    struct arena *arena = &walk->arenas[walk->turn];
    bool first = walk->prior.kind != walk->kind || walk->prior.id != id;
    struct record record;

    arena_reset(arena);
    if (ver != (first ? 1 : walk->prior.ver + 1))
        return err_set(err, ERR_CORRUPT, "%s %lld 缺少第 %lld 版之前的一版", walk->kind->label, (long long)id, (long long)ver);
    if (!record_version(walk->sql, walk->kind, id, ver, arena, &record, err)
        || !record_verify(walk->sql, &record, first ? NULL : &walk->prior, err))
        return false;
    walk->prior = record;
    walk->turn = !walk->turn;
    walk->counts->records += first;
    walk->counts->versions++;
    return told(walk, err);
}

/* By pages: a driver may hold a whole answer in memory. */
#define VERSIONS_OF(table) \
    "SELECT id, ver FROM " table " WHERE (id, ver) > (?1, ?2) ORDER BY id, ver LIMIT ?3"

static const char *const version_texts[KIND_END] = {
    [KIND_PARTY] = VERSIONS_OF("party"),
    [KIND_PERSON] = VERSIONS_OF("person"),
    [KIND_ACHIEVEMENT] = VERSIONS_OF("achievement"),
    [KIND_NEED] = VERSIONS_OF("need"),
    [KIND_SCENARIO] = VERSIONS_OF("scenario"),
    [KIND_SERVICE] = VERSIONS_OF("service"),
    [KIND_POLICY] = VERSIONS_OF("policy"),
    [KIND_DEAL] = VERSIONS_OF("deal"),
    [KIND_TITLE] = VERSIONS_OF("title"),
    [KIND_VALUATION] = VERSIONS_OF("valuation"),
    [KIND_NOTICE] = VERSIONS_OF("notice"),
    [KIND_OBJECTION] = VERSIONS_OF("objection"),
    [KIND_APPROVAL] = VERSIONS_OF("approval"),
    [KIND_CONTRACT] = VERSIONS_OF("contract"),
    [KIND_REGISTRATION] = VERSIONS_OF("registration"),
    [KIND_INSTALMENT] = VERSIONS_OF("instalment"),
    [KIND_RECEIPT] = VERSIONS_OF("receipt"),
    [KIND_COST] = VERSIONS_OF("cost"),
    [KIND_PROFIT] = VERSIONS_OF("profit"),
    [KIND_AWARD] = VERSIONS_OF("award"),
    [KIND_FILING] = VERSIONS_OF("filing"),
    [KIND_STATEMENT] = VERSIONS_OF("statement"),
    [KIND_RULING] = VERSIONS_OF("ruling"),
    [KIND_PAST_DEAL] = VERSIONS_OF("past_deal"),
    [KIND_PAST_RECEIPT] = VERSIONS_OF("past_receipt"),
    [KIND_PAST_AWARD] = VERSIONS_OF("past_award"),
    [KIND_ATTACHMENT] = VERSIONS_OF("attachment"),
    [KIND_FINDING] = VERSIONS_OF("finding"),
    [KIND_CONTACT] = VERSIONS_OF("contact"),
    [KIND_TALK] = VERSIONS_OF("talk"),
    /* policy */
    [KIND_FACT] = VERSIONS_OF("fact"),
    [KIND_CLAIM] = VERSIONS_OF("claim"),
    /* finance */
    [KIND_PATENT] = VERSIONS_OF("patent"),
    [KIND_CONSENT] = VERSIONS_OF("consent"),
    [KIND_PACK] = VERSIONS_OF("pack"),
    [KIND_LOAN] = VERSIONS_OF("loan"),
    [KIND_DRAWDOWN] = VERSIONS_OF("drawdown"),
    [KIND_REPAYMENT] = VERSIONS_OF("repayment"),
    [KIND_SIGNAL] = VERSIONS_OF("signal"),
    /* fund */
    [KIND_POOL] = VERSIONS_OF("pool"),
    [KIND_POOL_BANK] = VERSIONS_OF("pool_bank"),
    [KIND_POOL_PAYMENT] = VERSIONS_OF("pool_payment"),
    [KIND_POOL_REVIEW] = VERSIONS_OF("pool_review"),
    [KIND_POOL_ENTRY] = VERSIONS_OF("pool_entry"),
    [KIND_COVER] = VERSIONS_OF("cover"),
    [KIND_REPAID] = VERSIONS_OF("repaid"),
    [KIND_CLAIM_POOL] = VERSIONS_OF("claim_pool"),
    [KIND_DEMAND] = VERSIONS_OF("demand"),
    [KIND_RECOVERY] = VERSIONS_OF("recovery"),
    [KIND_STAKE] = VERSIONS_OF("stake"),
    [KIND_STAKE_MARK] = VERSIONS_OF("stake_mark"),
    [KIND_STAKE_CHECK] = VERSIONS_OF("stake_check"),
    [KIND_STAKE_ROUND] = VERSIONS_OF("stake_round"),
    [KIND_MONEY_FLOW] = VERSIONS_OF("money_flow"),
    [KIND_MOVED] = VERSIONS_OF("moved"),
    [KIND_BRANCH] = VERSIONS_OF("branch"),
    /* talent */
    [KIND_NEED_CARE] = VERSIONS_OF("need_care"),
    [KIND_CAREER] = VERSIONS_OF("career"),
    [KIND_CASE_WORK] = VERSIONS_OF("case_work"),
    [KIND_INTEREST] = VERSIONS_OF("interest"),
    [KIND_COMMISSION] = VERSIONS_OF("commission"),
    [KIND_INTRODUCTION] = VERSIONS_OF("introduction"),
    [KIND_REWARD_CLAIM] = VERSIONS_OF("reward_claim"),
    [KIND_COUNTED_RECEIPT] = VERSIONS_OF("counted_receipt"),
    [KIND_WORK_PROOF] = VERSIONS_OF("work_proof"),
    [KIND_NEED_TEST] = VERSIONS_OF("need_test"),
    [KIND_TEST_ITEM] = VERSIONS_OF("test_item"),
    [KIND_PROPOSAL] = VERSIONS_OF("proposal"),
    [KIND_TALENT_POST] = VERSIONS_OF("talent_post"),
    [KIND_POST_SERVICE] = VERSIONS_OF("post_service"),
    /* pilot */
    [KIND_CAPABILITY] = VERSIONS_OF("capability"),
    [KIND_TARIFF] = VERSIONS_OF("tariff"),
    [KIND_PERMIT] = VERSIONS_OF("permit"),
    [KIND_BOOKING] = VERSIONS_OF("booking"),
    [KIND_PILOT_JOB] = VERSIONS_OF("pilot_job"),
    [KIND_CUSTODY] = VERSIONS_OF("custody"),
    [KIND_TRIAL_RUN] = VERSIONS_OF("trial_run"),
    [KIND_TRL_EVIDENCE] = VERSIONS_OF("trl_evidence"),
    [KIND_BILL] = VERSIONS_OF("bill"),
    [KIND_VOUCHER] = VERSIONS_OF("voucher"),
    [KIND_VOUCHER_USE] = VERSIONS_OF("voucher_use"),
    [KIND_SETTLEMENT] = VERSIONS_OF("settlement"),
    [KIND_INDUSTRIAL] = VERSIONS_OF("industrial"),
    [KIND_CLEARANCE] = VERSIONS_OF("clearance"),
    [KIND_TENANCY] = VERSIONS_OF("tenancy"),
    [KIND_SPACE_SERVICE] = VERSIONS_OF("space_service"),
    /* service */
    [KIND_SERVICE_ORDER] = VERSIONS_OF("service_order"),
    [KIND_HANDOVER] = VERSIONS_OF("handover"),
    [KIND_ORDER_PAYMENT] = VERSIONS_OF("order_payment"),
    [KIND_GUIDE] = VERSIONS_OF("guide"),
    [KIND_TRIAL] = VERSIONS_OF("trial"),
    [KIND_TRIAL_AIM] = VERSIONS_OF("trial_aim"),
    [KIND_TRIAL_READING] = VERSIONS_OF("trial_reading"),
    [KIND_TRY_LICENCE] = VERSIONS_OF("try_licence"),
    [KIND_TRY_MARK] = VERSIONS_OF("try_mark"),
    /* board */
    [KIND_CHALLENGE] = VERSIONS_OF("challenge"),
    [KIND_MILESTONE] = VERSIONS_OF("milestone"),
    [KIND_PROTEST] = VERSIONS_OF("protest"),
    [KIND_BID] = VERSIONS_OF("bid"),
    [KIND_FAIR] = VERSIONS_OF("fair"),
    [KIND_FAIR_ITEM] = VERSIONS_OF("fair_item"),
    [KIND_FAIR_GUEST] = VERSIONS_OF("fair_guest"),
    [KIND_MEETING] = VERSIONS_OF("meeting"),
    [KIND_MEETING_ANSWER] = VERSIONS_OF("meeting_answer"),
    [KIND_ALLIANCE] = VERSIONS_OF("alliance"),
    [KIND_MEMBERSHIP] = VERSIONS_OF("membership"),
    [KIND_JOINT_PROJECT] = VERSIONS_OF("joint_project"),
    [KIND_SHARED_RIGHT] = VERSIONS_OF("shared_right"),
    [KIND_ALLIANCE_MONEY] = VERSIONS_OF("alliance_money"),
    [KIND_JOINT_RESULT] = VERSIONS_OF("joint_result"),
    [KIND_PROGRAMME] = VERSIONS_OF("programme"),
    [KIND_PROJECT] = VERSIONS_OF("project"),
    [KIND_PROJECT_RESULT] = VERSIONS_OF("project_result"),
    [KIND_DUTY_REPORT] = VERSIONS_OF("duty_report"),
    [KIND_PREFILING] = VERSIONS_OF("prefiling"),
    /* view */
    [KIND_BUNDLE] = VERSIONS_OF("bundle"),
    [KIND_BUNDLE_PART] = VERSIONS_OF("bundle_part"),
    [KIND_FIELD_COUNT] = VERSIONS_OF("field_count"),
    /* consult */
    [KIND_CONSULTATION] = VERSIONS_OF("consultation"),
    [KIND_CONSULT_TOPIC] = VERSIONS_OF("consult_topic"),
    [KIND_CONSULT_SEAT] = VERSIONS_OF("consult_seat"),
    [KIND_CONSULT_VISIT] = VERSIONS_OF("consult_visit"),
    [KIND_CONSULT_AGENDA] = VERSIONS_OF("consult_agenda"),
    [KIND_OPINION] = VERSIONS_OF("opinion"),
    [KIND_OPINION_COSIGN] = VERSIONS_OF("opinion_cosign"),
    [KIND_OPINION_MERGE] = VERSIONS_OF("opinion_merge"),
    [KIND_OPINION_OBJECT] = VERSIONS_OF("opinion_object"),
    [KIND_OPINION_REPLY] = VERSIONS_OF("opinion_reply"),
    [KIND_OPINION_URGE] = VERSIONS_OF("opinion_urge"),
    [KIND_OPINION_ASSIST] = VERSIONS_OF("opinion_assist"),
    [KIND_REMARK] = VERSIONS_OF("remark"),
    /* steer */
    [KIND_TASK] = VERSIONS_OF("task"),
    [KIND_TASK_PROGRESS] = VERSIONS_OF("task_progress"),
    [KIND_TASK_URGE] = VERSIONS_OF("task_urge"),
    [KIND_TASK_EXTENSION] = VERSIONS_OF("task_extension"),
    [KIND_TASK_OBJECTION] = VERSIONS_OF("task_objection"),
    [KIND_TASK_TRANSFER] = VERSIONS_OF("task_transfer"),
    [KIND_TASK_REPORT] = VERSIONS_OF("task_report"),
    [KIND_TASK_PART] = VERSIONS_OF("task_part"),
    [KIND_ACTION] = VERSIONS_OF("action"),
    [KIND_ACTION_CHANGE] = VERSIONS_OF("action_change"),
    [KIND_TARGET] = VERSIONS_OF("target"),
    [KIND_TARGET_CHANGE] = VERSIONS_OF("target_change"),
    [KIND_MECHANISM] = VERSIONS_OF("mechanism"),
    [KIND_MECH_MEMBER] = VERSIONS_OF("mech_member"),
    [KIND_MECH_MEETING] = VERSIONS_OF("mech_meeting"),
    [KIND_MECH_ROUND] = VERSIONS_OF("mech_round"),
    [KIND_REFORM] = VERSIONS_OF("reform"),
    [KIND_REFORM_REPORT] = VERSIONS_OF("reform_report"),
    [KIND_REFORM_VERDICT] = VERSIONS_OF("reform_verdict"),
};

/* The next page after (*id, *ver), which it moves on. */
static bool check_page(struct walk *walk, int64_t *id, int64_t *ver, size_t *read, struct err *err)
{
    struct sql_rows rows;
    struct err ignored;
    bool ok = true;

    *read = 0;
    if (!sql_rows(walk->sql, version_texts[walk->kind->id],
                  SQL_ARGS(sql_int(*id), sql_int(*ver), sql_int(PAGE_ROWS)), &rows, err))
        return false;
    while (ok && sql_next(&rows)) {
        *id = sql_number(&rows, 0);
        *ver = sql_number(&rows, 1);
        ok = check_version(walk, *id, *ver, err);
        ++*read;
    }
    return sql_done(&rows, ok ? err : &ignored) && ok;
}

static bool check_kind(struct walk *walk, struct err *err)
{
    int64_t id = 0, ver = 0;
    size_t read;

    do {
        if (!check_page(walk, &id, &ver, &read, err))
            return false;
    } while (read == PAGE_ROWS);
    return true;
}

static bool count_leaf(const struct leaf *leaf, void *arg, struct err *err)
{
    (void)err;
    if (kind_stored(leaf->kind))
        ++*(int64_t *)arg;
    return true;
}

/* Each version has a leaf of its own, so as many leaves as versions means that no leaf has lost its version. */
static bool check_leaves(struct walk *walk, struct err *err)
{
    int64_t leaves = 0;

    if (!ledger_follow(walk->sql, 0, SIZE_MAX >> 1, count_leaf, &leaves, err))
        return false;
    return leaves == walk->counts->versions
           || err_set(err, ERR_CORRUPT, "账本里有 %lld 条记录变更，库里有 %lld 版", (long long)leaves,
                      (long long)walk->counts->versions);
}

/* What the keys remember having signed; a folder without keys remembers nothing. */
static bool keys_mark(const char *data, enum seal_digest digest, struct audit_mark *mark, bool *found, struct err *err)
{
    struct checkpoint last;
    struct note_key key;
    struct err none;

    *found = false;
    if (!log_key_read(data, digest == SEAL_SM3 ? NOTE_SM2 : NOTE_ED25519, &key, &none))
        return true;
    if (!log_signed(data, &key, &last, err))
        return false;
    *mark = (struct audit_mark){.digest = digest, .size = last.size, .said_by = N_("钥匙旁")};
    memcpy(mark->root, last.root, TREE_HASH);
    *found = last.size > 0;
    return true;
}

bool log_check(struct sql *sql, const struct city_watch *watch, struct audit_counts *counts, struct err *err)
{
    struct audit_mark marks[2];
    struct audit_request request = {.marks = marks};

    if (watch) {
        request.data = watch->data;
        request.moved = watch->moved;
        request.arg = watch->arg;
    }
    for (int digest = SEAL_SHA256; request.data && digest <= SEAL_SM3; digest++) {
        bool found;

        if (!keys_mark(request.data, (enum seal_digest)digest, &marks[request.mark_count], &found, err))
            return false;
        request.mark_count += found;
    }
    return ledger_audit(sql, &request, counts, err);
}

bool city_check(struct sql *sql, const struct city_watch *watch, struct city_counts *counts, struct err *err)
{
    struct walk walk = {.sql = sql, .watch = watch, .counts = counts};
    struct audit_counts audit = {.leaves = 0};
    bool ok;

    *counts = (struct city_counts){0};
    arena_init(&walk.arenas[0]);
    arena_init(&walk.arenas[1]);
    ok = log_check(sql, watch, &audit, err);
    counts->leaves = audit.leaves;
    ok = ok && told(&walk, err);
    for (size_t k = 0; ok && k < KIND_END; k++) {
        walk.kind = kind_get((enum kind_id)k);
        ok = check_kind(&walk, err);
    }
    ok = ok && check_leaves(&walk, err) && people_check(sql, &counts->people, err)
         && feedback_check(sql, &counts->feedback, err) && audit_samples_check(sql, &counts->samples, err)
         && attachment_check(sql, &counts->attachments, err);
    arena_release(&walk.arenas[0]);
    arena_release(&walk.arenas[1]);
    return ok;
}
