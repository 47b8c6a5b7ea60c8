/*
 * The kinds of record: seven nouns, each with its field table in a file of its own
 * (party.c, person.c, achievement.c, need.c, scenario.c, service.c, policy.c), and the papers of a transfer (deal.c, paper.c),
 * which have neither lists nor facets nor a place in the match index: work/deal.h writes and reads them.
 */
#ifndef TQ_RECORD_KIND_H
#define TQ_RECORD_KIND_H

#include "record/field.h"

enum kind_id {
    KIND_PARTY,       /* 单位: government, enterprise, university, institute, finance, broker, user */
    KIND_PERSON,      /* 人员: researchers, experts, technology managers */
    KIND_ACHIEVEMENT, /* 成果 */
    KIND_NEED,        /* 需求 */
    KIND_SCENARIO,    /* 场景 */
    KIND_SERVICE,     /* 服务: finance product, pilot platform, broker, innovation space, professional service */
    KIND_POLICY,      /* 政策 */
    KIND_COUNT,       /* those before it are for everybody to list, search, import and export */

    KIND_DEAL = KIND_COUNT, /* 转化项目 */
    KIND_TITLE,       /* 权属约定 */
    KIND_VALUATION,   /* 成果评价 */
    KIND_NOTICE,      /* 公示 */
    KIND_OBJECTION,   /* 异议 */
    KIND_APPROVAL,    /* 审批 */
    KIND_CONTRACT,    /* 技术合同 */
    KIND_REGISTRATION, /* 技术合同认定登记 */
    KIND_INSTALMENT,  /* 付款计划 */
    KIND_RECEIPT,     /* 到账 */
    KIND_COST,        /* 扣除 */
    KIND_PROFIT,      /* 年度利润 */
    KIND_AWARD,       /* 奖酬分配 */
    KIND_FILING,      /* 税务备案 */
    KIND_STATEMENT,   /* 申报事实 */
    KIND_RULING,      /* 规则裁定 */
    KIND_PAST_DEAL,   /* 历史合同 */
    KIND_PAST_RECEIPT, /* 历史到账 */
    KIND_PAST_AWARD,  /* 历史奖酬 */
    KIND_ATTACHMENT,  /* 附件 */
    KIND_ALL,         /* those from KIND_DEAL to it are a deal and its papers */

    /* Matters and their entries, and other records of the seven parties (record/matter.h, work/matter.h): a line for each area. */
    KIND_FINDING = KIND_ALL, /* 规则裁定 */
    KIND_CONTACT, KIND_TALK, /* 对接请求, 会谈 */
    /* policy */
    KIND_FACT, /* 企业事实 */
    KIND_CLAIM, /* 政策兑现 */
    /* finance */
    KIND_PATENT, KIND_CONSENT, KIND_PACK, /* 专利状态, 资产包授权, 尽调包 */
    KIND_LOAN, KIND_DRAWDOWN, KIND_REPAYMENT, KIND_SIGNAL, /* 贷款, 提款, 还款, 贷后信号处置 */
    /* fund */
    KIND_POOL, KIND_POOL_BANK, KIND_POOL_PAYMENT, KIND_POOL_REVIEW, KIND_POOL_ENTRY, /* 资金池, 合作银行, 出资收付, 年审, 分录 */
    KIND_COVER, KIND_REPAID, KIND_CLAIM_POOL, KIND_DEMAND, KIND_RECOVERY, /* 入池备案, 还款, 代偿申请, 催收, 追偿 */
    KIND_STAKE, KIND_STAKE_MARK, KIND_STAKE_CHECK, KIND_STAKE_ROUND, /* 先投后股, 里程碑, 检查与审计, 融资轮次 */
    KIND_MONEY_FLOW, KIND_MOVED, KIND_BRANCH, /* 财政资金, 带动资金, 科技支行 */
    /* talent */
    KIND_NEED_CARE, KIND_CAREER, KIND_CASE_WORK, KIND_INTEREST, KIND_COMMISSION, KIND_INTRODUCTION, KIND_REWARD_CLAIM,
    KIND_COUNTED_RECEIPT, KIND_WORK_PROOF, KIND_NEED_TEST, KIND_TEST_ITEM, KIND_PROPOSAL,
    KIND_TALENT_POST, KIND_POST_SERVICE,
    /* pilot */
    KIND_CAPABILITY, KIND_TARIFF, KIND_PERMIT, KIND_BOOKING, /* 中试能力, 收费标准, 平台证照, 排期 */
    KIND_PILOT_JOB, KIND_CUSTODY, KIND_TRIAL_RUN, KIND_TRL_EVIDENCE, KIND_BILL, /* 中试作业, 样品流转, 原始记录, 成熟度证据, 开票与付款 */
    KIND_VOUCHER, KIND_VOUCHER_USE, KIND_SETTLEMENT, /* 创新券, 券的变动, 创新券结算 */
    KIND_INDUSTRIAL, KIND_CLEARANCE, /* 产业化清单, 产业化事项 */
    KIND_TENANCY, KIND_SPACE_SERVICE, /* 入驻, 空间服务 */
    /* service */
    KIND_SERVICE_ORDER, KIND_HANDOVER, KIND_ORDER_PAYMENT, KIND_GUIDE, /* 服务订单, 交付, 付款, 办事指南 */
    KIND_TRIAL, KIND_TRIAL_AIM, KIND_TRIAL_READING, KIND_TRY_LICENCE, KIND_TRY_MARK, /* 场景试用, 指标, 读数, 先用后付许可, 里程碑 */
    /* board */
    KIND_CHALLENGE, KIND_MILESTONE, KIND_PROTEST, KIND_BID, /* 榜单, 里程碑, 公示异议, 揭榜书 */
    KIND_FAIR, KIND_FAIR_ITEM, KIND_FAIR_GUEST, KIND_MEETING, KIND_MEETING_ANSWER, /* 对接活动, 议程, 活动报名, 对接洽谈, 各方答的结果 */
    KIND_ALLIANCE, KIND_MEMBERSHIP, KIND_JOINT_PROJECT, /* 产业技术创新联盟, 联盟成员, 共同项目 */
    KIND_SHARED_RIGHT, KIND_ALLIANCE_MONEY, KIND_JOINT_RESULT, /* 共有权利, 联盟经费, 共同成果 */
    KIND_PROGRAMME, KIND_PROJECT, KIND_PROJECT_RESULT, KIND_DUTY_REPORT, /* 科研计划, 科研项目, 项目成果, 年度报告 */
    KIND_PREFILING, /* 专利申请前评估 */
    /* view */
    KIND_BUNDLE, KIND_BUNDLE_PART, /* 一揽子方案, 方案组成 */
    KIND_FIELD_COUNT, /* 对照数 */
    /* consult */
    KIND_CONSULTATION, KIND_CONSULT_TOPIC, KIND_CONSULT_SEAT, KIND_CONSULT_VISIT, KIND_CONSULT_AGENDA, /* 协商座谈, 议题, 参加委员, 走访调研, 议程 */
    KIND_OPINION, KIND_OPINION_COSIGN, KIND_OPINION_MERGE, KIND_OPINION_OBJECT, KIND_OPINION_REPLY, KIND_OPINION_URGE, /* 意见建议, 联名, 并案记录, 交办异议, 书面答复, 督办 */
    KIND_OPINION_ASSIST, /* 协办 */
    KIND_REMARK, /* 现场记录 */
    /* steer */
    KIND_TASK, KIND_TASK_PROGRESS, KIND_TASK_URGE, KIND_TASK_EXTENSION, /* 协同任务, 任务进展, 督办, 延期 */
    KIND_TASK_OBJECTION, KIND_TASK_TRANSFER, KIND_TASK_REPORT, KIND_TASK_PART, /* 交办异议, 改派, 办结报告, 任务协办 */
    KIND_ACTION, KIND_ACTION_CHANGE, KIND_TARGET, KIND_TARGET_CHANGE, /* 行动, 责任与期限的调整, 目标, 目标的调整 */
    KIND_MECHANISM, KIND_MECH_MEMBER, KIND_MECH_MEETING, KIND_MECH_ROUND, /* 联席会议与专班, 成员, 会议, 每周调度 */
    KIND_REFORM, KIND_REFORM_REPORT, KIND_REFORM_VERDICT, /* 改革事项, 试点结果, 试点延期 */
    KIND_END
};

struct kind {
    enum kind_id id;
    const char *name;      /* "achievement": table, leaf, API */
    const char *plural;    /* "achievements": path */
    const char *label;     /* 成果 */
    const char *label_en;
    const struct field *fields;
    size_t count;
    size_t title;          /* index of the field that names the record */
    size_t summary;        /* index of the field shown on a card */
    const size_t *natural; /* indexes of the natural key, against duplicates on import; */
    size_t natural_count;  /* the owner party is part of the key where owned is true */
    bool owned;            /* belongs to a party */
    const size_t *facets;  /* indexes of the fields that a list can be narrowed by */
    size_t facet_count;
    const struct section *sections; /* of its form, in their order */
    size_t section_count;
};

extern const struct kind kind_party, kind_person, kind_achievement, kind_need, kind_scenario, kind_service,
    kind_policy;

const struct kind *kind_get(enum kind_id id);
const struct kind *kind_by_name(const char *name);     /* of the seven; NULL if there is none */
const struct kind *kind_by_plural(const char *plural); /* of the seven; NULL if there is none */
const struct kind *kind_stored(const char *name);      /* all that there are: what a leaf names */
bool kind_is_paper(const struct kind *kind);           /* a deal or what lies in its file */
bool kind_is_listed(const struct kind *kind);          /* one of the seven: with lists, facets and a place in the match index */

/* Rows of tables of past transfers (record/past.h): imported like the seven, and papers of a deal's file. */
bool kind_is_past(const struct kind *kind);
/* What a table may be brought in as: the seven, then the rows of past transfers; NULL behind the last. */
const struct kind *kind_imported(size_t i);
const struct kind *kind_imported_by_name(const char *name);
const struct kind *kind_imported_by_plural(const char *plural);
/* Do people fill the field in? Of a row of past transfers some are the program's. */
bool kind_typed(const struct kind *kind, size_t field);

/* The field's index in the kind's table, or -1. */
int kind_field(const struct kind *kind, const char *name);

#endif
