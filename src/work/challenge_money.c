/* Milestones of a challenge: money goes out by cumulated shares, to the fen. */
#include "work/board_int.h"

#include "base/money.h"
#include "record/member.h"

#define WRONG(field, ...) MATTER_WRONG(err, &kind_milestone, field, __VA_ARGS__)

struct release challenge_release(int64_t total, int64_t owner_share, int64_t passed, int64_t before, int64_t owner_before)
{
    int64_t out = money_share(total, passed, SHARE_WHOLE, MONEY_DOWN), owner = money_share(out, owner_share, SHARE_WHOLE, MONEY_DOWN);

    return (struct release){out - before, owner - owner_before, out - before - (owner - owner_before)};
}

struct marks { int64_t planned, passed, of_owner; size_t count, done; };

static struct marks marks_of(const struct matter_file *file)
{
    struct marks marks = {.count = file->counts[0]};

    for (size_t i = 0; i < file->counts[0]; i++) {
        const struct record *mark = &file->entries[0][i];
        bool passed = slice_is(matter_text(mark, MILESTONE_OUTCOME), "passed");

        marks.planned += matter_number(mark, MILESTONE_SHARE);
        marks.passed += passed ? matter_number(mark, MILESTONE_SHARE) : 0;
        marks.of_owner += passed ? matter_number(mark, MILESTONE_OF_OWNER) : 0;
        marks.done += passed;
    }
    return marks;
}

bool challenge_plan(struct matter_draft *draft, struct err *err)
{
    struct marks marks = marks_of(draft->file);
    int64_t left = SHARE_WHOLE - marks.planned;

    if (matter_number(&draft->entry, MILESTONE_SHARE) > left)
        return WRONG(MILESTONE_SHARE, N_("各项合计不能超过 100%%，还剩 %lld.%02lld%%"), (long long)(left / 100), (long long)(left % 100));
    return matter_day(&draft->entry, MILESTONE_BY) > matter_day(&draft->matter, CHALLENGE_SIGNED_ON) || WRONG(MILESTONE_BY, N_("应完成日要在签约之后"));
}

/* New evidence is judged anew. */
bool challenge_evidence(struct matter_draft *draft, struct err *err)
{
    (void)err;
    for (size_t i = MILESTONE_OPINION; i <= MILESTONE_JUDGED_ON; i++)
        draft->entry.values[i] = (struct value){0};
    return true;
}

static void judge(struct matter_draft *draft, const char *outcome)
{
    matter_set_text(&draft->entry, MILESTONE_OUTCOME, slice_of(outcome));
    matter_set_day(&draft->entry, MILESTONE_JUDGED_ON, draft->today, draft->arena);
}

bool challenge_pass(struct matter_draft *draft, struct err *err)
{
    struct record *matter = &draft->matter, *mark = &draft->entry;
    struct marks marks = marks_of(draft->file);
    int64_t before = matter_number(matter, CHALLENGE_RELEASED);
    struct release release = challenge_release(matter_number(matter, CHALLENGE_TOTAL), matter_number(matter, CHALLENGE_SHARE),
                                               marks.passed + matter_number(mark, MILESTONE_SHARE), before, marks.of_owner);

    if (marks.planned != SHARE_WHOLE)
        return err_set(err, ERR_CONFLICT, "里程碑的拨付比例合计还不是 100%%") || err_hint(err, "先用“定里程碑”补齐，再拨付");
    judge(draft, "passed");
    matter_set_number(mark, MILESTONE_RELEASED, release.released);
    matter_set_number(mark, MILESTONE_OF_OWNER, release.of_owner);
    matter_set_number(mark, MILESTONE_OF_PUBLIC, release.of_public);
    matter_set_number(matter, CHALLENGE_RELEASED, before + release.released);
    return true;
}

bool challenge_miss(struct matter_draft *draft, struct err *err)
{
    (void)err;
    judge(draft, "failed");
    return true;
}

bool challenge_deliver(struct matter_draft *draft, struct err *err)
{
    struct marks marks = marks_of(draft->file);

    return (marks.count && marks.done == marks.count) || err_set(err, ERR_CONFLICT, "还有里程碑没有达到，不能请求验收")
           || err_hint(err, "%zu 个里程碑，达到了 %zu 个", marks.count, marks.done);
}

bool challenge_accept(struct matter_draft *draft, struct err *err)
{
    (void)err;
    matter_set_day(&draft->matter, CHALLENGE_ACCEPTED_ON, draft->today, draft->arena);
    return true;
}
