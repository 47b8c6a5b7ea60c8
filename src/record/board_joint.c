/* Fairs and roadshows, and who met whom there; alliances, their members, projects, rights and money. */
#include "record/board.h"

static const struct field fair_fields[FAIR_FIELD_COUNT] = {
    OF_MATTER,
    [FAIR_SORT] = {"sort", "类别", "Sort", FIELD_CHOICE, .required = true, .choices = "fair_sort", .level = LEVEL_PUBLIC},
    [FAIR_NAME] = {"name", "活动名称", "Name", FIELD_LINE, .required = true, .min = 4, .max = 120, .level = LEVEL_PUBLIC},
    [FAIR_DAY] = {"day", "日期", "Day", FIELD_DATE, .required = true, .level = LEVEL_PUBLIC},
    [FAIR_PLACE] = {"place", "地点或方式", "Place", FIELD_LINE, .required = true, .min = 2, .max = 120, .level = LEVEL_PUBLIC},
    [FAIR_THEME] = {"theme", "主题", "Theme", FIELD_LINE, .required = true, .min = 2, .max = 120, .level = LEVEL_PUBLIC},
    [FAIR_ABOUT] = {"about", "介绍", "About", FIELD_PROSE, .max = 3000, .level = LEVEL_PUBLIC},
    [FAIR_WITH] = {"co_organisers", "合办单位", "Together with", FIELD_LINE, .max = 300, .level = LEVEL_PUBLIC},
    [FAIR_CONTACT] = {"contact", "联系人", "Contact", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_PUBLIC, .purpose = "让参加的单位找得到主办方"},
    [FAIR_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_PUBLIC, .purpose = "让参加的单位找得到主办方"},
    [FAIR_SUMMARY] = {"summary", "活动小结", "Summary", FIELD_PROSE, .required = true, .min = 4, .max = 3000, .level = LEVEL_PUBLIC},
    [FAIR_END] = {"end_why", "取消原因", "Why cancelled", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_PUBLIC},
};
MATTER_KIND(KIND_FAIR, "fair", "fairs", "对接活动", "Fair", fair, FAIR_FIELD_COUNT);

static const struct field fair_item_fields[FAIR_ITEM_FIELD_COUNT] = {
    OF_ENTRY,
    [FAIR_ITEM_AT] = {"at_time", "时间", "Time", FIELD_LINE, .required = true, .max = 40, .level = LEVEL_PUBLIC, .hint = "如 09:30–10:00"},
    [FAIR_ITEM_WHAT] = {"what", "内容", "What", FIELD_LINE, .required = true, .min = 2, .max = 200, .level = LEVEL_PUBLIC},
    [FAIR_ITEM_WHO] = {"who", "由谁", "By whom", FIELD_LINE, .max = 120, .level = LEVEL_PUBLIC, .purpose = "说明由谁讲"},
};
ENTRY_KIND(KIND_FAIR_ITEM, "fair_item", "fair_items", "议程", "Programme item", fair_item, FAIR_ITEM_FIELD_COUNT);

static const struct field fair_guest_fields[GUEST_FIELD_COUNT] = {
    OF_MATTER,
    [GUEST_FAIR] = {"fair", "对接活动", "Fair", FIELD_ID, .required = true, .choices = "fair", .level = LEVEL_OWN},
    [GUEST_ORGANISER] = {"organiser", "主办方", "Organiser", FIELD_PARTY, .level = LEVEL_OWN},
    [GUEST_NAME] = {"name", "参加人", "Who comes", FIELD_LINE, .required = true, .min = 2, .max = 120, .level = LEVEL_OWN, .purpose = "主办方登记到场的人"},
    [GUEST_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN, .purpose = "主办方通知时间地点的变化"},
    [GUEST_BRINGS] = {"brings", "带来什么、想找什么", "What they bring and look for", FIELD_PROSE, .required = true, .min = 4, .max = 1000, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_FAIR_GUEST, "fair_guest", "fair_guests", "活动报名", "Registration for a fair", fair_guest, GUEST_FIELD_COUNT);

static const struct field meeting_fields[MEETING_FIELD_COUNT] = {
    OF_MATTER,
    [MEETING_FAIR] = {"fair", "对接活动", "Fair", FIELD_ID, .required = true, .choices = "fair", .level = LEVEL_OWN},
    [MEETING_ORGANISER] = {"organiser", "主办方", "Organiser", FIELD_PARTY, .level = LEVEL_OWN},
    [MEETING_ONE] = {"one", "一方", "One side", FIELD_PARTY, .required = true, .level = LEVEL_OWN, .hint = "单位的全称或编号"},
    [MEETING_OTHER] = {"other", "另一方", "The other side", FIELD_PARTY, .required = true, .level = LEVEL_OWN, .hint = "单位的全称或编号"},
    [MEETING_DAY] = {"met_on", "洽谈日", "Met on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [MEETING_ABOUT] = {"about", "谈的是什么", "What about", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN,
                       .hint = "成果、需求、场景的名称或网址"},
    [MEETING_BY] = {"entered_by", "由谁登记", "Entered by", FIELD_CHOICE, .choices = "meeting_by", .level = LEVEL_OWN},
    [MEETING_ONE_ON] = {"one_on", "一方确认日", "Confirmed by the one", FIELD_DATE, .level = LEVEL_OWN},
    [MEETING_OTHER_ON] = {"other_on", "另一方确认日", "Confirmed by the other", FIELD_DATE, .level = LEVEL_OWN},
    [MEETING_DENIED] = {"denied_why", "否认的原因", "Why denied", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_MEETING, "meeting", "meetings", "对接洽谈", "Meeting", meeting, MEETING_FIELD_COUNT);

static const struct field meeting_answer_fields[REPLY_FIELD_COUNT] = {
    OF_ENTRY,
    [REPLY_BY] = {"said_by", "哪一方答的", "Said by", FIELD_CHOICE, .choices = "meeting_side", .level = LEVEL_OWN},
    [REPLY_AFTER] = {"after_days", "洽谈后几天", "Days after", FIELD_NUMBER, .min = 30, .max = 90, .level = LEVEL_OWN},
    [REPLY_STAND] = {"stand", "到现在", "So far", FIELD_CHOICE, .required = true, .choices = "meeting_stand", .level = LEVEL_OWN},
    [REPLY_CONTRACT] = {"contract", "合同编号", "Contract number", FIELD_LINE, .max = 80, .level = LEVEL_OWN, .hint = "签了合同的必填"},
    [REPLY_SIGNED] = {"signed", "合同金额", "Contract amount", FIELD_MONEY, .max = BOARD_MONEY_MOST, .level = LEVEL_OWN, .hint = "意向金额不填"},
    [REPLY_RECEIVED] = {"received", "已到账", "Received", FIELD_MONEY, .max = BOARD_MONEY_MOST, .level = LEVEL_OWN},
    [REPLY_NOTE] = {"note", "说明", "Note", FIELD_LINE, .max = 300, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_MEETING_ANSWER, "meeting_answer", "meeting_answers", "各方答的结果", "What each side says came of it", meeting_answer, REPLY_FIELD_COUNT);

/* --- alliances --- */

static const struct field alliance_fields[ALLIANCE_FIELD_COUNT] = {
    OF_MATTER,
    [ALLIANCE_NAME] = {"name", "联盟名称", "Name", FIELD_LINE, .required = true, .min = 4, .max = 120, .level = LEVEL_PUBLIC},
    [ALLIANCE_PURPOSE] = {"purpose", "要做什么", "Purpose", FIELD_PROSE, .required = true, .min = 10, .max = 3000, .level = LEVEL_PUBLIC},
    [ALLIANCE_TERMS] = {"terms", "协议已约定", "The agreement provides for", FIELD_CHOICES, .max = 7, .choices = "alliance_term", .level = LEVEL_OWN,
                        .hint = "促进科技成果转化法第二十六条的七项，有一项勾一项"},
    [ALLIANCE_AGREEMENT] = {"agreement", "协议编号", "Agreement", FIELD_LINE, .max = 80, .level = LEVEL_OWN},
    [ALLIANCE_DIGEST] = {"digest", "协议 SHA-256", "SHA-256 of the agreement", FIELD_DIGEST, .level = LEVEL_OWN},
    [ALLIANCE_FROM] = {"from_day", "协议自", "From", FIELD_DATE, .required = true, .level = LEVEL_PUBLIC},
    [ALLIANCE_UNTIL] = {"until_day", "协议至", "Until", FIELD_DATE, .level = LEVEL_PUBLIC},
    [ALLIANCE_FOUNDED_ON] = {"founded_on", "成立日", "Founded on", FIELD_DATE, .level = LEVEL_PUBLIC},
    [ALLIANCE_END] = {"end_why", "结束原因", "Why it ended", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_PUBLIC},
};
MATTER_KIND(KIND_ALLIANCE, "alliance", "alliances", "产业技术创新联盟", "Alliance", alliance, ALLIANCE_FIELD_COUNT);

static const struct field membership_fields[MEMBERSHIP_FIELD_COUNT] = {
    OF_MATTER,
    [MEMBERSHIP_ALLIANCE] = {"alliance", "联盟", "Alliance", FIELD_ID, .required = true, .choices = "alliance", .level = LEVEL_OWN},
    [MEMBERSHIP_LEAD] = {"lead_party", "牵头单位", "Lead", FIELD_PARTY, .level = LEVEL_OWN},
    [MEMBERSHIP_PARTY] = {"party", "邀请的单位", "Invited", FIELD_PARTY, .required = true, .level = LEVEL_OWN, .hint = "单位的全称或编号"},
    [MEMBERSHIP_TASK] = {"task", "承担的任务和投入", "Task and contribution", FIELD_PROSE, .required = true, .min = 4, .max = 1000, .level = LEVEL_OWN},
    [MEMBERSHIP_NAME] = {"name", "经办人", "Who acts", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN, .purpose = "让联盟找得到成员单位的负责人"},
    [MEMBERSHIP_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN, .purpose = "让联盟找得到成员单位的负责人"},
    [MEMBERSHIP_WHY] = {"why", "原因", "Why", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_MEMBERSHIP, "membership", "memberships", "联盟成员", "Membership", membership, MEMBERSHIP_FIELD_COUNT);

static const struct field joint_project_fields[JOINT_FIELD_COUNT] = {
    OF_ENTRY,
    [JOINT_TITLE] = {"title", "共同项目", "Joint project", FIELD_LINE, .required = true, .min = 4, .max = 120, .level = LEVEL_PUBLIC},
    [JOINT_TASKS] = {"tasks", "任务分工", "Who does what", FIELD_PROSE, .required = true, .min = 4, .max = 2000, .level = LEVEL_OWN},
    [JOINT_LEAD] = {"lead_party", "牵头单位", "Lead", FIELD_PARTY, .required = true, .level = LEVEL_PUBLIC},
    [JOINT_BUDGET] = {"budget", "预算", "Budget", FIELD_MONEY, .max = BOARD_MONEY_MOST, .level = LEVEL_OWN},
    [JOINT_FROM] = {"from_day", "开始", "From", FIELD_DATE, .required = true, .level = LEVEL_PUBLIC},
    [JOINT_UNTIL] = {"until_day", "结束", "Until", FIELD_DATE, .required = true, .level = LEVEL_PUBLIC},
};
ENTRY_KIND(KIND_JOINT_PROJECT, "joint_project", "joint_projects", "共同项目", "Joint project", joint_project, JOINT_FIELD_COUNT);

static const struct field shared_right_fields[SHARED_FIELD_COUNT] = {
    OF_ENTRY,
    [SHARED_WHAT] = {"what", "权利", "Right", FIELD_LINE, .required = true, .min = 2, .max = 200, .level = LEVEL_OWN, .hint = "专利号、软件著作权号或技术秘密的名称"},
    [SHARED_HOLDERS] = {"holders", "归谁、各占多少", "Whose, in which shares", FIELD_MEMBERS, .required = true, .max = 40, .level = LEVEL_OWN,
                        .hint = "一行一个单位和比例，合计 100%"},
    [SHARED_TERMS] = {"terms", "怎么用", "How it is used", FIELD_LINE, .max = 300, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_SHARED_RIGHT, "shared_right", "shared_rights", "共有权利", "Shared right", shared_right, SHARED_FIELD_COUNT);

static const struct field alliance_money_fields[FUNDS_FIELD_COUNT] = {
    OF_ENTRY,
    [FUNDS_SORT] = {"sort", "收支", "In or out", FIELD_CHOICE, .required = true, .choices = "funds_sort", .level = LEVEL_OWN},
    [FUNDS_PARTY] = {"party", "对方单位", "Party", FIELD_PARTY, .required = true, .level = LEVEL_OWN, .hint = "单位的全称或编号"},
    [FUNDS_AMOUNT] = {"amount", "金额", "Amount", FIELD_MONEY, .required = true, .min = 1, .level = LEVEL_OWN},
    [FUNDS_PURPOSE] = {"purpose", "用途", "Purpose", FIELD_LINE, .required = true, .min = 2, .max = 200, .level = LEVEL_OWN},
    [FUNDS_DAY] = {"day", "日期", "Day", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [FUNDS_NUMBER] = {"number", "凭证号", "Voucher", FIELD_LINE, .required = true, .min = 2, .max = 80, .level = LEVEL_OWN},
    [FUNDS_BALANCE] = {"balance", "余额", "Balance", FIELD_MONEY, .max = 100 * BOARD_MONEY_MOST, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_ALLIANCE_MONEY, "alliance_money", "alliance_moneys", "联盟经费", "Money of the alliance", alliance_money, FUNDS_FIELD_COUNT);

static const struct field joint_result_fields[RESULT_FIELD_COUNT] = {
    OF_ENTRY,
    [RESULT_TITLE] = {"title", "共同成果", "Joint result", FIELD_LINE, .required = true, .min = 4, .max = 120, .level = LEVEL_PUBLIC},
    [RESULT_PROJECT] = {"project_no", "出自第几号共同项目", "From joint project number", FIELD_NUMBER, .min = 1, .max = 1000, .level = LEVEL_OWN},
    [RESULT_WHAT] = {"what", "是什么", "What it is", FIELD_PROSE, .required = true, .min = 4, .max = 2000, .level = LEVEL_OWN},
    [RESULT_HOLDERS] = {"holders", "权益各占多少", "Shares in it", FIELD_MEMBERS, .required = true, .max = 40, .level = LEVEL_OWN,
                        .hint = "一行一个单位和比例，合计 100%"},
    [RESULT_BENEFIT] = {"benefit", "收益怎么分", "How the benefit is shared", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_JOINT_RESULT, "joint_result", "joint_results", "共同成果", "Joint result", joint_result, RESULT_FIELD_COUNT);
