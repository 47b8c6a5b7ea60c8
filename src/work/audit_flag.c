#include "work/audit_flag.h"

#include <assert.h>
#include <stdlib.h>

static const char grave[] = N_("重大：须查清"), heavy[] = N_("较重：须说明"), light[] = N_("提示：了解情况");

/* Names in a query are kinds and fields as the JSON of the papers has them; "first" and "newest" contract: docs/audit.md. */
const struct audit_flag audit_flags[] = {
    {"approval_late", "审批晚于签约", "Approved after signing", N_("同意的审批的决定日期晚于同一条件下首份合同的签订日期"),
     "approval.decision = agreed AND approval.terms = contract.terms AND approval.decided_on > contract.signed_on (first contract)",
     "国发〔2016〕16号（十）：集体决策", RULE_SECONDARY, grave, N_("追认的会议纪要；日期录错；旧项目补录时填了批件印发日"), audit_approval_late, NULL},
    {"approval_entered_late", "审批在合同之后补录", "Approval entered after the contract", N_("同意的审批写的日期不晚于签约，却在合同入卷之后才入卷"),
     "approval.decision = agreed AND approval.terms = contract.terms AND approval.decided_on <= contract.signed_on AND approval.id > contract.id (first contract)",
     "档案法第十四条：应当归档的材料定期移交", RULE_CHECKED, heavy, N_("旧项目一次补录；先录合同后补附件"), audit_approval_entered_late, NULL},
    {"approval_missing", "未经审批签约", "Signed without approval", N_("已签约，合同条件下没有一份同意的审批"),
     "contract AND NOT EXISTS approval (decision = agreed AND terms = contract.terms)",
     "国发〔2016〕16号（十）：集体决策", RULE_SECONDARY, grave, N_("旧项目的批件没有补录；单位规定小额项目不审批"), audit_approval_missing, NULL},
    {"signed_in_notice", "公示期未满签约", "Signed before the notice ended", N_("协议定价、已在本单位公示，但首份合同签订之日没有一份公示已经期满"),
     "unit is a state unit AND deal.pricing = agreement AND EXISTS standing notice (sort = sale, place = unit, terms = contract.terms) AND for all of them contract.signed_on <= rolled(first_day + R03.days)",
     "促进科技成果转化法第十八条；国发〔2016〕16号（一）：不少于 15 日", RULE_SECONDARY, grave, N_("公示首日录错；2015 年 10 月以前的旧项目；放假安排后来才公布"), audit_signed_in_notice, NULL},
    {"notice_missing", "协议定价未公示", "Agreed price without notice", N_("协议定价、已签约，合同条件下没有有效的本单位公示"),
     "unit is a state unit AND deal.pricing = agreement AND contract AND NOT EXISTS standing notice (sort = sale, place = unit, terms = contract.terms)",
     "促进科技成果转化法第十八条", RULE_CHECKED, grave, N_("旧项目的公示没有补录；定价方式录错"), audit_notice_missing, NULL},
    {"price_under", "签约价低于批准或公示的价格", "Below the approved or announced price", N_("首份合同金额低于同一条件下批准的价格，或低于有效公示的价格"),
     "contract.amount < approval.price (decision = agreed, terms = contract.terms) OR contract.amount < notice.price (standing, sort = sale, terms = contract.terms), first contract",
     "促进科技成果转化法第十八条", RULE_CHECKED, grave, N_("价格含提成，合同只写入门费；批准的是区间上限"), audit_price_under, NULL},
    {"price_ground", "协议定价没有依据", "Agreed price without a ground", N_("协议定价、已签约，没有评估（或决定不评估），也没有写定价依据"),
     "deal.pricing = agreement AND contract AND deal.appraisal <> done AND deal.ground IS NULL",
     "财政部令第100号；国发〔2016〕16号（十）", RULE_SECONDARY, heavy, N_("依据在会议纪要里，没有录入"), audit_price_ground, NULL},
    {"related_market", "关联协议定价未在市场公示", "Related party, no market notice", N_("受让方为完成人或利害关系人，协议定价、已签约，没有有效的技术交易市场公示"),
     "deal.related AND deal.pricing = agreement AND contract AND NOT EXISTS standing notice (sort = sale, place = market, terms = contract.terms)",
     "国发〔2016〕16号（十）：在本单位及技术交易市场公示", RULE_SECONDARY, heavy, N_("外地市场公示没有登记；全国规定把市场公示作为免责条件，不是生效条件"), audit_related_market, NULL},
    {"related_unmarked", "公示没有标明关联", "Notice does not name the related party", N_("受让方为完成人或利害关系人，有效的转化公示没有标明"),
     "deal.related AND EXISTS standing notice (sort = sale, terms = deal.terms, related is not 1)",
     "浙江省促进科技成果转化条例第十七条；外省参照", RULE_CHECKED, heavy, N_("公示之后受让方才与完成人有了关联；公示原文标明、登记漏填"), audit_related_unmarked, NULL},
    {"split_below", "临近起点的多份合同", "Several contracts just below a threshold", N_("同一单位与同一受让方在规定天数内签的两份以上合同，每份都略低于单位审批链的同一起点或登记的大额线"),
     "EXISTS other deal with the same unit and buyer AND |signed_on - other.signed_on| <= split_days AND both amounts in [near * T, T), T in chain of the unit or split_registered",
     "反作弊口径；单位审批规定；登记的大额线", RULE_UNVERIFIED, grave, N_("同一受让方的真实系列许可；分期研发的独立合同"), NULL, audit_split_below},
    {"split_same", "同一标的短期多份合同", "One subject, several contracts", N_("同一单位、同一受让方、同一成果，在规定天数内签了两份以上合同"),
     "EXISTS other deal with the same unit, buyer and achievement AND |signed_on - other.signed_on| <= split_days",
     "反作弊口径：同双方、同标的、90 日内", RULE_UNVERIFIED, heavy, N_("许可之后的后续服务；不同区域的许可分别签订"), NULL, audit_split_same},
    {"received_over", "到账超过合同额", "More received than agreed", N_("到账合计超过最新合同的成交额，且不是提成支付"),
     "SUM(receipt.amount) > contract.amount (newest) AND contract.payment NOT IN (royalty, entry)",
     "民法典第八百四十六条", RULE_SECONDARY, heavy, N_("收到违约金、利息；合同变更没有登记"), audit_received_over, NULL},
    {"payer_other", "付款方不是受让方", "Paid by somebody else", N_("到账写的付款方名称与受让方不同（也不是本单位）"),
     "receipt.payer IS NOT NULL AND key(payer) <> key(deal.buyer) AND key(payer) <> key(unit.name)",
     "反作弊口径：虚假合同、循环资金；促进科技成果转化法第四十七条", RULE_UNVERIFIED, heavy, N_("受让方更名；集团统一付款；银行监管户"), audit_payer_other, NULL},
    {"payer_self", "付款方是本单位", "Paid by the unit itself", N_("到账写的付款方就是转让单位自己"),
     "key(receipt.payer) = key(unit.name)", "反作弊口径：循环资金；促进科技成果转化法第四十七条", RULE_UNVERIFIED, grave, N_("经本单位专户归集；户名录错"), audit_payer_self, NULL},
    {"cost_to_buyer", "扣除项付给受让方", "A cost paid back to the buyer", N_("扣除的说明里写有受让方的名称，到账的钱可能回流"),
     "key(cost.note) contains key(deal.buyer), which has 4 characters at least", "国发〔2016〕16号：净收入；反作弊口径：循环资金", RULE_UNVERIFIED, grave,
     N_("委托受让方试验的真实费用；说明里只是提到合同双方"), audit_cost_to_buyer, NULL},
    {"loop", "互为买卖双方", "Each sold to the other", N_("两家单位在规定天数内互为转让方与受让方"),
     "EXISTS other deal: other.unit is the buyer (buyer_party or name) AND the unit is other's buyer AND |signed_on - other.signed_on| <= loop_days",
     "反作弊口径：循环签约；促进科技成果转化法第四十七条", RULE_UNVERIFIED, grave, N_("交叉许可"), NULL, audit_loop},
    {"voucher_twice", "同一到账凭证用于多个项目", "One voucher in several deals", N_("同一单位的两个项目的到账写了同一凭证号"),
     "EXISTS receipt of another deal of the same unit with the same key(voucher)", "会计法第十四条：原始凭证", RULE_UNVERIFIED, grave,
     N_("一笔汇款付了两份合同，凭证应分录；年度之间凭证号重新编"), NULL, audit_voucher_twice},
    {"voucher_both", "到账凭证又作支出凭证", "A receipt's voucher used for a payment", N_("同一单位的到账凭证号又写在扣除或奖酬发放上"),
     "EXISTS cost or award of the same unit with key(voucher) = key(receipt.voucher)", "会计法第十四条：原始凭证", RULE_UNVERIFIED, heavy,
     N_("收付同号的记账凭证；年度之间凭证号重新编"), NULL, audit_voucher_both},
    {"reward_early", "奖酬公示未满即发放", "Reward paid before its notice ended", N_("奖酬在其公示期满之前发放；按 58 号文减半计税的没有公示也算"),
     "award.paid_on <= rolled(first_day + R41.workdays) for every standing notice (sort = reward) OR (award.half AND there is none)",
     "国科发政〔2018〕103号（期限条文未见原文）；财税〔2018〕58号", RULE_UNVERIFIED, heavy, N_("补发、分期发放对应较早的公示；放假安排后来才公布"), audit_reward_early, NULL},
    {"reward_low", "奖酬低于法定下限", "Reward below the floor", N_("奖酬总额低于净收入乘以所在地规则给出的提取比例下限"),
     "award.reward * 10000 < award.net * floor, floor = reward_floor of R20 for the region on award.decided_on (way, state unit, agreed: award.rate given)",
     "促进科技成果转化法第四十五条及本省条例", RULE_CHECKED, grave, N_("其余部分以股权或分期另行给付；企业有约定的从约定"), audit_reward_low, NULL},
    {"goods_counted", "技术交易额没有扣除非技术性款项", "Goods counted as technology", N_("合同写有非技术性款项，登记或合同的技术交易额却等于成交额"),
     "contract.goods > 0 AND (contract.technical = contract.amount (newest) OR registration.technical = registration.amount (standing))",
     "技术合同司法解释第十四条：非技术性款项应当分项计算", RULE_CHECKED, heavy, N_("合理数量的标的物直接成本可以不扣"), audit_goods_counted, NULL},
    {"amended", "登记后变更合同未办变更登记", "Amended after registration", N_("合同在登记入卷之后又改过，登记没有随后变更"),
     "contract.leaf > registration.leaf (newest contract, standing registration)", "技术合同认定登记管理办法：变更登记（条次未核）", RULE_UNVERIFIED, heavy,
     N_("改的是不影响登记的文字；变更登记正在办理"), audit_amended, NULL},
    {"revoked", "登记撤销后优惠未处理", "Registration revoked, benefits kept", N_("登记已撤销、没有重新登记，税务备案或减半计税的奖酬还在"),
     "EXISTS registration (revoked_on) AND no standing registration AND (EXISTS filing OR EXISTS award (half))",
     "促进科技成果转化法第四十七条", RULE_CHECKED, grave, N_("备案已向税务机关撤回，没有补录"), audit_revoked, NULL},
    {"ruled_at_once", "异议当日裁定", "Objection ruled on at once", N_("异议收到的当天就作出处理"),
     "objection.ruled_on = objection.came_on", "浙江省促进科技成果转化条例第十七条：异议处理程序和办法；外省参照", RULE_CHECKED, light, N_("异议简单、当场更正；收到日期录错"), audit_ruled_at_once, NULL},
    {"withdrawn_often", "公示多次撤回", "Notices withdrawn again and again", N_("一个项目撤回公示的次数达到规定次数"),
     "COUNT(notice.ended_on) >= withdrawn", "促进科技成果转化法第十八条", RULE_CHECKED, light, N_("文字更正后重新公示"), audit_withdrawn_often, NULL},
    {"declared", "凭自行填报的事实过关", "Passed on declared facts", N_("有自行填报、没有证照或部门名单佐证的事实，此后有关口凭规则放行"),
     "statement.source = declared AND EXISTS ruling (id > statement.id)", "本平台规则库：事实来源", RULE_UNVERIFIED, light, N_("事实另有文件证明，只是按填报登记"), audit_declared, NULL},
    {"paid_little", "登记额远大于到账额", "Registered far above what came in", N_("登记满规定天数，到账合计不到登记成交额的规定比例"),
     "registration.decided_on + paid_days <= day of the checkpoint AND SUM(receipt.amount) * 10000 < registration.amount * paid_share (standing registration), contract.payment <> equity",
     "反作弊口径：登记额远大于到账额", RULE_UNVERIFIED, heavy, N_("提成支付、期限长的合同；到账没有补录"), audit_paid_little, NULL},
};

const size_t audit_flag_count = sizeof audit_flags / sizeof *audit_flags;

const struct audit_parameter audit_parameters[] = {
    {"split_days", N_("拆分：天数"), "2026-01-01", "反作弊口径：同双方、同标的、90 日内", 90},
    {"near", N_("拆分：略低于起点的下限（万分比）"), "2026-01-01", "审计抽查的经验值，本平台设定", 8000},
    {"split_registered", N_("拆分：登记的大额线（分）"), "2026-01-01", "技术合同认定登记管理办法征求意见稿：500 万元以上专家审核（参数未核）", 500000000},
    {"loop_days", N_("循环签约：天数"), "2026-01-01", "本平台设定", 365},
    {"paid_days", N_("登记与到账：天数"), "2026-01-01", "本平台设定", 365},
    {"paid_share", N_("登记与到账：比例（万分比）"), "2026-01-01", "本平台设定", 1000},
    {"withdrawn", N_("公示撤回：次数"), "2026-01-01", "本平台设定", 2},
};

const size_t audit_parameter_count = sizeof audit_parameters / sizeof *audit_parameters;

int64_t audit_parameter(const char *name)
{
    size_t at = 0;

    while (at < audit_parameter_count && strcmp(audit_parameters[at].name, name) != 0)
        at++;
    assert(at < audit_parameter_count);
    return audit_parameters[at].value;
}

const struct audit_flag *audit_flag_find(struct slice code)
{
    for (size_t i = 0; i < audit_flag_count; i++)
        if (slice_is(code, audit_flags[i].code))
            return &audit_flags[i];
    return NULL;
}

void audit_rest_add(struct audit_rests *rests, const struct audit_deal *deal, const struct audit_paper *paper)
{
    if (rests->count < AUDIT_RESTS)
        rests->list[rests->count++] = (struct audit_rest){deal, paper};
}

void audit_hit_add(struct audit_book *book, const struct audit_deal *deal, const struct audit_flag *flag, const struct audit_rests *rests)
{
    struct audit_rest *kept = arena_alloc(&book->arena, (rests->count + 1) * sizeof *kept);

    memcpy(kept, rests->list, rests->count * sizeof *kept);
    if (book->hit_count == book->hit_room) {
        book->hit_room = book->hit_room ? 2 * book->hit_room : 64;
        book->hits = realloc(book->hits, book->hit_room * sizeof *book->hits);
        if (!book->hits)
            abort();
    }
    book->hits[book->hit_count++] = (struct audit_hit){deal, flag, kept, rests->count};
}

static int hit_order(const void *left, const void *right)
{
    const struct audit_hit *a = left, *b = right;

    if (a->deal->id != b->deal->id)
        return a->deal->id < b->deal->id ? -1 : 1;
    return (a->flag > b->flag) - (a->flag < b->flag);
}

bool audit_flags_find(struct audit_book *book, struct err *err)
{
    (void)err;
    for (size_t f = 0; f < audit_flag_count; f++) {
        const struct audit_flag *flag = &audit_flags[f];

        for (size_t d = 0; flag->within && d < book->count; d++) {
            struct audit_rests rests = {.count = 0};

            if (flag->within(book, &book->deals[d], &rests))
                audit_hit_add(book, &book->deals[d], flag, &rests);
        }
        if (flag->across)
            flag->across(book, flag);
    }
    if (book->hit_count)
        qsort(book->hits, book->hit_count, sizeof *book->hits, hit_order);
    return true;
}

const struct audit_hit *audit_hits_of(const struct audit_book *book, const struct audit_deal *deal, size_t *count)
{
    size_t low = 0, high = book->hit_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (book->hits[middle].deal->id < deal->id)
            low = middle + 1;
        else
            high = middle;
    }
    for (*count = 0; low + *count < book->hit_count && book->hits[low + *count].deal == deal; ++*count)
        ;
    return *count ? &book->hits[low] : NULL;
}

bool audit_flagged(const struct audit_book *book, const struct audit_deal *deal, const char *code)
{
    size_t count;
    const struct audit_hit *hits = audit_hits_of(book, deal, &count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(code, "any") == 0 || strcmp(hits[i].flag->code, code) == 0)
            return true;
    return false;
}
