/*
 * Which sort of technology contract it is, found by a few questions (民法典 §§851, 862, 878; 技术合同司法解释 §§17–19, 22, 34, 42:
 * by what is agreed, not by the name it bears). One table in contract_tree.c holds the questions, the answers, where each
 * answer leads and the article that says so; a question that an earlier answer makes idle is never asked. Rule R60 judges the
 * same: the answers are facts of it, and a test walks every path and asks the rule.
 *
 *   tree_walk     follows answers such as "rights.existing.license"; what is asked next, or what it comes to
 *   tree_of_deal  the answers that the way of transfer gives by itself
 *   tree_trail    the answers in words, for the contract's paper
 */
#ifndef TQ_WORK_CONTRACT_TREE_H
#define TQ_WORK_CONTRACT_TREE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

enum contract_form {
    FORM_COMMISSIONED, /* 委托开发 */
    FORM_SHARED,       /* 合作开发 */
    FORM_CONVERSION,   /* 技术转化合同，参照技术开发 (§851 末款) */
    FORM_ASSIGN,       /* 技术转让 */
    FORM_LICENSE,      /* 技术许可 */
    FORM_CONSULT,      /* 技术咨询 */
    FORM_SERVE,        /* 技术服务 */
    FORM_OTHER,        /* no technology contract */
    FORM_OPEN          /* more is to be asked */
};

enum { TREE_ANSWERS = 5, TREE_DEPTH = 4 };

struct tree_answer {
    const char *code, *says, *article; /* "existing", in words, "民法典 §862" */
    const char *next;                  /* the question it leads to; NULL: it comes to `form` */
    enum contract_form form;
    const char *facts;                 /* of rule R60, as "existing_technology=1 public_domain=0" */
};

struct tree_question {
    const char *name, *asks;
    struct tree_answer answers[TREE_ANSWERS];
    size_t count;
};

extern const struct tree_question tree_questions[]; /* the first is asked first */
extern const size_t tree_question_count;

struct tree_walk {
    struct {
        const struct tree_question *question;
        const struct tree_answer *answer;
    } taken[TREE_DEPTH];
    size_t count;
    const struct tree_question *next; /* NULL: it came to an end */
    enum contract_form form;          /* FORM_OPEN while there is a next */
};

/* codes: answers from the first question on, parted by dots; "": none yet. ERR_INVALID: one that its question does not have. */
bool tree_walk(struct slice codes, struct tree_walk *walk, struct err *err);

/* "assign" and "license" are answers by themselves where the technology is there and protected; else "". */
struct slice tree_of_deal(struct slice way, bool has_rights);

/* "rights.existing.license\n合同主要约定什么：…（民法典 §862）\n…": the codes first, so that tree_codes reads them again. */
struct slice tree_trail(const struct tree_walk *walk, struct arena *arena);
struct slice tree_codes(struct slice trail);

/* The sort as the contract's paper writes it: "develop" … "serve"; "" for FORM_OTHER and FORM_OPEN. */
const char *form_sort(enum contract_form form);
const char *form_label(enum contract_form form); /* "委托开发" */

/* Bits of enum contract_form that a contract of this sort may be: of "develop" all three, unless the trail tells which. */
unsigned forms_of(struct slice sort, struct slice trail);

#endif
