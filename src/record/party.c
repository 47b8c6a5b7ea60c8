/* Party (单位): an organisation of one of the seven sides 政产学研金介用. */
#include "record/party.h"

#include "record/kind.h"

enum { PORTRAIT, REACHED, REGISTER };

static const struct section sections[] = {
    [PORTRAIT] = {"portrait", "介绍", "Portrait"},
    [REACHED] = {"reached", "联系方式", "Contact"},
    [REGISTER] = {"register", "登记信息", "Registration"},
};

const struct field party_fields[PARTY_FIELD_COUNT] = {
    [PARTY_NAME] = {"name", "单位名称", "Name", FIELD_LINE, .required = true, .min = 2, .max = 120,
                    .weight = WEIGHT_TITLE, .headers = "名称|机构名称|企业名称|organization|institution|firm"},
    [PARTY_SIDE] = {"side", "所属方", "Side", FIELD_CHOICE, .required = true, .choices = "side",
                    .headers = "类别|主体类型|七方", .hint = "政府、企业、高校、院所、金融、中介、用户"},
    [PARTY_USCC] = {"uscc", "统一社会信用代码", "Unified social credit code", FIELD_USCC,
                    .headers = "信用代码|社会信用代码|USCC", .hint = "18 位，GB 32100-2015"},
    [PARTY_NATURE] = {"nature", "单位性质", "Legal nature", FIELD_CHOICE, .choices = "nature",
                      .headers = "法人性质", .section = &sections[REGISTER]},
    [PARTY_REGION] = {"region", "所在地", "Region", FIELD_CODES, .max = 1, .choices = "division",
                      .headers = "地区|行政区划|所在区县", .hint = "市级部门写兰州市（620100），不写办公楼所在的区：由哪一级的工作人员决定，按这里算"},
    [PARTY_INDUSTRY] = {"industry", "国民经济行业", "Industry (GB/T 4754)", FIELD_CODES, .max = 5,
                        .choices = "gbt4754", .headers = "行业|行业代码", .section = &sections[PORTRAIT]},
    [PARTY_ABOUT] = {"about", "单位简介", "About", FIELD_PROSE, .max = 4000, .weight = WEIGHT_TEXT,
                     .headers = "简介|主营业务", .section = &sections[PORTRAIT]},
    [PARTY_STRENGTHS] = {"strengths", "优势方向", "Strengths", FIELD_WORDS, .max = 20,
                         .weight = WEIGHT_KEYWORD, .headers = "主要方向|研究方向",
                         .section = &sections[PORTRAIT]},
    [PARTY_SITE] = {"site", "网址", "Web site", FIELD_URL, .max = 300, .headers = "网站",
                    .section = &sections[PORTRAIT]},
    [PARTY_CONTACT] = {"contact", "联系人", "Contact", FIELD_LINE, .max = 40, .level = LEVEL_SIGNED_IN,
                       .headers = "联系人姓名", .purpose = "让有意合作的人找得到负责人",
                       .section = &sections[REACHED]},
    [PARTY_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .level = LEVEL_SIGNED_IN,
                     .headers = "电话|手机", .purpose = "让有意合作的人找得到负责人",
                     .section = &sections[REACHED]},
    [PARTY_EMAIL] = {"email", "电子邮箱", "E-mail", FIELD_EMAIL, .level = LEVEL_SIGNED_IN,
                     .headers = "邮箱", .purpose = "让有意合作的人找得到负责人",
                     .section = &sections[REACHED]},
    [PARTY_FOUNDED] = {"founded", "成立日期", "Founded", FIELD_DATE, .headers = "注册日期|成立时间",
                       .section = &sections[REGISTER]},
    [PARTY_STAFF] = {"staff", "职工人数", "Staff", FIELD_NUMBER, .min = 0, .max = 2000000,
                     .level = LEVEL_SIGNED_IN, .headers = "人数|从业人数", .section = &sections[REGISTER]},
    [PARTY_APPROVALS] = {"approvals", "转化审批链", "Chain of approvals", FIELD_WORDS, .max = 12, .level = LEVEL_OWN,
                         .hint = "依次每行一个机构，后面可写起点金额，如：校长办公会 500万元以上；不填的由单位领导班子集体决策",
                         .section = &sections[REGISTER]},
};

static const size_t natural[] = {PARTY_NAME};
static const size_t facets[] = {PARTY_SIDE, PARTY_REGION, PARTY_INDUSTRY};

const struct kind kind_party = {
    .id = KIND_PARTY, .name = "party", .plural = "parties", .label = "单位", .label_en = "Organisation",
    .fields = party_fields, .count = PARTY_FIELD_COUNT, .title = PARTY_NAME, .summary = PARTY_ABOUT,
    .natural = natural, .natural_count = 1, .owned = false,
    .facets = facets, .facet_count = sizeof facets / sizeof *facets,
    .sections = sections, .section_count = sizeof sections / sizeof *sections,
};
