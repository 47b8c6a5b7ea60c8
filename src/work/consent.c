/* Consents to an asset pack: the table of their sort, and what is looked at and taken under them. */
#include "work/consent.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "record/party.h"
#include "seal/seal.h"
#include "work/matter_int.h"

static char *between_text;

void consent_start(void)
{
    if (!between_text)
        between_text = record_select(&kind_consent, "owner = ?1 AND bank = ?2 AND state = 'given' AND to_leaf IS NULL ORDER BY id DESC LIMIT 1");
}

/* --- does it stand? --- */

bool consent_stands(const struct record *consent, int32_t today)
{
    return slice_is(matter_text(consent, MATTER_STATE), "given") && matter_day(consent, CONSENT_UNTIL) >= today;
}

bool consent_open(const struct record *consent, int32_t today, struct err *err)
{
    bool revoked = slice_is(matter_text(consent, MATTER_STATE), "revoked");
    struct slice day = matter_text(consent, revoked ? CONSENT_REVOKED_ON : CONSENT_UNTIL);

    if (consent_stands(consent, today))
        return true;
    if (!revoked)
        err_set(err, ERR_CONFLICT, "企业的授权已于 %.*s 到期，资产包不再打开", (int)day.len, day.at);
    else
        err_set(err, ERR_CONFLICT, "企业已于 %.*s 撤回授权，资产包不再打开", (int)day.len, day.at);
    return err_hint(err, "此前取走的尽调包仍列在授权里；要再看，请企业重新授权");
}

bool consent_between(struct sql *sql, int64_t firm, int64_t bank, int32_t today, struct arena *arena, struct record *consent, bool *found,
                     struct err *err)
{
    size_t count;

    if (!record_rows(sql, &kind_consent, between_text, SQL_ARGS(sql_int(firm), sql_int(bank)), 1, arena, consent, &count, err))
        return false;
    *found = count && consent_stands(consent, today);
    return true;
}

/* --- taking the pack --- */

static bool leaves(struct sql *sql, int64_t *count, struct err *err)
{
    bool found;

    return sql_one(sql, "SELECT next FROM ledger_head WHERE id = 1", SQL_NO_ARGS, count, &found, err);
}

/* Everything of the entry but which loan it is for. */
static bool pack_make(struct matter_draft *draft, const struct record *consent, struct record *entry, struct err *err)
{
    struct pack_want want = {.firm = consent->owner, .parts = matter_text(consent, CONSENT_PARTS), .today = draft->today};
    struct slice bytes;
    int64_t leaf;
    json_t *made;

    if (!leaves(draft->sql, &leaf, err) || !asset_pack_build(draft->sql, draft->order->law, &want, draft->arena, &made, err))
        return false;
    bytes = asset_pack_bytes(made, draft->arena);
    *entry = (struct record){.kind = &kind_pack, .owner = consent->owner};
    matter_set_number(entry, PACK_LEAF, leaf);
    matter_set_text(entry, PACK_DIGEST, asset_pack_digest(bytes, draft->arena));
    matter_set_number(entry, PACK_FACTS, json_integer_value(json_object_get(made, "lines")));
    matter_set_number(entry, PACK_STALE, json_integer_value(json_object_get(made, "stale")));
    matter_set_text(entry, PACK_CONTENT, bytes);
    json_decref(made);
    return true;
}

bool consent_take(struct matter_draft *draft, const struct record *consent, int64_t loan, int64_t *pack, struct err *err)
{
    struct record entry;
    const struct record *kept;
    bool found;

    if (!consent_open(consent, draft->today, err) || !pack_make(draft, consent, &entry, err)
        || !sql_one(draft->sql, "SELECT id FROM pack WHERE matter = ?1 AND digest = ?2 AND to_leaf IS NULL",
                    SQL_ARGS(sql_int(consent->id), sql_text(matter_text(&entry, PACK_DIGEST))), pack, &found, err))
        return false;
    if (found)
        return true;
    if (loan)
        matter_set_number(&entry, PACK_LOAN, loan);
    kept = matter_also_entry(draft, &entry, consent->id, err);
    *pack = kept ? kept->id : 0;
    return kept != NULL;
}

/* --- steps --- */

static bool until_check(struct matter_draft *draft, struct err *err)
{
    int32_t until = matter_day(&draft->matter, CONSENT_UNTIL);
    int32_t last = calendar_after(draft->order->law->calendar, draft->today, CALENDAR_MONTHS, CONSENT_MONTHS, NULL);

    if (until < draft->today)
        return MATTER_WRONG(err, &kind_consent, CONSENT_UNTIL, "有效期已经过去");
    if (until > last)
        return MATTER_WRONG(err, &kind_consent, CONSENT_UNTIL, "授权最长 %d 个月", CONSENT_MONTHS)
               || err_hint(err, "到期可以再授权");
    return true;
}

/* A list shows titles alone: until when it holds is among them. */
static void title_set(struct matter_draft *draft)
{
    struct slice bank = record_title(draft->sql, &kind_party, matter_number(&draft->matter, CONSENT_BANK), draft->arena);
    struct slice until = matter_text(&draft->matter, CONSENT_UNTIL);

    matter_set_text(&draft->matter, MATTER_TITLE,
                    slice_of(arena_print(draft->arena, "资产包授权：%.*s（至 %.*s）", (int)bank.len, bank.at, (int)until.len, until.at)));
}

/* Of two that stand a loan would not know which is its own. */
static bool only_one(struct matter_draft *draft, struct err *err)
{
    struct record other;
    bool found;

    if (!consent_between(draft->sql, draft->matter.owner, matter_number(&draft->matter, CONSENT_BANK), draft->today, draft->arena, &other, &found, err))
        return false;
    if (found && other.id != draft->matter.id)
        return MATTER_WRONG(err, &kind_consent, CONSENT_BANK, "对这家机构已有一份有效的授权")
               || err_hint(err, "请打开原来的授权，改内容或有效期");
    return true;
}

static bool check_give(struct matter_draft *draft, struct err *err)
{
    int64_t bank = matter_number(&draft->matter, CONSENT_BANK);
    struct record party;

    if (!until_check(draft, err) || !record_get(draft->sql, &kind_party, bank, draft->arena, &party, err))
        return false;
    if (bank == draft->matter.owner || !slice_is(matter_text(&party, PARTY_SIDE), "finance"))
        return MATTER_WRONG(err, &kind_consent, CONSENT_BANK, "只能授权给银行等金融机构");
    if (!only_one(draft, err))
        return false;
    title_set(draft);
    return true;
}

static bool check_change(struct matter_draft *draft, struct err *err)
{
    if (!until_check(draft, err) || !only_one(draft, err))
        return false;
    title_set(draft);
    return true;
}

static bool check_revoke(struct matter_draft *draft, struct err *err)
{
    (void)err;
    matter_set_day(&draft->matter, CONSENT_REVOKED_ON, draft->today, draft->arena);
    return true;
}

static bool check_take(struct matter_draft *draft, struct err *err)
{
    int64_t pack;

    return consent_take(draft, &draft->was, 0, &pack, err);
}

static bool fill_change(struct matter_draft *draft, struct slice typed[FIELDS_MAX], struct err *err)
{
    static const size_t fields[] = {CONSENT_PARTS, CONSENT_PURPOSE, CONSENT_UNTIL};

    (void)err;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        typed[fields[i]] = field_show(&kind_consent.fields[fields[i]], &draft->matter.values[fields[i]], draft->arena);
    return true;
}

static const struct matter_side sides[] = {
    [CONSENT_FIRM] = {"firm", "企业", "Firm", SIDE_OWNER},
    [CONSENT_BY_BANK] = {"bank", "银行", "Bank", CONSENT_BANK},
};
static const struct matter_state states[] = {
    [CONSENT_GIVEN] = {"given", "有效", "In force", 0, 0, NULL, false, CONSENT_UNTIL, CONSENT_EXPIRED},
    [CONSENT_EXPIRED] = {"expired", "已到期", "Expired", 0, 0, NULL, true},
    [CONSENT_REVOKED] = {"revoked", "已撤回", "Withdrawn", 0, 0, NULL, true},
};
static const struct matter_step steps[] = {
    {"give", "授权", "Give", N_("写明给谁看、看什么、做什么用、到哪一天；随时可以撤回"), MATTER_NEW, CONSENT_GIVEN, SIDE(CONSENT_FIRM),
     "bank parts purpose until_day", .check = check_give},
    {"take", "取尽调包", "Take the pack", N_("照授权的范围取一份此刻的资产包，PDF 和 Excel；谁在什么时候取的会留下记录，企业看得到"), STATE(CONSENT_GIVEN),
     MATTER_SAME, SIDE(CONSENT_BY_BANK), NULL, .check = check_take},
    {"change", "改授权", "Change", N_("改能看的内容、用途和有效期；已到期的改有效期就是续期"), STATE(CONSENT_GIVEN) | STATE(CONSENT_EXPIRED), CONSENT_GIVEN, SIDE(CONSENT_FIRM), "parts purpose until_day",
     .check = check_change, .fill = fill_change},
    {"revoke", "撤回授权", "Withdraw", N_("资产包立刻对银行关闭；此前取走的仍列在这里"), STATE(CONSENT_GIVEN), CONSENT_REVOKED, SIDE(CONSENT_FIRM), "why",
     .seldom = "why", .check = check_revoke},
};
static const struct kind *const entries[] = {&kind_pack};

/* What is in a pack is shown by its own page, which logs the look. */
static unsigned seen_by(const struct kind *kind, size_t field)
{
    return kind == &kind_pack && field == PACK_CONTENT ? 0 : SIDE(CONSENT_FIRM) | SIDE(CONSENT_BY_BANK);
}

const struct matter_sort sort_consent = {
    .kind = &kind_consent,
    .about = N_("企业授权银行查看资产包：看什么、做什么用、到哪一天。每次打开都记在账本上，企业看得到；随时可以撤回，撤回后立刻关闭。"),
    .empty = N_("还没有授权。企业可以给一家银行授权，银行才看得到资产包。"),
    .sides = sides, .side_count = sizeof sides / sizeof *sides, .states = states, .state_count = sizeof states / sizeof *states,
    .steps = steps, .step_count = sizeof steps / sizeof *steps, .entries = entries, .entry_count = sizeof entries / sizeof *entries,
    .seen_by = seen_by,
};

/* --- looking --- */

static const char look_kind[] = "view.pack";

void pack_looking_init(struct pack_looking *looking, const struct actor *actor, int64_t consent, bool file, int64_t time_ms)
{
    *looking = (struct pack_looking){.actor = actor, .consent = consent, .time_ms = time_ms, .file = file};
    snprintf(looking->request_id, sizeof looking->request_id, LEAF_OWN_VIEW "pack-%lld", (long long)ident_next(time_ms));
}

bool pack_look_step(struct sql *sql, void *arg, struct err *err)
{
    const struct pack_looking *looking = arg;
    struct leaf leaf = {.time_ms = looking->time_ms, .object = looking->consent};
    struct record consent;
    struct arena arena;
    bool ok, seen;

    if (!ledger_seen(sql, slice_of(looking->request_id), &seen, err) || seen)
        return seen;
    arena_init(&arena);
    ok = record_get(sql, &kind_consent, looking->consent, &arena, &consent, err) && consent_open(&consent, day_of_ms(looking->time_ms), err);
    arena_release(&arena);
    if (!ok)
        return false;
    memcpy(leaf.actor, looking->actor->pseudonym, LEAF_ACTOR);
    snprintf(leaf.action, sizeof leaf.action, "%s", looking->file ? "pack.file" : "pack.open");
    snprintf(leaf.kind, sizeof leaf.kind, "%s", look_kind);
    snprintf(leaf.request_id, sizeof leaf.request_id, "%s", looking->request_id);
    leaf_root(NULL, 0, leaf.root);
    return ledger_append(sql, &leaf, err);
}

static bool opening_read(const struct sql_rows *rows, struct pack_opening *opening, struct err *err)
{
    struct leaf leaf;

    if (!leaf_read(sql_slice(rows, 1), &leaf, err))
        return false;
    *opening = (struct pack_opening){.leaf = sql_number(rows, 0), .time_ms = leaf.time_ms, .file = strcmp(leaf.action, "pack.file") == 0};
    memcpy(opening->actor, leaf.actor, LEAF_ACTOR);
    return true;
}

/* Names are looked up behind the list: at most a few dozen people of one bank. */
static bool names_find(struct sql *sql, int64_t bank, struct arena *arena, struct pack_opening *list, size_t count, struct err *err)
{
    struct sql_rows rows;

    for (size_t i = 0; i < count; i++) {
        list[i].who = SLICE("");
        if (!sql_rows(sql, "SELECT name FROM account WHERE party = ?1 AND pseudonym = ?2 AND to_leaf IS NULL",
                      SQL_ARGS(sql_int(bank), sql_bytes(list[i].actor, LEAF_ACTOR)), &rows, err))
            return false;
        if (sql_next(&rows))
            list[i].who = arena_copy(arena, sql_slice(&rows, 0));
        if (!sql_done(&rows, err))
            return false;
    }
    return true;
}

bool pack_openings(struct sql *sql, const struct record *consent, struct arena *arena, struct pack_opening *list, size_t most, size_t *count,
                   struct err *err)
{
    struct sql_rows rows;
    struct err later;
    bool ok = true;

    *count = 0;
    if (!sql_rows(sql, "SELECT leaf_index, bytes FROM ledger WHERE kind = 'view.pack' AND object = ?1 ORDER BY leaf_index DESC LIMIT ?2",
                  SQL_ARGS(sql_int(consent->id), sql_int((int64_t)most)), &rows, err))
        return false;
    while (ok && *count < most && sql_next(&rows)) {
        ok = opening_read(&rows, &list[*count], err);
        *count += ok;
    }
    return sql_done(&rows, ok ? err : &later) && ok && names_find(sql, matter_number(consent, CONSENT_BANK), arena, list, *count, err);
}
