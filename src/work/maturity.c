#include "work/maturity.h"

#include "record/achievement.h"

const struct record *entry_newest(const struct matter_draft *draft, const struct kind *kind)
{
    const struct matter_file *file = draft->file;

    for (size_t k = 0; k < file->sort->entry_count; k++)
        if (file->sort->entries[k] == kind && file->counts[k])
            return &file->entries[k][file->counts[k] - 1];
    return NULL;
}

bool evidence_fits(const struct matter_draft *draft, int64_t before, struct err *err)
{
    const struct record *entry = &draft->entry;
    bool failed = slice_is(matter_text(entry, EVIDENCE_OUTCOME), "failed"), proved = matter_known(entry, EVIDENCE_PROVED);

    if (slice_is(matter_text(entry, EVIDENCE_OUTCOME), "reached") && !proved)
        return MATTER_WRONG(err, &kind_trl_evidence, EVIDENCE_PROVED, "达到的要写证明到第几级");
    if (failed && proved)
        return MATTER_WRONG(err, &kind_trl_evidence, EVIDENCE_PROVED, "没有达到的，这里不填");
    return !proved || matter_number(entry, EVIDENCE_PROVED) >= before
           || MATTER_WRONG(err, &kind_trl_evidence, EVIDENCE_PROVED, "此前已是 TRL %lld", (long long)before);
}

void evidence_about(struct matter_draft *draft, int64_t achievement, int64_t before)
{
    if (achievement)
        matter_set_number(&draft->entry, EVIDENCE_ACHIEVEMENT, achievement);
    if (before)
        matter_set_number(&draft->entry, EVIDENCE_BEFORE, before);
}

bool evidence_confirm(struct matter_draft *draft, struct err *err)
{
    const struct record *prior = entry_newest(draft, &kind_trl_evidence);
    struct record next;

    if (!prior)
        return err_set(err, ERR_INVALID, "还没有结果");
    next = *prior;
    matter_set_day(&next, EVIDENCE_CONFIRMED_ON, draft->today, draft->arena);
    return matter_also(draft, &next, prior, err) != NULL;
}

bool evidence_open(const struct record *entry)
{
    return matter_known(entry, EVIDENCE_CONFIRMED_ON) && matter_known(entry, EVIDENCE_PROVED) && matter_known(entry, EVIDENCE_ACHIEVEMENT)
           && !matter_known(entry, EVIDENCE_WRITTEN);
}

static bool achievement_raise(struct matter_draft *draft, int64_t owner, int64_t trl, struct err *err)
{
    struct record *prior = arena_zero(draft->arena, 1, sizeof *prior), next;

    if (!record_get(draft->sql, &kind_achievement, matter_number(draft->entry_was, EVIDENCE_ACHIEVEMENT), draft->arena, prior, err))
        return false;
    if (prior->owner != owner)
        return err_set(err, ERR_INVALID, "这项成果已经换了权利方") || err_hint(err, "请现在的权利方在成果页修改");
    if (matter_number(prior, ACHIEVEMENT_TRL) >= trl)
        return MATTER_WRONG(err, &kind_trl_evidence, EVIDENCE_WRITTEN, "成果已经是 TRL %lld", (long long)matter_number(prior, ACHIEVEMENT_TRL));
    next = *prior;
    matter_set_number(&next, ACHIEVEMENT_TRL, trl);
    next.author = draft->order->actor->account;
    return matter_also(draft, &next, prior, err) != NULL;
}

bool evidence_write_back(struct matter_draft *draft, int64_t owner, struct err *err)
{
    int64_t trl = matter_number(&draft->entry, EVIDENCE_WRITTEN), proved = matter_number(draft->entry_was, EVIDENCE_PROVED);

    if (trl > proved)
        return MATTER_WRONG(err, &kind_trl_evidence, EVIDENCE_WRITTEN, "结果只证明到 TRL %lld", (long long)proved);
    matter_set_day(&draft->entry, EVIDENCE_WRITTEN_ON, draft->today, draft->arena);
    return achievement_raise(draft, owner, trl, err);
}
