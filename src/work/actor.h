/*
 * Who is acting: an account with its roles (DESIGN §8), each with a scope. A visitor has account 0 and no role.
 */
#ifndef TQ_WORK_ACTOR_H
#define TQ_WORK_ACTOR_H

#include "ledger/leaf.h"
#include "store/store.h"

enum role {
    ROLE_MEMBER,         /* 单位成员: enterprise, university, institute, bank, broker, platform, scenario owner */
    ROLE_UNIT_ADMIN,     /* 单位管理员: also edits the party itself and imports for it */
    ROLE_RESEARCHER,     /* 科研人员 */
    ROLE_MANAGER,        /* 技术经理人 */
    ROLE_COMMITTEE,      /* 政协委员 */
    ROLE_CITY_OFFICER,   /* 市级工作人员 */
    ROLE_COUNTY_OFFICER, /* 区县工作人员 */
    ROLE_PARK_OFFICER,   /* 园区工作人员 */
    ROLE_REGISTRAR,      /* 技术合同登记机构 */
    ROLE_MARKET,         /* 技术市场运营 */
    ROLE_CPPCC_OFFICE,   /* 政协办公室 */
    ROLE_LEADER,         /* 领导 */
    ROLE_SECRETARY,      /* 领导秘书 */
    ROLE_READER_FINANCE, /* 财政 */
    ROLE_READER_TAX,     /* 税务 */
    ROLE_READER_ASSETS,  /* 国资 */
    ROLE_READER_PERSONNEL, /* 人社 */
    ROLE_READER_DISCIPLINE, /* 纪检 */
    ROLE_AUDITOR,        /* 审计: reads everything, changes nothing, is itself logged */
    ROLE_SYSTEM_ADMIN,   /* 系统管理员: runs the machine, sees no records beyond a visitor's */
    ROLE_SECURITY_ADMIN, /* 安全管理员: accounts and roles */
    ROLE_AUDIT_ADMIN,    /* 审计管理员: the ledger and the view log */
    ROLE_COUNT
};

enum scope_kind { SCOPE_ALL, SCOPE_PARTY, SCOPE_DIVISION };

struct role_grant {
    enum role role;
    enum scope_kind scope_kind;
    int64_t scope; /* party id or division code */
};

enum { ACTOR_GRANTS = 8, ACTOR_NAME = 120 };

struct actor {
    int64_t account; /* 0: visitor */
    int64_t party;   /* 0: none */
    int64_t person;  /* 0: none */
    char name[ACTOR_NAME];
    char login[64];
    unsigned char pseudonym[LEAF_ACTOR];
    struct role_grant grants[ACTOR_GRANTS];
    size_t grant_count;
};

/* The role's name as stored ("member") and its label (单位成员; Member). */
const char *role_name(enum role role);
const char *role_label(enum role role);
const char *role_label_en(enum role role);
bool role_by_name(struct slice name, enum role *role);

/* Roles as bits. */
#define ROLE_BIT(role) (1u << (role))
#define ROLE_OFFICERS (ROLE_BIT(ROLE_CITY_OFFICER) | ROLE_BIT(ROLE_COUNTY_OFFICER) | ROLE_BIT(ROLE_PARK_OFFICER))

bool actor_has(const struct actor *actor, enum role role);
/* One of them, wherever his scope lies. */
bool actor_has_any(const struct actor *actor, unsigned bits);
/* A city, county or park officer, wherever his scope lies. */
bool role_is_officer(enum role role);
bool actor_is_officer(const struct actor *actor);

/* Loads account, roles and scopes. ERR_SIGN_IN if there is no such account or it is disabled. */
bool actor_load(struct sql *sql, int64_t account, struct actor *actor, struct err *err);

/* The program itself, for set-up and commands on an unserved database: may do everything, pseudonym all zero. */
void actor_program(struct actor *actor);
bool actor_is_program(const struct actor *actor);

#endif
