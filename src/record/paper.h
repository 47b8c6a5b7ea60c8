/*
 * The papers in a deal's file (卷内文书). The first three fields of each are the deal's id, the paper's number within its
 * kind, from 1, and the deal's terms when it was put in; all three are the program's to set. Which step writes which: work/deal_step.c.
 */
#ifndef TQ_RECORD_PAPER_H
#define TQ_RECORD_PAPER_H

#include "record/kind.h"

enum paper_field { PAPER_DEAL, PAPER_NO, PAPER_TERMS /* of the deal, when it was put in */, PAPER_OWN /* the kind's own */ };

enum title_field {
    TITLE_MODE = PAPER_OWN, /* 单位所有、共同所有（赋权）、长期使用权 */
    TITLE_HOLDERS,          /* shares sum to 100 % */
    TITLE_YEARS,            /* of a right of use: ≥ 10 */
    TITLE_AGREED_ON,        /* the day from which it holds: the fact's time, beside the record's own */
    TITLE_SINGLE,           /* 权属清晰 */
    TITLE_PROSPECT,         /* 应用前景明朗 */
    TITLE_TAKER,            /* 承接对象明确 */
    TITLE_WILLING,          /* 科研人员转化意愿强烈 */
    TITLE_NEGATIVE,         /* 属于不得赋权的负面清单 */
    TITLE_PLAN,             /* 转化实施方案 */
    TITLE_DEPUTY,           /* 团队指定的代表 */
    TITLE_FIELD_COUNT
};

/* 国办发〔2021〕26 号: five values; GB/T 22900-2022: nine levels */
enum valuation_field {
    VALUATION_SCIENCE = PAPER_OWN, VALUATION_TECHNOLOGY, VALUATION_ECONOMY, VALUATION_SOCIETY, VALUATION_CULTURE,
    VALUATION_TRL, VALUATION_EVIDENCE, VALUATION_BY, VALUATION_CONFLICT, VALUATION_DONE_ON, VALUATION_FIELD_COUNT
};

enum notice_field {
    NOTICE_SORT = PAPER_OWN, /* 转让、奖酬、权属 */
    NOTICE_PLACE,            /* 本单位、技术交易市场 */
    NOTICE_FIRST_DAY, NOTICE_NAME, NOTICE_PRICE, NOTICE_SUMMARY, NOTICE_WAY, NOTICE_RELATED, NOTICE_CHANNEL,
    NOTICE_MARKET, NOTICE_NUMBER, NOTICE_URL, NOTICE_SNAPSHOT, /* of the outside market: SHA-256 of the page as saved */
    NOTICE_ENDED_ON, NOTICE_ENDED_WHY, /* withdrawn, or replaced by a notice of what was changed */
    NOTICE_FIELD_COUNT
};

enum objection_field {
    OBJECTION_NOTICE = PAPER_OWN, OBJECTION_CAME_ON, OBJECTION_BY, OBJECTION_TEXT, OBJECTION_RULED_ON, OBJECTION_RULING,
    OBJECTION_UPHELD, OBJECTION_FIELD_COUNT
};

enum approval_field {
    APPROVAL_BODY = PAPER_OWN, APPROVAL_DECISION, APPROVAL_DECIDED_ON, APPROVAL_PRICE, APPROVAL_MINUTES,
    APPROVAL_DIGEST, /* SHA-256 of the minutes */
    APPROVAL_CONFLICTS, APPROVAL_FIELD_COUNT
};

enum contract_field {
    CONTRACT_SORT = PAPER_OWN, CONTRACT_NUMBER, CONTRACT_NAME, CONTRACT_SIGNED_ON, CONTRACT_UNTIL, CONTRACT_AMOUNT,
    CONTRACT_TECHNICAL,      /* 技术交易额 */
    CONTRACT_INCOME,         /* 技术性收入 */
    CONTRACT_GOODS,          /* 非技术性：设备、仪器、零部件、原材料 */
    CONTRACT_PAYMENT,        /* 民法典 §846 */
    CONTRACT_LICENCE,        /* 独占、排他、普通 */
    CONTRACT_OPEN,           /* 该专利正实行开放许可 */
    CONTRACT_ALLIANCE,       /* 产学研合作协议 */
    CONTRACT_ALLIANCE_TERMS, /* 转化法 §26 七项 */
    CONTRACT_RESULTS,        /* 后续成果归属 */
    CONTRACT_RISK,           /* 民法典 §858 */
    CONTRACT_LIABILITY, CONTRACT_CLAUSES, CONTRACT_FORBIDS, /* 司法解释 §10 六种情形 */
    CONTRACT_DIGEST,
    CONTRACT_TREE,           /* the answers by which its sort was found: work/contract_tree.h */
    CONTRACT_SORT_WHY,       /* why it is another than they come to */
    CONTRACT_FIELD_COUNT
};

enum registration_field {
    REGISTRATION_POINT = PAPER_OWN, REGISTRATION_LOCAL, REGISTRATION_CHINESE, REGISTRATION_SENT_ON, REGISTRATION_LACKS, REGISTRATION_DECIDED_ON,
    REGISTRATION_RESULT, REGISTRATION_NUMBER, REGISTRATION_AMOUNT, REGISTRATION_TECHNICAL,
    REGISTRATION_CHANGED_ON, /* 变更登记: the contract was amended after it */ REGISTRATION_REVOKED_ON,
    REGISTRATION_REVOKED_WHY,
    REGISTRATION_ASKED_ON, REGISTRATION_MENDED_ON, /* of LACKS: the unit's turn from the one to the other */
    REGISTRATION_DISPUTED, /* to the full check */
    REGISTRATION_FIELD_COUNT
};

enum instalment_field {
    INSTALMENT_SORT = PAPER_OWN, INSTALMENT_DUE_ON, INSTALMENT_AMOUNT, INSTALMENT_RATE, INSTALMENT_TERMS,
    INSTALMENT_FIELD_COUNT
};

enum receipt_field {
    RECEIPT_CAME_ON = PAPER_OWN, RECEIPT_AMOUNT, RECEIPT_PAYER, RECEIPT_VOUCHER, RECEIPT_FIELD_COUNT
};

enum cost_field {
    COST_SORT = PAPER_OWN, COST_AMOUNT, COST_VOUCHER, COST_PUBLIC, COST_NOTE, COST_FIELD_COUNT
};

/* One year's, of a deal that is worked by the unit itself or with others: what the reward is reckoned from (转化法 §45 一（三）). */
enum profit_field {
    PROFIT_YEAR = PAPER_OWN, PROFIT_AMOUNT /* 0 for a year with a loss */, PROFIT_SOURCE, PROFIT_VOUCHER, PROFIT_NOTE, PROFIT_FIELD_COUNT
};

enum award_field {
    AWARD_INCOME = PAPER_OWN, AWARD_NET, AWARD_RATE, AWARD_REWARD, AWARD_TEAM, AWARD_SHARES, /* each person's fen, a line */
    AWARD_HALF /* 财税〔2018〕58 号 */, AWARD_DECIDED_ON, AWARD_PAID_ON, AWARD_APART /* 没有混入工资奖金 */, AWARD_VOUCHER, AWARD_FIELD_COUNT
};

enum filing_field {
    FILING_SORT = PAPER_OWN, FILING_FILED_ON, FILING_NUMBER, FILING_NOTE, FILING_FIELD_COUNT
};

enum statement_field {
    STATEMENT_FACT = PAPER_OWN, STATEMENT_VALUE, STATEMENT_SOURCE, STATEMENT_UNTIL, STATEMENT_FIELD_COUNT
};

/* What the rulebook said at a gate: which rules, which versions of them, over which facts. The program's to write. */
enum ruling_field { RULING_STEP = PAPER_OWN, RULING_ON, RULING_RULES, RULING_FIELD_COUNT };

/* A file, kept by its hash (work/attachment.h). Never overwritten: a wrong one is withdrawn. */
enum attachment_field {
    ATTACHMENT_PAPER = PAPER_OWN, /* the name of the kind of paper it belongs to; "deal": to the deal itself */
    ATTACHMENT_PAPER_NO,          /* that paper's number; not known for the deal */
    ATTACHMENT_SORT, ATTACHMENT_NAME,
    ATTACHMENT_SIZE,              /* bytes */
    ATTACHMENT_MEDIA,             /* a code of the list "media" */
    ATTACHMENT_DIGEST,            /* SHA-256 of its bytes */
    ATTACHMENT_WITHDRAWN_ON, ATTACHMENT_WITHDRAWN_WHY, ATTACHMENT_FIELD_COUNT
};

extern const struct kind kind_deal, kind_title, kind_valuation, kind_notice, kind_objection, kind_approval, kind_contract,
    kind_registration, kind_instalment, kind_receipt, kind_cost, kind_profit, kind_award, kind_filing, kind_statement, kind_ruling,
    kind_attachment;

#endif
