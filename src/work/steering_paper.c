/* 本周调度单 and 催办函 as files. */
#include "work/steering_int.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "paper/paper.h"

#define CELLS(list) .cells = list, .count = sizeof(list) / sizeof *(list)

/* In characters: with these a row takes two lines at most, and twenty of them one page. */
enum { TITLE_SHOWN = 24, HOLDER_SHOWN = 18, LIMIT_SHOWN = 15 };

static const struct paper_cell columns[] = {{"灯", .width = 3}, {"事项", .width = 14}, {"谁手里", .width = 10}, {"几天", .width = 4}, {"到期", .width = 6},
                                            {"依据", .width = 9}};

static const struct paper_block weekly_blocks[] = {
    {PAPER_TEXT, "{{周一}}起的一周，{{编制}}。红灯 {{红}} 件，黄灯 {{黄}} 件，绿灯 {{绿}} 件。"},
    {PAPER_TABLE, .rows = "红黄", CELLS(columns)},
    {PAPER_NOTE, "没有红灯，也没有黄灯。", .when = "没有"},
    {PAPER_NOTE, "另有红灯、黄灯 {{其余}} 件，在系统的“调度台”里。", .when = "其余"},
    {PAPER_NOTE, "件数多，有的没有读到；“调度台”里点开各清单看全部。", .when = "未完"},
    {PAPER_NOTE, "红灯：期限已过；黄灯：五个工作日内到期（当天也算），或者没有期限而停了三十天以上。五个工作日和三十天是本平台约定，各件的期限按“依据”一栏。"},
};

static const struct paper_form weekly_form = {"steering_weekly", "本周调度单", "This week's steering sheet", .blocks = weekly_blocks,
                                              .count = sizeof weekly_blocks / sizeof *weekly_blocks, .dense = true};

static const struct paper_block letter_blocks[] = {
    {PAPER_TEXT, "{{致}}："},
    {PAPER_TEXT, "“{{事项}}”（{{种类}}，编号 {{编号}}）现在轮到贵方办理（{{环节}}）。"},
    {PAPER_TEXT, "这一件自 {{自}} 起在贵方，至今 {{天数}} 天。", .when = "自"},
    {PAPER_TEXT, "应于 {{到期}} 以前办结，已超期 {{超期}} 天。", .when = "超期"},
    {PAPER_TEXT, "应于 {{到期}} 以前办结，期限将满。", .when = "将满"},
    {PAPER_TEXT, "这一件没有定期限。", .when = "无期"},
    {PAPER_TEXT, "依据：{{依据}}。", .when = "依据"},
    {PAPER_TEXT, "请于收到后三个工作日内办结，或者在这一件的页面上写明卡在哪里、需要谁配合、哪一天办完。"},
    {PAPER_TEXT, "页面：{{网址}}"},
    {PAPER_SIGN, "{{发函}}\n{{日期}}"},
    {PAPER_NOTE, "“三个工作日”是本平台约定，不是法定期限；这一件的期限以所列依据为准。"},
};

static const struct paper_form letter_form = {"steering_letter", "催办函", "Reminder", .letter = true, .blocks = letter_blocks,
                                              .count = sizeof letter_blocks / sizeof *letter_blocks};

int32_t steering_monday(int32_t day)
{
    int32_t behind = (day + 3) % 7; /* day 0 was a Thursday */

    return day - (behind < 0 ? behind + 7 : behind);
}

/* Cut short with an ellipsis. */
static struct slice shortened(struct slice text, size_t most, struct arena *arena)
{
    struct slice head = utf8_head(text, most - 1);

    return utf8_count(text) <= most ? text : slice_of(arena_print(arena, "%.*s…", (int)head.len, head.at));
}

static const char *holder(const struct held *held, struct arena *arena)
{
    if (!held->holder.len)
        return held->turn;
    if (held->kind != &kind_deal)
        return arena_text(arena, held->holder);
    return held->outside ? arena_print(arena, "%s（%.*s的项目）", held->turn, (int)held->holder.len, held->holder.at)
                         : arena_print(arena, "%.*s（%s）", (int)held->holder.len, held->holder.at, held->turn);
}

static const char *due_said(const struct held *held, struct arena *arena)
{
    char day[CLOCK_TEXT];

    if (!held->due)
        return "没有定";
    return held->late ? arena_print(arena, "%s 超 %d 天", day_show(held->due, day), held->late) : arena_print(arena, "%s", day_show(held->due, day));
}

static void line_fill(struct paper_fill *fill, const struct held *held)
{
    struct arena *arena = fill->values.arena;
    struct paper_values *row = fill_row(fill, "红黄");

    fill_put(row, "灯", slice_of(held->colour == HELD_RED ? "红" : "黄"));
    fill_put(row, "事项", shortened(held->title.len ? held->title : slice_of(held->kind->label), TITLE_SHOWN, arena));
    fill_put(row, "谁手里", shortened(slice_of(holder(held, arena)), HOLDER_SHOWN, arena));
    if (held->since)
        fill_print(row, "几天", "%d", held->days);
    fill_put(row, "到期", slice_of(due_said(held, arena)));
    fill_put(row, "依据", shortened(held->limit, LIMIT_SHOWN, arena));
}

static void weekly_fill(struct paper_fill *fill, const struct steering *steering, struct slice from, int32_t today)
{
    size_t urgent = (size_t)(steering->counts[HELD_RED] + steering->counts[HELD_AMBER]);

    fill_day(&fill->values, "周一", steering_monday(today));
    fill_put(&fill->values, "编制", from.len ? slice_of(arena_print(fill->values.arena, "%.*s编", (int)from.len, from.at)) : SLICE("全部"));
    fill_print(&fill->values, "红", "%d", steering->counts[HELD_RED]);
    fill_print(&fill->values, "黄", "%d", steering->counts[HELD_AMBER]);
    fill_print(&fill->values, "绿", "%d", steering->counts[HELD_GREEN]);
    for (size_t i = 0; i < steering->count && i < WEEKLY_LINES && steering->list[i].colour != HELD_GREEN; i++)
        line_fill(fill, &steering->list[i]);
    if (!urgent)
        fill_put(&fill->values, "没有", SLICE("是"));
    if (urgent > WEEKLY_LINES)
        fill_print(&fill->values, "其余", "%zu", urgent - WEEKLY_LINES);
    if (steering->more)
        fill_put(&fill->values, "未完", SLICE("是"));
}

static void letter_fill(struct paper_fill *fill, const struct held *held, struct slice from, const char *site, int32_t today)
{
    struct paper_values *values = &fill->values;

    fill_put(values, "致", slice_of(holder(held, values->arena)));
    fill_put(values, "事项", held->title);
    fill_put(values, "种类", slice_of(held->kind->label));
    fill_print(values, "编号", "%lld", (long long)held->id);
    fill_put(values, "环节", slice_of(held->what));
    fill_print(values, "网址", "%s/%s/%lld", site, held->kind->plural, (long long)held->id);
    if (held->since) {
        fill_day(values, "自", held->since);
        fill_print(values, "天数", "%d", held->days);
    }
    fill_day(values, "到期", held->due);
    if (held->late)
        fill_print(values, "超期", "%d", held->late);
    else
        fill_put(values, held->due ? "将满" : "无期", SLICE("是"));
    if (held->limit.len)
        fill_put(values, "依据", held->limit);
    fill_put(values, "发函", from.len ? from : SLICE("　　　　　　　　"));
    fill_day(values, "日期", today);
}

bool steering_weekly(const struct steering *steering, struct slice from, int32_t today, bool pdf, const char *path, struct err *err)
{
    struct paper_fill fill;
    struct arena arena;
    bool ok;

    arena_init(&arena);
    fill_init(&fill, &arena);
    weekly_fill(&fill, steering, from, today);
    ok = pdf ? paper_pdf(&weekly_form, &fill, path, err) : paper_word(&weekly_form, &fill, path, err);
    arena_release(&arena);
    return ok;
}

bool steering_letter(const struct held *held, struct slice from, const char *site, int32_t today, bool pdf, const char *path, struct err *err)
{
    struct paper_fill fill;
    struct arena arena;
    bool ok;

    arena_init(&arena);
    fill_init(&fill, &arena);
    letter_fill(&fill, held, from, site, today);
    ok = pdf ? paper_pdf(&letter_form, &fill, path, err) : paper_word(&letter_form, &fill, path, err);
    arena_release(&arena);
    return ok;
}
