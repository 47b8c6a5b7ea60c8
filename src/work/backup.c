#include "work/backup.h"

#include <sys/stat.h>

#include "ledger/ledger.h"
#include "work/backup_int.h"

#define TABLE(name) {name, "SELECT count(*) FROM " name}

const struct backup_table backup_tables[] = {
    TABLE("account"), TABLE("achievement"), TABLE("action"), TABLE("action_change"), TABLE("alliance"),
    TABLE("alliance_money"), TABLE("approval"), TABLE("attachment"), TABLE("audit_sample"), TABLE("award"),
    TABLE("bid"), TABLE("bill"), TABLE("booking"), TABLE("branch"), TABLE("bundle"), TABLE("bundle_part"),
    TABLE("capability"), TABLE("career"), TABLE("case_work"), TABLE("challenge"), TABLE("checkpoint"), TABLE("claim"),
    TABLE("claim_pool"), TABLE("clearance"), TABLE("commission"), TABLE("consent"), TABLE("consult_agenda"),
    TABLE("consult_seat"), TABLE("consult_topic"), TABLE("consult_visit"), TABLE("consultation"), TABLE("contact"),
    TABLE("content"), TABLE("content_part"), TABLE("contract"), TABLE("cost"), TABLE("counted_receipt"),
    TABLE("cover"), TABLE("cursor"), TABLE("custody"), TABLE("deal"), TABLE("deal_due"), TABLE("deal_stand"),
    TABLE("delivery"), TABLE("demand"), TABLE("draft"), TABLE("drawdown"), TABLE("duty_report"), TABLE("facet"),
    TABLE("facet_set"), TABLE("facet_tally"), TABLE("fact"), TABLE("fair"), TABLE("fair_guest"), TABLE("fair_item"),
    TABLE("feed"), TABLE("feedback"), TABLE("field_count"), TABLE("filing"), TABLE("finding"), TABLE("fit"),
    TABLE("guide"), TABLE("handover"), TABLE("harvest_item"), TABLE("harvest_kind"), TABLE("harvest_set"),
    TABLE("harvest_state"), TABLE("inbox"), TABLE("indicator"), TABLE("indicator_row"), TABLE("indicator_sum"),
    TABLE("industrial"), TABLE("instalment"), TABLE("interest"),
    TABLE("introduction"), TABLE("job"), TABLE("joint_project"), TABLE("joint_result"), TABLE("lease"),
    TABLE("ledger"), TABLE("ledger_head"), TABLE("loan"), TABLE("mech_meeting"), TABLE("mech_member"),
    TABLE("mech_round"), TABLE("mechanism"), TABLE("meeting"), TABLE("meeting_answer"), TABLE("membership"),
    TABLE("milestone"), TABLE("money_flow"), TABLE("moved"), TABLE("nda"), TABLE("need"), TABLE("need_care"),
    TABLE("need_test"), TABLE("notice"), TABLE("objection"), TABLE("opinion"), TABLE("opinion_assist"),
    TABLE("opinion_cosign"), TABLE("opinion_merge"), TABLE("opinion_object"), TABLE("opinion_reply"),
    TABLE("opinion_urge"), TABLE("order_payment"), TABLE("pack"), TABLE("party"), TABLE("password"),
    TABLE("past_award"), TABLE("past_deal"), TABLE("past_receipt"), TABLE("patent"), TABLE("permit"), TABLE("person"),
    TABLE("pilot_job"), TABLE("policy"), TABLE("pool"), TABLE("pool_bank"), TABLE("pool_entry"),
    TABLE("pool_payment"), TABLE("pool_review"), TABLE("post_service"), TABLE("prefiling"), TABLE("profit"),
    TABLE("programme"), TABLE("project"), TABLE("project_result"), TABLE("proposal"), TABLE("protest"),
    TABLE("receipt"), TABLE("recovery"), TABLE("reform"), TABLE("reform_report"), TABLE("reform_verdict"),
    TABLE("registration"), TABLE("remark"), TABLE("reminder"), TABLE("repaid"), TABLE("repayment"),
    TABLE("reward_claim"), TABLE("role_grant"), TABLE("ruling"), TABLE("scenario"), TABLE("schema_version"),
    TABLE("service"), TABLE("service_order"), TABLE("session"), TABLE("settlement"), TABLE("shared_right"),
    TABLE("sign_in"), TABLE("signal"), TABLE("space_service"), TABLE("staging"), TABLE("stake"), TABLE("stake_check"),
    TABLE("stake_mark"), TABLE("stake_round"), TABLE("stamp"), TABLE("statement"), TABLE("talent_post"),
    TABLE("talk"), TABLE("target"), TABLE("target_change"), TABLE("tariff"), TABLE("task"), TABLE("task_extension"),
    TABLE("task_objection"), TABLE("task_part"), TABLE("task_progress"), TABLE("task_report"), TABLE("task_transfer"),
    TABLE("task_urge"), TABLE("tenancy"), TABLE("test_item"), TABLE("title"), TABLE("trial"), TABLE("trial_aim"),
    TABLE("trial_reading"), TABLE("trial_run"), TABLE("trl_evidence"), TABLE("try_licence"), TABLE("try_mark"),
    TABLE("valuation"), TABLE("voucher"), TABLE("voucher_use"), TABLE("work_proof"),
};
enum { TABLES = sizeof backup_tables / sizeof *backup_tables };
const size_t backup_table_count = TABLES;

struct making {
    struct store *store;
    const struct backup_request *request;
    const char *label;
    struct backup_place place;
    int64_t rows[TABLES]; /* in the source, at the moment of the copy */
};

static bool moved(void *arg, int64_t done, int64_t total)
{
    const struct making *making = arg;
    const struct backup_request *request = making->request;

    return !request->moved || request->moved(request->arg, making->label, done, total);
}

/* --- the copy --- */

static bool rows_count(struct sql *sql, int64_t rows[TABLES], struct err *err)
{
    bool found;

    for (size_t i = 0; i < TABLES; i++)
        if (!sql_one(sql, backup_tables[i].count, SQL_NO_ARGS, &rows[i], &found, err))
            return false;
    return true;
}

static bool copy(struct making *making, struct err *err)
{
    struct sql *sql;
    bool ok;

    making->label = "备份";
    if (!store_read(making->store, &sql, err))
        return false;
    ok = store_copy(sql, making->place.part, moved, making, err) && rows_count(sql, making->rows, err);
    store_read_end(making->store, sql);
    return ok;
}

/* --- reading it back --- */

static bool rows_same(struct sql *sql, const struct making *making, struct err *err)
{
    int64_t rows[TABLES];

    if (!rows_count(sql, rows, err))
        return false;
    for (size_t i = 0; i < TABLES; i++)
        if (rows[i] != making->rows[i])
            return err_set(err, ERR_CORRUPT, "表 %s 在备份里有 %lld 行，应有 %lld 行", backup_tables[i].name,
                           (long long)rows[i], (long long)making->rows[i]);
    return true;
}

/* Whether the copy was written badly or the source is bad: either way it is no backup. */
static bool no_backup(struct err *err)
{
    struct err why = *err;

    if (why.code == ERR_BUSY)
        return false;
    err_set(err, ERR_CORRUPT, "备份读回来不对，没有留下：%.300s", why.message);
    return err_hint(err, "换一个目录或磁盘再备份，并用 tieqiao check 核对原来的数据");
}

static bool read_back(struct making *making, struct city_counts *counts, struct err *err)
{
    struct city_watch watch = {.moved = moved, .arg = making};
    struct store *store;
    struct sql *sql;
    bool ok;

    making->label = "核对";
    if (!moved(making, 0, 1))
        return err_set(err, ERR_BUSY, "备份没有做完就停下了");
    if (!store_look(making->place.part, &store, err))
        return false;
    ok = store_read(store, &sql, err);
    if (ok) {
#ifndef TQ_TEETH_BACKUP_VERIFY
        ok = store_sound(sql, moved, making, err) && rows_same(sql, making, err) && city_check(sql, &watch, counts, err);
#else
        (void)rows_same, (void)watch, (void)counts;
#endif
        store_read_end(store, sql);
    }
    store_close(store);
    return ok;
}

static bool verify(struct making *making, struct city_counts *counts, struct err *err)
{
    return read_back(making, counts, err) || no_backup(err);
}

/* --- the whole --- */

static void describe(const struct making *making, struct backup_made *made)
{
    struct stat file, data;

    snprintf(made->path, sizeof made->path, "%.3800s/%.255s", making->place.folder, making->place.name);
    if (stat(made->path, &file) != 0)
        return;
    made->bytes = file.st_size;
    made->same_disk = stat(making->request->data, &data) == 0 && data.st_dev == file.st_dev;
}

static bool make(struct making *making, struct backup_made *made, struct err *err)
{
    if (copy(making, err) && verify(making, &made->counts, err) && backup_part_publish(&making->place, err))
        return true;
    backup_part_drop(&making->place);
    return false;
}

bool backup_make(struct store *store, const struct backup_request *request, struct backup_made *made, struct err *err)
{
    struct making making = {.store = store, .request = request};

    *made = (struct backup_made){.bytes = 0};
    if (!store_copies(store, err) || !backup_place_find(request, &making.place, err)
        || !backup_part_make(&making.place, err) || !make(&making, made, err))
        return false;
    describe(&making, made);
    if (request->keep > 0)
        made->dropped = backup_rotate(&making.place, request->keep);
    return true;
}
