/*
 * Finance for a firm, by a bank's own decision: what a firm's patents stand at (专利状态), its consent that a bank may look at its asset
 * pack (授权), the packs that were taken under it (尽调包), and the loan (贷款) with its drawdowns, repayments and signals. What is in an
 * asset pack is work/asset_pack.h, how a consent and a loan move is work/consent.h and work/loan.h.
 */
#ifndef TQ_RECORD_FINANCE_H
#define TQ_RECORD_FINANCE_H

#include "record/matter.h"

/*
 * One patent or application as the patent office's file has it, of one holder (the owner). Its own key: the number and the holder; a
 * patent of two holders is there once for each. PLEDGE_LOAN is the program's: the loan of this house that it stands pledged for.
 */
enum patent_field {
    PATENT_NUMBER,   /* ZL202110123456.7 or CN202110123456.7 is kept as 202110123456.7 */
    PATENT_NAME,
    PATENT_STATUS,   /* list "patent_status" */
    PATENT_FEE_UNTIL, /* 年费缴至: paid for up to and with this day */
    PATENT_PLEDGE,   /* number of the registered pledge; not known: none was in the file */
    PATENT_LICENCE,  /* number or words of the filed licence */
    PATENT_OPEN,     /* 开放许可 is in force */
    PATENT_ENDS,     /* the day on which its term ends */
    PATENT_CHECKED,  /* 更新日期: of which day the file is */
    PATENT_FROM_FILE, /* brought in by an officer or the office's own file (yes), or declared by the firm (no) */
    PATENT_PLEDGE_LOAN,
    PATENT_FIELD_COUNT
};
extern const struct kind kind_patent;

/*
 * A patent's or an application's number in the one spelling in which it is kept: "ZL 2021 1 0123456.7", "CN202110123456.7" and
 * "2021101234567" are 202110123456.7. Eight or twelve digits and the check digit (weights 2 to 9 over and over, modulo 11, X for ten:
 * 专利申请号标准 ZC 0006-2003). ERR_INVALID: no such number; it says what it should look like.
 */
bool patent_number_read(struct slice typed, struct arena *arena, struct slice *number, struct err *err);
enum { PATENT_STALE_DAYS = 90 }; /* older than this it is shown as stale (本平台约定) */

/* 授权: the owner is the firm. */
enum consent_field {
    CONSENT_BANK = MATTER_OWN,
    CONSENT_PARTS,   /* list "consent_part" */
    CONSENT_PURPOSE,
    CONSENT_UNTIL,   /* in force up to and with this day */
    CONSENT_REVOKED_ON, CONSENT_WHY,
    CONSENT_FIELD_COUNT
};

/* 尽调包: what a bank took under a consent, as it was at that moment. An entry of the consent. */
enum pack_field {
    PACK_LOAN = ENTRY_OWN, /* the loan for which it was taken; not known: none yet */
    PACK_LEAF,       /* how many leaves the ledger had: what came later is not in it */
    PACK_DIGEST,     /* SHA-256 of PACK_CONTENT */
    PACK_FACTS,      /* how many lines it has */
    PACK_STALE,      /* of these, those older than PATENT_STALE_DAYS */
    PACK_CONTENT,    /* JSON, from which its PDF and XLSX are made at any time the same */
    PACK_FIELD_COUNT
};
extern const struct kind kind_consent, kind_pack;

/* 贷款: the owner is the firm. Money in fen; a rate in hundredths of a per cent a year; terms in months. */
enum loan_field {
    LOAN_BANK = MATTER_OWN,
    LOAN_PRODUCT,    /* id of the service */
    LOAN_SORT,       /* the product's, of list "finance_product" */
    LOAN_ASKED, LOAN_PURPOSE, LOAN_MONTHS_ASKED,
    LOAN_PATENTS,    /* numbers of those it offers as a pledge, one a line */
    LOAN_CONSENT,    /* id of the consent */
    LOAN_PACK,       /* id of the pack last taken for it */
    LOAN_PACK_ON,    /* the day on which the first was */
    LOAN_APPROVED, LOAN_RATE, LOAN_MONTHS, LOAN_GUARANTEE, LOAN_CONDITIONS,
    LOAN_REASONS,    /* of a refusal: list "loan_refusal" */
    LOAN_REASON_WHY, LOAN_DECIDED_ON, LOAN_FILE_NO, /* the bank's own number */
    LOAN_CONTRACT_NO, LOAN_SIGNED_ON,
    LOAN_VALUATION,  /* worth of what is pledged, as appraised or agreed */
    LOAN_VALUED,     /* list "loan_valued" */
    LOAN_OWNERS_AGREE, /* all who own what is pledged agree */
    LOAN_OPEN_KNOWN, /* the bank knows of an open licence on what is pledged */
    LOAN_PLEDGE_NO, LOAN_PLEDGED_ON, /* of the patent office's register: the pledge exists from that day on */
    LOAN_MATURES,
    LOAN_DRAWN, LOAN_REPAID, /* sums of the entries; principal alone */
    LOAN_POOL,       /* id of the risk pool that shares its loss; not known: none */
    LOAN_OVERDUE_ON, /* the day from which it is overdue */
    LOAN_CLAIMED,    /* principal for which compensation is claimed */
    LOAN_ENDED,      /* list "loan_end" */
    LOAN_FIELD_COUNT
};
enum drawdown_field { DRAWDOWN_AMOUNT = ENTRY_OWN, DRAWDOWN_PAID_ON, DRAWDOWN_VOUCHER, DRAWDOWN_FIELD_COUNT };
enum repayment_field { REPAYMENT_AMOUNT = ENTRY_OWN /* principal */, REPAYMENT_INTEREST, REPAYMENT_PAID_ON, REPAYMENT_VOUCHER, REPAYMENT_FIELD_COUNT };
/* 贷后信号 that the bank took note of. What signals there are is computed from the records (work/loan_signal.h). */
enum signal_field {
    SIGNAL_SORT = ENTRY_OWN, /* list "loan_signal" */
    SIGNAL_ABOUT_KIND, SIGNAL_ABOUT, /* the record that shows it */
    SIGNAL_DAY,      /* since when */
    SIGNAL_DONE,     /* what the bank did */
    SIGNAL_FIELD_COUNT
};
extern const struct kind kind_loan, kind_drawdown, kind_repayment, kind_signal;

#endif
