/*
 * A deal (转化项目): one transfer of one achievement, from disclosure to the last fen. Its file holds the papers of
 * record/paper.h; how it moves is work/deal.h.
 */
#ifndef TQ_RECORD_DEAL_H
#define TQ_RECORD_DEAL_H

#include "record/field.h"

enum deal_field {
    DEAL_TITLE,
    DEAL_ACHIEVEMENT, /* id of the achievement */
    DEAL_PIER,        /* where it stands: a code of the list "pier" */
    DEAL_WAY,         /* 转化法 §16 */
    DEAL_PRICING,     /* 转化法 §18 */
    DEAL_PRICE,
    DEAL_BUYER,       /* 受让方、被许可方或合作方 */
    DEAL_BUYER_PARTY, /* its id here, where it has one */
    DEAL_BUYER_NATURE,
    DEAL_ABROAD,      /* the buyer is outside China */
    DEAL_RELATED,     /* 受让方为完成人或利害关系人 */
    DEAL_RELATION,    /* how */
    DEAL_APPRAISAL,   /* 财政部令第 100 号: appraised, or waived with reasons */
    DEAL_FISCAL,      /* 利用财政性资金设立的科技计划项目所形成 */
    DEAL_GROUND,      /* how the price was found */
    DEAL_REGION,      /* of the unit, as the rules ask for it */
    DEAL_TERMS,       /* how often buyer, way, pricing or price were changed: a notice or an approval holds for the terms it was of */
    DEAL_PAPERS,      /* how many papers were put into its file: each step moves the deal to a new version */
    DEAL_PAST,        /* 历史补录: it was over, or under way, before it was written down here (record/past.h) */
    DEAL_FIELD_COUNT
};

extern const struct field deal_fields[DEAL_FIELD_COUNT];

#endif
