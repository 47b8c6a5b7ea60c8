/* What each SQLSTATE means: one table (PostgreSQL manual, appendix A), most special first. */
#include "store/pg/pg_int.h"

static const char busy[] = N_("数据库正忙，请稍后再试");
static const char away[] = N_("暂时连不上数据库，请稍后再试");
static const char broken[] = N_("读写数据库失败");

static const struct pg_class classes[] = {
    {"08", PG_DROP, ERR_IO, away},        /* connection exceptions */
    {"25006", PG_DROP, ERR_IO, away},     /* read-only: a standby, in the middle of a fail-over */
    {"25P03", PG_DROP, ERR_IO, away},     /* idle in transaction too long */
    {"57P", PG_DROP, ERR_IO, away},       /* shut down, crashed, cannot connect now, idle */
    {"28", PG_DROP, ERR_IO, N_("数据库拒绝登录，请核对用户名和口令")},
    {"3D", PG_DROP, ERR_IO, N_("没有这个数据库，请核对 --db 里的库名")},
    {"40003", PG_DROP, ERR_IO, away},     /* statement completion unknown */
    {"40", PG_AGAIN, ERR_BUSY, busy},     /* serialisation failure, deadlock */
    {"55P03", PG_AGAIN, ERR_BUSY, busy},  /* a lock was not to be had in time */
    {"0A000", PG_DROP, ERR_IO, broken},   /* a cached plan whose table has changed */
    {"23505", PG_STEP, ERR_CONFLICT, N_("已有相同的记录，请刷新后再看")},
    {"23", PG_STEP, ERR_INVALID, N_("数据不符合库中的约束，没有写入")},
    {"22", PG_STEP, ERR_INVALID, N_("数据不符合库中的约束，没有写入")},
    {"53100", PG_STEP, ERR_FULL, N_("磁盘已满，暂时只能读取，不能写入")},
    {"53200", PG_STEP, ERR_MEMORY, N_("内存不足")},
    {"53300", PG_DROP, ERR_BUSY, N_("数据库的连接已用完，请稍后再试")},
    {"53", PG_STEP, ERR_BUSY, busy},
    {"54", PG_STEP, ERR_TOO_LARGE, N_("数据太大，不能保存")},
    {"57014", PG_STEP, ERR_BUSY, busy},   /* cancelled, or out of time */
    {"XX001", PG_STEP, ERR_CORRUPT, N_("读到的数据不完整，请核对数据库")},
    {"XX002", PG_STEP, ERR_CORRUPT, N_("读到的数据不完整，请核对数据库")},
    {"", PG_STEP, ERR_IO, broken},        /* 42 syntax and names, 58 system, the rest: our mistake or the machine's */
};

const struct pg_class *pg_classify(const char *sqlstate)
{
    const struct pg_class *class = classes;

    if (sqlstate && *sqlstate)
        while (strncmp(sqlstate, class->state, strlen(class->state)) != 0)
            class++;
    return class;
}
