/* Choices of tasks, plans, joint meetings and reforms (record/steer.h). */
#include "record/choice_int.h"

static const struct choice task_level[] = {
    {"ordinary", "一般", "Ordinary"}, {"urgent", "紧急", "Urgent"}, {"key", "重点督办", "Watched closely"},
};

static const struct choice extension_verdict[] = {
    {"granted", "同意延期", "Granted"}, {"denied", "不同意延期", "Denied"},
};

static const struct choice task_ruling[] = {
    {"kept", "维持交办", "The assignment stands"}, {"moved", "改派", "Assigned to another"},
};

static const struct choice task_verdict[] = {
    {"closed", "准予销号", "Closed"}, {"returned", "退回", "Sent back"},
};

static const struct choice action_sort[] = {
    {"plan", "行动计划", "Plan"}, {"action", "行动", "Action"}, {"measure", "举措", "Measure"},
};

static const struct choice target_measure[] = {
    {"item", "项", "Items"}, {"firm", "家", "Firms or bodies"}, {"person", "名", "People"}, {"event", "场", "Events"}, {"day", "天", "Days"},
};

static const struct choice target_sense[] = {
    {"at_least", "不低于", "At least"}, {"at_most", "不高于", "At most"}, {"total", "累计不低于", "At least, all years together"},
};

static const struct choice mechanism_sort[] = {
    {"joint", "联席会议", "Joint meeting"}, {"force", "专班", "Task force"},
};

const struct choice_list choices_steer[CHOICES_STEER] = {
    LIST(task_level, "task_level"), LIST(extension_verdict, "extension_verdict"), LIST(task_ruling, "task_ruling"), LIST(task_verdict, "task_verdict"),
    LIST(action_sort, "action_sort"), LIST(target_measure, "target_measure"), LIST(target_sense, "target_sense"), LIST(mechanism_sort, "mechanism_sort"),
};
