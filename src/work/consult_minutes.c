#include "work/consult_minutes.h"

#include "base/clock.h"
#include "ledger/ledger.h"
#include "paper/paper.h"
#include "record/choice.h"

enum { TOPICS = 0, SEATS = 1 };

static const struct paper_cell head[] = {{"时间", NULL, 1, false, NULL}, {"地点", NULL, 1, false, NULL}, {"主持", NULL, 1, false, NULL}, {"参加", NULL, 1, false, NULL}};
static const struct paper_cell said[] = {{"次序", NULL, 4, false, NULL}, {"类别", NULL, 8, false, NULL}, {"谁", NULL, 12, false, NULL}, {"内容", NULL, 44, false, NULL}};
static const struct paper_cell asked[] = {{"编号", NULL, 4, false, NULL}, {"委员", NULL, 10, false, NULL}, {"意见", NULL, 30, false, NULL}, {"办到哪一步", NULL, 14, false, NULL}};

static const struct paper_block blocks[] = {
    {PAPER_FACTS, NULL, NULL, NULL, head, sizeof head / sizeof *head},
    {PAPER_HEADING, "一、议题", NULL, NULL, NULL, 0},
    {PAPER_TEXT, "{{问题}}", NULL, NULL, NULL, 0},
    {PAPER_TEXT, "{{议题}}", "议题", NULL, NULL, 0},
    {PAPER_HEADING, "二、发言、回应和交办", NULL, NULL, NULL, 0},
    {PAPER_TABLE, NULL, NULL, "现场", said, sizeof said / sizeof *said},
    {PAPER_HEADING, "三、意见建议", NULL, NULL, NULL, 0},
    {PAPER_TABLE, NULL, NULL, "意见", asked, sizeof asked / sizeof *asked},
    {PAPER_NOTE, "本纪要由系统按现场记录生成，领导的话经核校后列入；截至账本第 {{账本}} 条。", NULL, NULL, NULL, 0},
    {PAPER_SIGN, "{{主办}}", NULL, NULL, NULL, 0},
    {PAPER_SIGN, "{{日期}}", NULL, NULL, NULL, 0},
};

static const struct paper_form form = {"minutes", "协商座谈纪要", "Minutes of the consultation", false, false, blocks, sizeof blocks / sizeof *blocks};

static struct slice label_of(const char *list, struct slice code)
{
    const struct choice *choice = choice_find(choice_list_get(list), code);

    return choice ? slice_of(choice->label) : SLICE("");
}

static void head_fill(struct sql *sql, const struct matter_file *session, struct paper_fill *fill)
{
    struct arena *arena = fill->values.arena;
    const char *members = "", *topics = "";

    for (size_t i = 0; i < session->counts[SEATS]; i++) {
        struct slice name = record_title(sql, &kind_person, matter_number(&session->entries[SEATS][i], SEAT_PERSON), arena);

        if (!matter_known(&session->entries[SEATS][i], SEAT_LEFT_ON))
            members = arena_print(arena, "%s%s%.*s", members, *members ? "、" : "", (int)name.len, name.at);
    }
    for (size_t i = 0; i < session->counts[TOPICS]; i++) {
        struct slice name = matter_text(&session->entries[TOPICS][i], TOPIC_NAME);

        topics = arena_print(arena, "%s%s%.*s", topics, *topics ? "；" : "", (int)name.len, name.at);
    }
    fill_day(&fill->values, "时间", matter_day(&session->matter, CONSULT_DAY));
    fill_put(&fill->values, "地点", matter_text(&session->matter, CONSULT_PLACE));
    fill_put(&fill->values, "主持", matter_text(&session->matter, CONSULT_HOST));
    fill_put(&fill->values, "参加", slice_of(members));
    fill_put(&fill->values, "问题", matter_text(&session->matter, CONSULT_QUESTION));
    fill_put(&fill->values, "议题", slice_of(topics));
    fill_put(&fill->values, "主办", record_title(sql, &kind_party, session->matter.owner, arena));
    fill_day(&fill->values, "日期", session->today);
}

static bool remarks_fill(struct sql *sql, const struct matter_file *session, struct paper_fill *fill, struct err *err)
{
    struct record *list;
    size_t count;

    if (!consult_remarks(sql, session->matter.id, false, CONSULT_REMARKS, fill->values.arena, &list, &count, err))
        return false;
    for (size_t i = count; i-- > 0;) {
        struct paper_values *row = fill_row(fill, "现场");

        fill_print(row, "次序", "%lld", (long long)matter_number(&list[i], REMARK_NO));
        fill_put(row, "类别", label_of("remark_sort", matter_text(&list[i], REMARK_SORT)));
        fill_put(row, "谁", matter_text(&list[i], REMARK_SPEAKER));
        fill_put(row, "内容", matter_text(&list[i], REMARK_TEXT));
    }
    return true;
}

static bool opinions_fill(struct sql *sql, const struct matter_file *session, struct paper_fill *fill, struct err *err)
{
    struct record *list;
    size_t count;

    if (!consult_opinions(sql, session->matter.id, fill->values.arena, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct matter_state *state = matter_state_of(&sort_opinion, &list[i]);
        struct paper_values *row;

        if (!state || state == &sort_opinion.states[OPINION_WITHDRAWN] || state == &sort_opinion.states[OPINION_DECLINED])
            continue;
        row = fill_row(fill, "意见");
        fill_print(row, "编号", "%lld", (long long)matter_number(&list[i], OPINION_NO));
        fill_put(row, "委员", record_title(sql, &kind_person, matter_number(&list[i], OPINION_MEMBER), fill->values.arena));
        fill_put(row, "意见", matter_text(&list[i], OPINION_SUBJECT));
        fill_put(row, "办到哪一步", slice_of(state->label));
    }
    return true;
}

bool consult_minutes(struct sql *sql, const struct matter_file *session, bool docx, const char *path, struct err *err)
{
    struct paper_fill fill;
    struct arena arena;
    uint64_t size = 0;
    bool ok;

    arena_init(&arena);
    fill_init(&fill, &arena);
    head_fill(sql, session, &fill);
    ok = ledger_size(sql, &size, err) && remarks_fill(sql, session, &fill, err) && opinions_fill(sql, session, &fill, err);
    fill_print(&fill.values, "账本", "%llu", (unsigned long long)size);
    ok = ok && (docx ? paper_word(&form, &fill, path, err) : paper_pdf(&form, &fill, path, err));
    arena_release(&arena);
    return ok;
}
