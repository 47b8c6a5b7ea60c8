#include "work/contract_silence.h"

#include "base/said.h"
#include "record/paper.h"
#include "work/contract_tree.h"

#define F(form) (1u << FORM_##form)
#define DEVELOP (F(COMMISSIONED) | F(SHARED) | F(CONVERSION))
#define GIVEN (F(ASSIGN) | F(LICENSE))
#define ANY (DEVELOP | GIVEN | F(CONSULT) | F(SERVE))

static const struct silence silences[] = {
    {CONTRACT_UNTIL, GIVEN, N_("受让人、被许可人实施专利或者使用技术秘密不受期限限制"), N_("技术合同司法解释 §28")},
    {CONTRACT_UNTIL, F(LICENSE), N_("专利实施许可合同仅在该专利权的存续期限内有效"), N_("民法典 §865")},
    {CONTRACT_UNTIL, ANY & ~GIVEN, N_("债务人可以随时履行，债权人也可以随时请求履行，但是应当给对方必要的准备时间"), N_("民法典 §511（四）")},
    {CONTRACT_LICENCE, F(LICENSE), N_("认定为普通实施许可"), N_("技术合同司法解释 §25")},
    {CONTRACT_RESULTS, F(COMMISSIONED) | F(CONVERSION),
     N_("委托开发完成的发明创造，申请专利的权利属于研究开发人；研究开发人取得专利权的，委托人可以依法实施该专利"), N_("民法典 §859")},
    {CONTRACT_RESULTS, F(SHARED) | F(CONVERSION), N_("合作开发完成的发明创造，申请专利的权利属于合作开发的当事人共有"), N_("民法典 §860")},
    {CONTRACT_RESULTS, DEVELOP, N_("技术秘密成果，在没有相同技术方案被授予专利权前，当事人均有使用和转让的权利"), N_("民法典 §861")},
    {CONTRACT_RESULTS, GIVEN, N_("一方后续改进的技术成果，其他各方无权分享"), N_("民法典 §875")},
    {CONTRACT_RESULTS, F(CONSULT) | F(SERVE),
     N_("受托人利用委托人提供的技术资料和工作条件完成的新的技术成果，属于受托人；委托人利用受托人的工作成果完成的，属于委托人"), N_("民法典 §885")},
    {CONTRACT_RISK, DEVELOP, N_("因出现无法克服的技术困难，致使研究开发失败或者部分失败的，风险由当事人合理分担"), N_("民法典 §858")},
    {CONTRACT_RISK, GIVEN, N_("按照约定实施专利、使用技术秘密侵害他人合法权益的，由让与人或者许可人承担责任"), N_("民法典 §874")},
    {CONTRACT_RISK, F(CONSULT), N_("委托人按照受托人符合约定要求的咨询报告和意见作出决策所造成的损失，由委托人承担"), N_("民法典 §881")},
    {CONTRACT_LIABILITY, ANY,
     N_("损失赔偿额应当相当于因违约所造成的损失，包括合同履行后可以获得的利益；但是，不得超过违约一方订立合同时预见到或者应当预见到的"),
     N_("民法典 §584")},
    {CONTRACT_LIABILITY, GIVEN, N_("许可人未按照约定许可技术的，返还部分或者全部使用费；被许可人未按照约定支付使用费的，补交使用费；让与人、受让人参照适用"),
     N_("民法典 §§872、873")},
    {CONTRACT_LIABILITY, F(CONSULT), N_("受托人未按期提出咨询报告或者提出的咨询报告不符合约定的，承担减收或者免收报酬等违约责任"), N_("民法典 §881")},
    {CONTRACT_LIABILITY, F(SERVE), N_("受托人未按照约定完成服务工作的，承担免收报酬等违约责任"), N_("民法典 §884")},
    {CONTRACT_CLAUSES, ANY,
     N_("质量要求不明确的，依次按照强制性国家标准、推荐性国家标准、行业标准，没有标准的按照通常标准或者符合合同目的的特定标准履行"),
     N_("民法典 §511（一）")},
    {CONTRACT_CLAUSES, ANY, N_("履行地点不明确，给付货币的，在接受货币一方所在地履行；其他标的，在履行义务一方所在地履行"), N_("民法典 §511（三）")},
    {CONTRACT_CLAUSES, ANY & ~(F(CONSULT) | F(SERVE)), N_("履行费用的负担不明确的，由履行义务一方负担"), N_("民法典 §511（六）")},
    {CONTRACT_CLAUSES, F(CONSULT) | F(SERVE), N_("受托人正常开展工作所需费用，由受托人负担"), N_("民法典 §886")},
    {CONTRACT_CLAUSES, F(LICENSE), N_("许可人负有在合同有效期内维持专利权有效的义务，包括依法缴纳专利年费和积极应对他人提出宣告专利权无效的请求"),
     N_("技术合同司法解释 §26")},
    {CONTRACT_CLAUSES, F(CONSULT), N_("没有约定保密义务的，引用、发表或者向第三人提供对方的资料、报告不认定为违约，但侵害合法权益的除外"), N_("技术合同司法解释 §31")},
};

size_t contract_silences(unsigned forms, const bool *known, const struct silence *list[SILENCES_MOST])
{
    size_t count = 0;

    _Static_assert(sizeof silences / sizeof *silences <= SILENCES_MOST, "the list has room for all");
    for (size_t i = 0; i < sizeof silences / sizeof *silences; i++)
        if ((silences[i].forms & forms) && !known[silences[i].field])
            list[count++] = &silences[i];
    return count;
}
