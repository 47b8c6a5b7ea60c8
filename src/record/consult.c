/* A session of consultation: topics, members, visits and the running order. */
#include "record/consult.h"

static const struct field consultation_fields[CONSULT_FIELD_COUNT] = {
    OF_MATTER,
    [CONSULT_NAME] = {"name", "协商主题", "Subject", FIELD_LINE, .required = true, .min = 4, .max = 120, .level = LEVEL_PUBLIC},
    [CONSULT_QUESTION] = {"question", "要议的问题", "The question", FIELD_PROSE, .required = true, .min = 10, .max = 2000, .level = LEVEL_PUBLIC,
                          .hint = "希望委员围绕什么提意见，想听到什么"},
    [CONSULT_BACKGROUND] = {"background", "背景材料", "Background", FIELD_PROSE, .max = 5000, .level = LEVEL_PUBLIC},
    [CONSULT_HOST] = {"host", "主持", "Chair", FIELD_LINE, .required = true, .min = 2, .max = 120, .level = LEVEL_PUBLIC},
    [CONSULT_DAY] = {"day", "座谈日期", "Day", FIELD_DATE, .required = true, .level = LEVEL_PUBLIC},
    [CONSULT_PLACE] = {"place", "地点", "Place", FIELD_LINE, .required = true, .min = 2, .max = 120, .level = LEVEL_OWN},
    [CONSULT_UNTIL] = {"until_day", "意见截止", "Opinions until", FIELD_DATE, .required = true, .level = LEVEL_PUBLIC, .hint = "这一日还收；座谈当天现场仍可提"},
    [CONSULT_CONTACT] = {"contact", "联系人", "Contact", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN, .purpose = "委员有事找得到人"},
    [CONSULT_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN, .purpose = "委员有事找得到人"},
    [CONSULT_SEVEN] = {"seven", "用七个议题开头", "Begin with the seven topics", FIELD_YES, .level = LEVEL_OWN,
                       .hint = "政策制度、高校院所、企业创新、体制机制、人才、产学研、平台；以后可以再加"},
    [CONSULT_ROSTER] = {"roster", "委员名单", "Members", FIELD_PROSE, .required = true, .min = 2, .max = 4000, .level = LEVEL_OWN,
                        .hint = "一行一位：姓名，省/市/区县/特邀，议题序号（可不写）。例：李某某，市，3。一次至多 20 行"},
    [CONSULT_OPENED_ON] = {"opened_on", "开始征集", "Opened on", FIELD_DATE, .level = LEVEL_PUBLIC},
    [CONSULT_STARTED_ON] = {"started_on", "开会", "Held on", FIELD_DATE, .level = LEVEL_PUBLIC},
    [CONSULT_ENDED_ON] = {"ended_on", "散会", "Ended on", FIELD_DATE, .level = LEVEL_PUBLIC},
    [CONSULT_SUMMARY] = {"summary", "办理小结", "Summary", FIELD_PROSE, .required = true, .min = 10, .max = 5000, .level = LEVEL_PUBLIC},
    [CONSULT_END] = {"end_why", "取消的原因", "Why it was called off", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_PUBLIC},
};
MATTER_KIND(KIND_CONSULTATION, "consultation", "consultations", "协商座谈", "Consultation", consultation, CONSULT_FIELD_COUNT);

static const struct field consult_topic_fields[TOPIC_FIELD_COUNT] = {
    OF_ENTRY,
    [TOPIC_NAME] = {"name", "议题", "Topic", FIELD_LINE, .required = true, .min = 4, .max = 80, .level = LEVEL_PUBLIC},
    [TOPIC_POINTS] = {"points", "想听什么", "What is asked", FIELD_PROSE, .max = 2000, .level = LEVEL_PUBLIC},
    [TOPIC_LEAD] = {"lead", "会同单位", "Unit concerned", FIELD_PARTY, .level = LEVEL_PUBLIC},
};
ENTRY_KIND(KIND_CONSULT_TOPIC, "consult_topic", "consult_topics", "议题", "Topic", consult_topic, TOPIC_FIELD_COUNT);

static const struct field consult_seat_fields[SEAT_FIELD_COUNT] = {
    OF_ENTRY,
    [SEAT_PERSON] = {"person", "委员", "Member", FIELD_PERSON, .required = true, .level = LEVEL_PUBLIC, .purpose = "记录谁参加这次协商"},
    [SEAT_TIER] = {"tier", "层级", "Tier", FIELD_CHOICE, .required = true, .choices = "seat_tier", .level = LEVEL_PUBLIC},
    [SEAT_TOPIC] = {"topic", "议题序号", "Topic", FIELD_NUMBER, .min = 1, .max = 400, .level = LEVEL_PUBLIC, .hint = "负责哪个议题；不限的空着"},
    [SEAT_LEFT_ON] = {"left_on", "退出日", "Left on", FIELD_DATE, .level = LEVEL_OWN},
    [SEAT_LEFT_WHY] = {"left_why", "退出原因", "Why", FIELD_LINE, .required = true, .min = 2, .max = 200, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_CONSULT_SEAT, "consult_seat", "consult_seats", "参加委员", "Member", consult_seat, SEAT_FIELD_COUNT);

static const struct field consult_visit_fields[VISIT_FIELD_COUNT] = {
    OF_ENTRY,
    [VISIT_DAY] = {"day", "调研日期", "Day", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [VISIT_WHERE] = {"place", "到了哪里", "Where", FIELD_LINE, .required = true, .min = 2, .max = 120, .level = LEVEL_OWN},
    [VISIT_WHO] = {"who", "见了谁", "Who was met", FIELD_LINE, .max = 200, .level = LEVEL_OWN, .purpose = "说明调研的依据"},
    [VISIT_OBSTACLE] = {"obstacle", "障碍", "Obstacle", FIELD_CHOICE, .required = true, .choices = "obstacle", .level = LEVEL_OWN},
    [VISIT_PILLAR] = {"pillar", "支柱", "Pillar", FIELD_CHOICE, .required = true, .choices = "pillar", .level = LEVEL_OWN},
    [VISIT_FOUND] = {"found", "看到什么", "What was found", FIELD_PROSE, .required = true, .min = 4, .max = 4000, .level = LEVEL_OWN,
                     .hint = "事实和数字；谁说的、哪一年的"},
    [VISIT_BY] = {"by_member", "记录人", "Entered by", FIELD_PERSON, .level = LEVEL_OWN, .purpose = "计入本人的履职记录"},
    [VISIT_FILE] = {"file", "附件名", "File", FIELD_LINE, .max = 120, .level = LEVEL_OWN},
    [VISIT_DIGEST] = {"digest", "附件 SHA-256", "SHA-256 of the file", FIELD_DIGEST, .level = LEVEL_OWN},
    [VISIT_SIZE] = {"file_size", "附件字节数", "Bytes of the file", FIELD_NUMBER, .min = 1, .max = 1 << 30, .level = LEVEL_OWN},
    [VISIT_MEDIA] = {"media", "附件格式", "Format of the file", FIELD_CHOICE, .choices = "media", .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_CONSULT_VISIT, "consult_visit", "consult_visits", "走访调研", "Visit", consult_visit, VISIT_FIELD_COUNT);

static const struct field consult_agenda_fields[AGENDA_FIELD_COUNT] = {
    OF_ENTRY,
    [AGENDA_WHAT] = {"what", "议程", "Item", FIELD_LINE, .required = true, .min = 2, .max = 120, .level = LEVEL_PUBLIC},
    [AGENDA_SPEAKER] = {"speaker", "发言人", "Speaker", FIELD_PERSON, .level = LEVEL_PUBLIC, .purpose = "排出发言次序"},
    [AGENDA_TOPIC] = {"topic", "议题序号", "Topic", FIELD_NUMBER, .min = 1, .max = 400, .level = LEVEL_PUBLIC},
    [AGENDA_MINUTES] = {"minutes", "时长（分钟）", "Minutes", FIELD_NUMBER, .min = 1, .max = 600, .level = LEVEL_PUBLIC},
};
ENTRY_KIND(KIND_CONSULT_AGENDA, "consult_agenda", "consult_agendas", "议程", "Running order", consult_agenda, AGENDA_FIELD_COUNT);

static const struct field remark_fields[REMARK_FIELD_COUNT] = {
    OF_MATTER,
    [REMARK_SESSION] = {"consultation", "协商座谈", "Consultation", FIELD_ID, .required = true, .choices = "consultation", .level = LEVEL_OWN},
    [REMARK_NO] = {"no", "编号", "Number", FIELD_NUMBER, .min = 1, .max = 1000000, .level = LEVEL_OWN},
    [REMARK_SORT] = {"sort", "是什么", "Sort", FIELD_CHOICE, .required = true, .choices = "remark_sort", .level = LEVEL_OWN},
    [REMARK_AGENDA] = {"agenda", "议程", "Item", FIELD_NUMBER, .min = 1, .max = 400, .level = LEVEL_OWN},
    [REMARK_SPEAKER] = {"speaker", "谁说的", "Said by", FIELD_LINE, .required = true, .min = 2, .max = 60, .level = LEVEL_OWN, .purpose = "记录是谁说的"},
    [REMARK_TEXT] = {"text", "说了什么", "What was said", FIELD_PROSE, .required = true, .min = 2, .max = 4000, .level = LEVEL_OWN, .hint = "一条记一件事，照原话"},
    [REMARK_OPINION] = {"opinion", "回应哪件意见", "Opinion spoken to", FIELD_NUMBER, .min = 1, .max = 1000000, .level = LEVEL_OWN},
    [REMARK_CHECKED_BY] = {"checked_by", "核校人", "Checked by", FIELD_LINE, .required = true, .min = 2, .max = 60, .level = LEVEL_OWN, .purpose = "领导的话由谁核校"},
    [REMARK_SHOWN_ON] = {"shown_on", "公布日", "Shown on", FIELD_DATE, .level = LEVEL_OWN},
    [REMARK_SHOWN_MS] = {"shown_ms", "公布时刻", "Shown at", FIELD_NUMBER, .min = 1, .max = INT64_MAX, .level = LEVEL_OWN},
    [REMARK_DROP_WHY] = {"drop_why", "不用的原因", "Why dropped", FIELD_LINE, .required = true, .min = 2, .max = 200, .level = LEVEL_OWN},
    [REMARK_FIX_WHY] = {"fix_why", "更正的原因", "Why corrected", FIELD_LINE, .required = true, .min = 2, .max = 200, .level = LEVEL_OWN},
    [REMARK_FIXES] = {"fixes", "公布后更正次数", "Corrections since", FIELD_NUMBER, .max = 1000000, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_REMARK, "remark", "remarks", "现场记录", "Remark", remark, REMARK_FIELD_COUNT);
