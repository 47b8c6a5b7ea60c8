/* Achievement (科技成果): what a university, an institute or a firm can hand over. */
#include "record/achievement.h"

#include "record/kind.h"

enum { PROTECTION, TRANSFER, TEAM, CODES };

static const struct section sections[] = {
    [PROTECTION] = {"protection", "知识产权与技术要点", "Intellectual property and details"},
    [TRANSFER] = {"transfer", "转化", "Transfer"},
    [TEAM] = {"team", "团队与联系", "Team and contact"},
    [CODES] = {"codes", "关键词与分类代码", "Keywords and codes"},
};

const struct field achievement_fields[ACHIEVEMENT_FIELD_COUNT] = {
    [ACHIEVEMENT_TITLE] = {"title", "成果名称", "Title", FIELD_LINE, .required = true, .min = 4, .max = 200,
                           .weight = WEIGHT_TITLE,
                           .headers = "名称|专利名称|发明名称|项目名称|题名|title|award title"},
    [ACHIEVEMENT_USES] = {"uses", "应用领域", "Fields of use", FIELD_WORDS, .max = 12,
                          .weight = WEIGHT_KEYWORD, .headers = "用途|应用方向|技术领域"},
    [ACHIEVEMENT_ABSTRACT] = {"abstract", "公开摘要", "Public abstract", FIELD_PROSE, .required = true,
                              .min = 20, .max = 5000, .weight = WEIGHT_TEXT,
                              .headers = "摘要|成果简介|简介|abstract",
                              .hint = "说明做什么用、效果如何。未申请专利的技术要点不要写在这里：公开会丧失新颖性(专利法 §24)"},
    [ACHIEVEMENT_DETAIL] = {"detail", "技术要点", "Technical details", FIELD_PROSE, .max = 20000,
                            .level = LEVEL_NDA, .weight = WEIGHT_TEXT, .headers = "技术方案|技术内容|详细介绍",
                            .hint = "没有专利申请日的，默认仅本单位可见", .section = &sections[PROTECTION]},
    [ACHIEVEMENT_KEYWORDS] = {"keywords", "关键词", "Keywords", FIELD_WORDS, .max = 20,
                              .weight = WEIGHT_KEYWORD, .headers = "keywords|主题词",
                              .section = &sections[CODES]},
    [ACHIEVEMENT_IPC] = {"ipc", "IPC 分类", "IPC", FIELD_CODES, .max = 10, .choices = "ipc",
                         .headers = "IPC|IPC分类号|主分类号|分类号", .section = &sections[CODES]},
    [ACHIEVEMENT_INDUSTRY] = {"industry", "应用行业", "Industries (GB/T 4754)", FIELD_CODES, .max = 8,
                              .choices = "gbt4754", .headers = "国民经济行业|行业分类|行业",
                              .section = &sections[CODES]},
    [ACHIEVEMENT_DISCIPLINE] = {"discipline", "学科", "Disciplines", FIELD_CODES, .max = 5,
                                .choices = "discipline", .headers = "学科分类", .section = &sections[CODES]},
    [ACHIEVEMENT_TRL] = {"trl", "技术成熟度", "TRL", FIELD_NUMBER, .min = 1, .max = 9,
                         .headers = "TRL|成熟度|技术就绪度", .hint = "GB/T 22900-2022,1 至 9 级"},
    [ACHIEVEMENT_RIGHTS] = {"rights", "知识产权", "Intellectual property", FIELD_RIGHTS, .max = 60,
                            .headers = "专利|知识产权情况",
                            .hint = "每行一件：类型 号码 申请日 状态，如：发明专利 ZL202110123456.0 2021-01-29 有效", .section = &sections[PROTECTION]},
    [ACHIEVEMENT_TEAM] = {"team", "完成人", "Team", FIELD_WORDS, .max = 30, .level = LEVEL_SIGNED_IN,
                          .headers = "发明人|设计人|团队|完成人员", .purpose = "署名与奖酬的依据(促进科技成果转化法 §44)", .section = &sections[TEAM]},
    [ACHIEVEMENT_WAYS] = {"ways", "转化方式", "Ways of transfer", FIELD_CHOICES, .max = 6, .choices = "way",
                          .headers = "拟转化方式|合作方式", .hint = "促进科技成果转化法 §16", .section = &sections[TRANSFER]},
    [ACHIEVEMENT_PRICE] = {"price", "价格意向", "Price idea", FIELD_MONEY, .max = 100000000000000000,
                           .headers = "拟转化价格|价格|报价|award amount|amount", .hint = "如：160 万元；面议可不填",
                           .section = &sections[TRANSFER]},
    [ACHIEVEMENT_SECRECY] = {"secrecy", "技术要点公开范围", "Who may see the details", FIELD_CHOICE,
                             .choices = "secrecy", .headers = "保密级别|密级",
                             .hint = "国家秘密、工作秘密不得录入本系统",
                             .section = &sections[PROTECTION]},
    [ACHIEVEMENT_REGION] = {"region", "所在地", "Region", FIELD_CODES, .max = 1, .choices = "division",
                            .headers = "地区", .section = &sections[TEAM]},
    [ACHIEVEMENT_EVIDENCE] = {"evidence", "验证与应用情况", "Evidence and use", FIELD_PROSE, .max = 4000,
                              .weight = WEIGHT_TEXT, .headers = "应用情况|验证情况|推广应用",
                              .section = &sections[TRANSFER]},
    [ACHIEVEMENT_WANTED] = {"wanted", "需要的支持", "Support wanted", FIELD_LINE, .max = 300,
                            .headers = "需求支持", .section = &sections[TRANSFER]},
    [ACHIEVEMENT_CONTACT] = {"contact", "联系人", "Contact", FIELD_LINE, .max = 60,
                             .level = LEVEL_SIGNED_IN, .headers = "联系方式", .purpose = "对接洽谈", .section = &sections[TEAM]},
};

static const size_t natural[] = {ACHIEVEMENT_TITLE};
static const size_t facets[] = {ACHIEVEMENT_INDUSTRY, ACHIEVEMENT_IPC, ACHIEVEMENT_TRL, ACHIEVEMENT_WAYS, ACHIEVEMENT_REGION};

const struct kind kind_achievement = {
    .id = KIND_ACHIEVEMENT, .name = "achievement", .plural = "achievements", .label = "成果",
    .label_en = "Achievement", .fields = achievement_fields, .count = ACHIEVEMENT_FIELD_COUNT,
    .title = ACHIEVEMENT_TITLE, .summary = ACHIEVEMENT_ABSTRACT, .natural = natural, .natural_count = 1,
    .owned = true, .facets = facets, .facet_count = sizeof facets / sizeof *facets,
    .sections = sections, .section_count = sizeof sections / sizeof *sections,
};
