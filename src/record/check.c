#include "record/check.h"

#include "base/text.h"
#include "base/utf8.h"
#include "record/achievement.h"
#include "record/right.h"

enum { SHOWN_CHARS = 60 };

void complain(struct complaints *complaints, const struct field *field, struct slice typed, const struct err *err)
{
    struct complaint *to;

    if (complaints->count == sizeof complaints->list / sizeof *complaints->list)
        return;
    to = &complaints->list[complaints->count++];
    to->field = field;
    to->typed = utf8_valid(typed) == typed.len ? utf8_head(typed, SHOWN_CHARS) : SLICE("");
    to->err = *err;
}

static bool has(struct slice text, const char *word)
{
    return text.len && memmem(text.at, text.len, word, strlen(word)) != NULL;
}

/* Without blanks, with the narrow colon and brackets: so a mark is found however it is set. */
static void squeeze(struct slice text, struct text *out)
{
    static const char *const from[] = {" ", "\t", "\r", "\n", "\u3000", "\u00a0", "：", "＊", "☆"};
    static const char *const to[] = {"", "", "", "", "", "", ":", "*", "★"};

    for (size_t i = 0; i < text.len;) {
        size_t len = 1, f = 0;

        while (f < sizeof from / sizeof *from
               && (text.len - i < strlen(from[f]) || memcmp(text.at + i, from[f], strlen(from[f])) != 0))
            f++;
        if (f < sizeof from / sizeof *from) {
            len = strlen(from[f]);
            text_puts(out, to[f]);
        } else {
            text_putc(out, text.at[i]);
        }
        i += len;
    }
}

bool secret_marked(struct slice text)
{
    static const char *const marks[] = {
        "绝密★", "机密★", "秘密★", "绝密*", "机密*", "密级:绝密", "密级:机密", "密级:秘密", "密级:工作秘密", "密级为绝密",
        "密级为机密", "密级为秘密", "【绝密】", "【机密】", "【秘密】", "【工作秘密】", "(绝密)", "(机密)", "（绝密）", "（机密）",
    };
    struct text squeezed;
    bool marked = false;

    if (!has(text, "密"))
        return false;
    text_init(&squeezed);
    squeeze(text, &squeezed);
    for (size_t i = 0; !marked && i < sizeof marks / sizeof *marks; i++)
        marked = has(text_slice(&squeezed), marks[i]);
    text_release(&squeezed);
    return marked;
}

bool secret_refuse(const struct field *field, struct err *err)
{
    err_set(err, ERR_INVALID, "%s带有密级标志，本系统不接收国家秘密和工作秘密", field->label);
    err_hint(err, "请删去涉密内容；涉密成果按保密规定另行管理");
    return err_field(err, field->name);
}

static bool check_field(struct record *record, size_t index, struct slice typed, struct arena *arena, struct err *err)
{
    const struct field *field = &record->kind->fields[index];

#ifndef TQ_TEETH_SECRET_MARK
    if (secret_marked(typed))
        return secret_refuse(field, err);
#endif
    return field_read(field, typed, arena, &record->values[index], err);
}

static void check_required(const struct record *record, size_t index, struct complaints *complaints)
{
    const struct field *field = &record->kind->fields[index];
    struct err err;

    if (!field->required || record->values[index].known)
        return;
    err_set(&err, ERR_INVALID, "请填写%s", field->label);
    if (field->hint)
        err_hint(&err, "%s", field->hint);
    complain(complaints, field, SLICE(""), &err);
}

/* From no later than until, from level no higher than to level. */
static void check_order(const struct record *record, const char *first, const char *last, const char *message,
                        const char *remedy, struct complaints *complaints)
{
    int a = kind_field(record->kind, first), b = kind_field(record->kind, last);
    const struct value *from, *to;
    struct err err;

    if (a < 0 || b < 0)
        return;
    from = &record->values[a];
    to = &record->values[b];
    if (!from->known || !to->known)
        return;
    if (field_is_number(record->kind->fields[a].type) ? from->number <= to->number
                                                      : memcmp(from->text.at, to->text.at, 10) <= 0)
        return;
    err_set(&err, ERR_INVALID, "%s", message);
    err_hint(&err, "%s", remedy);
    complain(complaints, &record->kind->fields[b], SLICE(""), &err);
}

static void check_alias(const struct record *record, struct complaints *complaints)
{
    int hidden = kind_field(record->kind, "hidden"), alias = kind_field(record->kind, "alias");
    struct err err;

    if (hidden < 0 || !record->values[hidden].known || !record->values[hidden].number || record->values[alias].known)
        return;
    err_set(&err, ERR_INVALID, "隐去单位名称时，请填写对外称呼");
    err_hint(&err, "如：某石化企业");
    complain(complaints, &record->kind->fields[alias], SLICE(""), &err);
}

bool record_check(struct record *record, const struct slice *typed, bool whole, struct arena *arena,
                  struct complaints *complaints)
{
    size_t before = complaints->count;
    struct err err;

    for (size_t i = 0; i < record->kind->count; i++) {
        if (typed[i].at && !check_field(record, i, typed[i], arena, &err))
            complain(complaints, &record->kind->fields[i], typed[i], &err);
        else if (whole)
            check_required(record, i, complaints);
    }
    check_order(record, "opens", "closes", N_("截止日期早于开放日期"), N_("请改正其中一个日期"), complaints);
    check_order(record, "valid_since", "valid_until", N_("有效期至早于施行日期"), N_("请改正其中一个日期"), complaints);
    check_order(record, "trl_from", "trl_to", N_("服务终点 TRL 低于起点"), N_("请改正其中一个"), complaints);
    if (whole)
        check_alias(record, complaints);
    return complaints->count == before;
}

bool record_check_asked(struct record *record, const struct slice *typed, const bool *asked, struct arena *arena,
                        struct complaints *complaints)
{
    size_t before = complaints->count;
    struct err err;

    for (size_t i = 0; i < record->kind->count; i++) {
        if (!asked[i])
            continue;
        if (typed[i].at && !check_field(record, i, typed[i], arena, &err))
            complain(complaints, &record->kind->fields[i], typed[i], &err);
        else
            check_required(record, i, complaints);
    }
    return complaints->count == before;
}

/* --- what may be a slip --- */

static bool times_10000(int64_t large, int64_t small)
{
    return small > 0 && large / 10000 == small && large % 10000 == 0;
}

static const struct field *amount_jumped(const struct record *record, const struct record *prior)
{
    for (size_t i = 0; prior && i < record->kind->count; i++) {
        const struct value *now = &record->values[i], *was = &prior->values[i];

        if (record->kind->fields[i].type == FIELD_MONEY && now->known && was->known
            && (times_10000(now->number, was->number) || times_10000(was->number, now->number)))
            return &record->kind->fields[i];
    }
    return NULL;
}

static bool unfiled_in_the_open(const struct record *record)
{
    return record->kind->id == KIND_ACHIEVEMENT && record->values[ACHIEVEMENT_DETAIL].known
           && !rights_filed(record->values[ACHIEVEMENT_RIGHTS].text)
           && record_level(record, ACHIEVEMENT_DETAIL) < LEVEL_NDA;
}

static bool novelty_at_risk(const struct record *record, const struct record *prior)
{
    if (!unfiled_in_the_open(record))
        return false;
    return !prior || !unfiled_in_the_open(prior)
           || !value_same(&record->kind->fields[ACHIEVEMENT_DETAIL], &record->values[ACHIEVEMENT_DETAIL],
                          &prior->values[ACHIEVEMENT_DETAIL]);
}

size_t record_warnings(const struct record *record, const struct record *prior, struct warning warnings[WARNINGS_MOST])
{
    const struct field *amount = amount_jumped(record, prior);
    size_t count = 0;

    if (novelty_at_risk(record, prior))
        warnings[count++] = (struct warning){
            "novelty", &record->kind->fields[ACHIEVEMENT_DETAIL],
            N_("这项成果没有专利申请日：公开技术要点会丧失新颖性(专利法 §24)，建议把公开范围改为仅本单位可见")};
    if (amount)
        warnings[count++] = (struct warning){"amount", amount, N_("金额与上一版正好相差一万倍：请核对单位是元还是万元")};
    return count;
}
