#include "work/node.h"

#include <stdio.h>

#include "base/ident.h"
#include "base/log.h"
#include "seal/seal.h"
#include "work/lease.h"

enum { RETRY_MS = 5000, NAME = 16 };

/* What a step tries; it may run twice. */
struct trial {
    const struct node *node;
    int64_t now_ms;
    unsigned number; /* answered */
};

static const char *name_of(unsigned number, char name[NAME])
{
    snprintf(name, NAME, "node %u", number);
    return name;
}

static bool try_number(struct sql *sql, struct trial *trial, unsigned number, bool *held, struct err *err)
{
    const struct node *node = trial->node;
    char name[NAME];

    trial->number = number;
    return lease_hold(sql, name_of(number, name), node->holder, trial->now_ms, trial->now_ms + node->lease_ms, held, err);
}

/* The one it has; else the first free one, from anywhere. */
static bool take_step(struct sql *sql, void *arg, struct err *err)
{
    struct trial *trial = arg;
    const struct node *node = trial->node;
    bool held = false;

    if (node->number && !try_number(sql, trial, node->number, &held, err))
        return false;
    for (unsigned i = 0; i < NODE_MOST && !held; i++)
        if (!try_number(sql, trial, 1 + (unsigned)((node->holder + i) % NODE_MOST), &held, err))
            return false;
    if (held)
        return true;
    err_set(err, ERR_BUSY, "这个库上已经有 %d 个进程，没有空的编号", NODE_MOST);
    return err_hint(err, "请停掉不用的服务；非正常结束的进程，它的编号十分钟后空出来");
}

static bool take(struct node *node, int64_t now_ms, struct err *err)
{
    struct trial trial = {.node = node, .now_ms = now_ms};

    if (store_write(node->store, "", take_step, &trial, err) != STORE_DONE) {
        node->renew_ms = now_ms + RETRY_MS;
        return false;
    }
    if (node->number && node->number != trial.number)
        log_warn("node: number %u was lost, now it is %u", node->number, trial.number);
    node->number = trial.number;
    node->renew_ms = now_ms + NODE_RENEW_MS;
    ident_node(node->number);
    return true;
}

bool node_take(struct node *node, struct store *store, int64_t lease_ms, int64_t now_ms, struct err *err)
{
    uint32_t random[2];

    seal_random(random, sizeof random);
    *node = (struct node){.store = store, .holder = (int64_t)((uint64_t)random[0] << 31 | random[1] >> 1), .lease_ms = lease_ms};
    return take(node, now_ms, err);
}

void node_keep(struct node *node, int64_t now_ms)
{
    struct err err;

    if (node->store && now_ms >= node->renew_ms && !take(node, now_ms, &err))
        log_warn("node: number %u is not renewed: %s", node->number, err.message);
}

static bool leave_step(struct sql *sql, void *arg, struct err *err)
{
    const struct node *node = arg;
    char name[NAME];

    return lease_drop(sql, name_of(node->number, name), node->holder, err);
}

void node_leave(struct node *node)
{
    struct err ignored;

    if (node->store && node->number)
        store_write(node->store, "", leave_step, node, &ignored);
    *node = (struct node){0};
}
