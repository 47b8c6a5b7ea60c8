/* Person (人员): a researcher, an expert, a technology manager (技术经理人), a committee member. */
#include "record/person.h"

#include "record/kind.h"

enum { PORTRAIT, REACHED, CODES };

static const struct section sections[] = {
    [PORTRAIT] = {"portrait", "介绍", "Portrait"},
    [REACHED] = {"reached", "联系方式", "Contact"},
    [CODES] = {"codes", "地区与分类代码", "Region and codes"},
};

const struct field person_fields[PERSON_FIELD_COUNT] = {
    [PERSON_NAME] = {"name", "姓名", "Name", FIELD_LINE, .required = true, .min = 2, .max = 60,
                     .weight = WEIGHT_TITLE, .headers = "人员姓名|专家姓名|经理人姓名|发明人",
                     .purpose = "公开其专业能力，供对接"},
    [PERSON_CALLING] = {"calling", "身份", "Calling", FIELD_CHOICES, .required = true, .max = 4,
                        .choices = "calling", .headers = "类型|人员类别"},
    [PERSON_PARTY] = {"party", "所在单位", "Organisation", FIELD_PARTY, .headers = "单位|工作单位|机构"},
    [PERSON_TITLE] = {"title", "职称或等级", "Title or grade", FIELD_LINE, .max = 60,
                      .headers = "职称|等级|职务", .section = &sections[PORTRAIT]},
    [PERSON_SKILLS] = {"skills", "擅长领域", "Skills", FIELD_WORDS, .required = true, .max = 20,
                       .weight = WEIGHT_KEYWORD, .headers = "研究方向|专业领域|服务领域"},
    [PERSON_INDUSTRY] = {"industry", "服务行业", "Industries (GB/T 4754)", FIELD_CODES, .max = 8,
                         .choices = "gbt4754", .section = &sections[CODES]},
    [PERSON_DISCIPLINE] = {"discipline", "学科", "Disciplines", FIELD_CODES, .max = 8,
                           .choices = "discipline", .headers = "学科代码", .section = &sections[CODES]},
    [PERSON_REGION] = {"region", "所在地", "Region", FIELD_CODES, .max = 1, .choices = "division",
                       .headers = "地区", .section = &sections[CODES]},
    [PERSON_ABOUT] = {"about", "简介", "About", FIELD_PROSE, .max = 3000, .weight = WEIGHT_TEXT,
                      .headers = "个人简介|业绩", .purpose = "公开其专业能力，供对接", .section = &sections[PORTRAIT]},
    [PERSON_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .level = LEVEL_SIGNED_IN,
                      .headers = "电话|手机", .purpose = "登录用户联系本人", .section = &sections[REACHED]},
    [PERSON_EMAIL] = {"email", "电子邮箱", "E-mail", FIELD_EMAIL, .level = LEVEL_SIGNED_IN,
                      .headers = "邮箱", .purpose = "登录用户联系本人", .section = &sections[REACHED]},
    [PERSON_TAKES] = {"takes", "可接受委托", "Open to requests", FIELD_YES, .headers = "是否接单",
                      .section = &sections[PORTRAIT]},
};

static const size_t natural[] = {PERSON_NAME, PERSON_PARTY};
static const size_t facets[] = {PERSON_CALLING, PERSON_REGION, PERSON_INDUSTRY};

const struct kind kind_person = {
    .id = KIND_PERSON, .name = "person", .plural = "people", .label = "专家与经理人", .label_en = "People",
    .fields = person_fields, .count = PERSON_FIELD_COUNT, .title = PERSON_NAME, .summary = PERSON_ABOUT,
    .natural = natural, .natural_count = 2, .owned = false,
    .facets = facets, .facet_count = sizeof facets / sizeof *facets,
    .sections = sections, .section_count = sizeof sections / sizeof *sections,
};
