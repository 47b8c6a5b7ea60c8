/*
 * An order of a service (服务订单): client and provider, from the order to the rating. What the rating rests on is counted by the program:
 * a handover's day is the day on which it was put in, whether it was accepted at first is whether none before it was sent back.
 */
#include "work/service_order_int.h"

#include "base/said.h"

enum { CLIENT, PROVIDER };

static const struct matter_side sides[] = {
    [CLIENT] = {"client", "委托方", "Client", ORDER_FROM},
    [PROVIDER] = {"provider", "服务方", "Provider", SIDE_OWNER},
};

#define HOUSE N_("本平台约定")

static const struct matter_state states[] = {
    [ORDER_ASKED] = {"asked", "待报价", "Waits for a quote", SIDE(PROVIDER), 3, N_("本平台约定：3 个工作日内报价、接单或者不接"), false},
    [ORDER_QUOTED] = {"quoted", "待确认报价", "Quoted", SIDE(CLIENT), 10, N_("报价的有效期"), false},
    [ORDER_WORKING] = {"working", "服务中", "Under way", SIDE(PROVIDER), 0, N_("合同约定的交付日"), false},
    [ORDER_HANDED_OVER] = {"handed_over", "待验收", "To be judged", SIDE(CLIENT), 10, HOUSE, false},
    [ORDER_TO_PAY] = {"to_pay", "待付款", "To be paid", SIDE(CLIENT), 20, HOUSE, false},
    [ORDER_TO_RATE] = {"to_rate", "待评价", "To be rated", SIDE(CLIENT), 10, HOUSE, false},
    [ORDER_TO_ANSWER] = {"to_answer", "差评待答复", "Bad rating to answer", SIDE(PROVIDER), 15, N_("本平台约定：15 个工作日内答复并改正"), false},
    [ORDER_CLOSED] = {"closed", "已办结", "Closed", 0, 0, NULL, true},
    [ORDER_REFUSED] = {"refused", "服务方没有接", "Not taken", 0, 0, NULL, true},
    [ORDER_WITHDRAWN] = {"withdrawn", "委托方撤回", "Withdrawn", 0, 0, NULL, true},
    [ORDER_BROKEN_OFF] = {"broken_off", "中途终止", "Broken off", 0, 0, NULL, true},
};

static const struct matter_step steps[] = {
    {.name = "order", .label = "下单", .label_en = "Order", .does = N_("要做什么、最迟哪天；按公布的定价，或者请对方报价"),
     .from = MATTER_NEW, .to = ORDER_ASKED, .by = SIDE(CLIENT), .fields = "service wants wanted_by offer name phone", .seldom = "offer",
     .check = order_place},
    {.name = "take", .label = "按定价接单", .label_en = "Take it at that price", .does = N_("委托方按公布的定价下的单；写合同编号"),
     .from = STATE(ORDER_ASKED), .to = ORDER_WORKING, .by = SIDE(PROVIDER), .fields = "contract", .check = order_take},
    {.name = "quote", .label = "报价", .label_en = "Quote", .does = N_("价格、工期、条件、有效期"),
     .from = STATE(ORDER_ASKED) | STATE(ORDER_QUOTED), .to = ORDER_QUOTED, .by = SIDE(PROVIDER), .fields = "price days terms quote_until",
     .check = order_quote},
    {.name = "refuse", .label = "不接", .label_en = "Refuse", .does = N_("每个“不”都要有理由，委托方看得到"),
     .from = STATE(ORDER_ASKED), .to = ORDER_REFUSED, .by = SIDE(PROVIDER), .fields = "refusal refusal_why", .check = order_refuse},
    {.name = "accept", .label = "接受报价、订合同", .label_en = "Accept the quote", .does = N_("写合同编号；金额和工期按报价"),
     .from = STATE(ORDER_QUOTED), .to = ORDER_WORKING, .by = SIDE(CLIENT), .fields = "contract", .check = order_accept},
    {.name = "deliver", .label = "交付", .label_en = "Deliver", .does = N_("交付了什么、文件的 SHA-256；按今天记"),
     .from = STATE(ORDER_WORKING), .to = ORDER_HANDED_OVER, .by = SIDE(PROVIDER), .fields = "what file digest", .how = MATTER_ADD,
     .entry = &kind_handover, .check = order_deliver},
    {.name = "approve", .label = "验收通过", .label_en = "Accept the delivery", .does = N_("晚了几天、是否首次通过，由记录算出；预留的券同时核销"),
     .from = STATE(ORDER_HANDED_OVER), .to = ORDER_TO_PAY, .by = SIDE(CLIENT), .check = order_approve},
    {.name = "send_back", .label = "退回", .label_en = "Send back", .does = N_("写明哪一条要求没有达到"),
     .from = STATE(ORDER_HANDED_OVER), .to = ORDER_WORKING, .by = SIDE(CLIENT), .fields = "reasons", .how = MATTER_AMEND, .entry = &kind_handover,
     .amendable = handover_open, .check = order_send_back},
    {.name = "pay", .label = "付款", .label_en = "Pay", .does = N_("可以分几次；付清后评价"),
     .from = STATE(ORDER_WORKING) | STATE(ORDER_HANDED_OVER) | STATE(ORDER_TO_PAY), .to = MATTER_SAME, .by = SIDE(CLIENT),
     .fields = "day amount number", .how = MATTER_ADD, .entry = &kind_order_payment, .check = order_pay},
    {.name = "rate", .label = "评价", .label_en = "Rate", .does = N_("五档；不满意的写明理由，服务方要答复"),
     .from = STATE(ORDER_TO_RATE), .to = MATTER_SAME, .by = SIDE(CLIENT), .fields = "grade grade_why", .check = order_rate},
    {.name = "answer", .label = "答复差评", .label_en = "Answer", .does = N_("答复委托方，写明怎样改正、哪天改正"),
     .from = STATE(ORDER_TO_ANSWER), .to = ORDER_CLOSED, .by = SIDE(PROVIDER), .fields = "answer correction corrected_on", .check = order_answer},
    {.name = "close", .label = "不等评价，办结", .label_en = "Close unrated", .does = N_("款已付清，委托方过了期限没有评价"),
     .from = STATE(ORDER_TO_RATE), .to = ORDER_CLOSED, .by = SIDE(PROVIDER), .check = order_close},
    {.name = "withdraw", .label = "撤回", .label_en = "Withdraw", .does = N_("还没有订合同，不做了"),
     .from = STATE(ORDER_ASKED) | STATE(ORDER_QUOTED), .to = ORDER_WITHDRAWN, .by = SIDE(CLIENT), .fields = "end_why", .check = order_withdraw},
    {.name = "break_off", .label = "中途终止", .label_en = "Break off", .does = N_("合同解除了：写明原因，记在双方的记录里；预留的券退回"),
     .from = STATE(ORDER_WORKING) | STATE(ORDER_HANDED_OVER), .to = ORDER_BROKEN_OFF, .by = SIDE(CLIENT) | SIDE(PROVIDER), .fields = "end_why",
     .check = order_break_off},
    {.name = "reserve", .label = "用创新券", .label_en = "Use a voucher", .does = N_("从券里预留一笔，验收通过时核销"),
     .from = STATE(ORDER_ASKED) | STATE(ORDER_WORKING), .to = MATTER_SAME, .by = SIDE(CLIENT), .fields = "voucher_no voucher_part purpose",
     .gate = "voucher_reserve", .check = order_reserve},
    {.name = "return", .label = "不用券了", .label_en = "Return the voucher", .does = N_("预留的全数退回券里"),
     .from = STATE(ORDER_ASKED) | STATE(ORDER_WORKING) | STATE(ORDER_HANDED_OVER), .to = MATTER_SAME, .by = SIDE(CLIENT), .check = order_return},
};

static const struct kind *const entries[] = {&kind_handover, &kind_order_payment};

#define COUNT(list) (sizeof(list) / sizeof *(list))

const struct matter_sort sort_service_order = {
    .kind = &kind_service_order,
    .about = N_("向经纪、律所、评估、检测这些服务下单：报价、合同、交付、验收、付款、评价，一单一个卷"),
    .empty = N_("还没有。在一项专业服务或技术经纪的页面上下单"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .entries = entries, .entry_count = COUNT(entries), .facts = order_facts, .begins_at = "/services?sort=professional",
};
