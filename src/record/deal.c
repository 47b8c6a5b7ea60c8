/* Deal (转化项目): one transfer of one achievement. Not public; officers and the registration agency see how far it is. */
#include "record/deal.h"

#include "record/kind.h"

const struct field deal_fields[DEAL_FIELD_COUNT] = {
    [DEAL_TITLE] = {"title", "项目名称", "Title", FIELD_LINE, .required = true, .min = 4, .max = 200,
                    .level = LEVEL_SIGNED_IN, .weight = WEIGHT_TITLE},
    [DEAL_ACHIEVEMENT] = {"achievement", "成果", "Achievement", FIELD_ID, .required = true, .choices = "achievement",
                          .level = LEVEL_SIGNED_IN},
    [DEAL_PIER] = {"pier", "进度", "Stands at", FIELD_CHOICE, .required = true, .choices = "pier",
                   .level = LEVEL_SIGNED_IN},
    [DEAL_WAY] = {"way", "转化方式", "Way of transfer", FIELD_CHOICE, .choices = "way", .level = LEVEL_SIGNED_IN,
                  .hint = "促进科技成果转化法 §16 的六种方式"},
    [DEAL_PRICING] = {"pricing", "定价方式", "Pricing", FIELD_CHOICE, .choices = "pricing", .level = LEVEL_SIGNED_IN,
                      .hint = "促进科技成果转化法 §18：协议定价、在技术交易市场挂牌或拍卖"},
    [DEAL_PRICE] = {"price", "拟交易价格", "Price", FIELD_MONEY, .max = 100000000000000000, .level = LEVEL_OWN,
                    .hint = "如：160 万元；作价投资的写作价金额"},
    [DEAL_BUYER] = {"buyer", "受让方", "Buyer", FIELD_LINE, .max = 120, .level = LEVEL_OWN,
                    .hint = "受让方、被许可方、合作方或标的企业的全称"},
    [DEAL_BUYER_PARTY] = {"buyer_party", "受让方在本平台的登记", "Buyer as registered here", FIELD_PARTY, .level = LEVEL_OWN,
                          .hint = "已登记的单位填全称或统一社会信用代码，没有登记的不填"},
    [DEAL_BUYER_NATURE] = {"buyer_nature", "受让方性质", "Buyer's nature", FIELD_CHOICE, .choices = "nature",
                           .level = LEVEL_OWN, .hint = "国有全资与否决定要不要评估"},
    [DEAL_ABROAD] = {"abroad", "受让方在境外", "Buyer abroad", FIELD_YES, .level = LEVEL_OWN},
    [DEAL_RELATED] = {"related", "受让方为完成人或利害关系人", "Related to the inventors", FIELD_YES, .level = LEVEL_OWN,
                      .hint = "完成人本人、其近亲属，或他们持股、任职的企业；公示时须标明"},
    [DEAL_RELATION] = {"relation", "关联情况", "How related", FIELD_LINE, .max = 300, .level = LEVEL_OWN,
                       .hint = "谁，与受让方是什么关系"},
    [DEAL_APPRAISAL] = {"appraisal", "资产评估", "Appraisal", FIELD_CHOICE, .choices = "appraisal", .level = LEVEL_OWN,
                        .hint = "给国有全资企业的可以不评估；给其他单位的由本单位决定，不评估的写明定价依据"},
    [DEAL_FISCAL] = {"fiscal_project", "财政资金科技项目所形成", "From a publicly funded project", FIELD_YES, .level = LEVEL_OWN,
                     .hint = "向境外转让或独占许可的，须项目管理机构批准（科学技术进步法 §34）"},
    [DEAL_GROUND] = {"ground", "定价依据", "Ground of the price", FIELD_PROSE, .max = 3000, .level = LEVEL_OWN,
                     .hint = "询价、评估、可比交易或集体决策的依据"},
    [DEAL_REGION] = {"region", "单位所在地", "Region", FIELD_CODES, .max = 1, .choices = "division",
                     .level = LEVEL_SIGNED_IN},
    [DEAL_TERMS] = {"terms", "条件版次", "Terms", FIELD_NUMBER, .max = 1000000, .level = LEVEL_SIGNED_IN},
    [DEAL_PAPERS] = {"papers", "卷内文书", "Papers", FIELD_NUMBER, .max = 1000000, .level = LEVEL_SIGNED_IN},
    [DEAL_PAST] = {"past", "历史补录", "Of the past", FIELD_YES, .level = LEVEL_SIGNED_IN},
};

static const size_t natural[] = {DEAL_TITLE, DEAL_ACHIEVEMENT};

const struct kind kind_deal = {
    .id = KIND_DEAL, .name = "deal", .plural = "deals", .label = "转化项目", .label_en = "Deal",
    .fields = deal_fields, .count = DEAL_FIELD_COUNT, .title = DEAL_TITLE, .summary = DEAL_GROUND,
    .natural = natural, .natural_count = 2, .owned = true,
};
