/*
 * A unit's chain of approvals, as data of the unit (party field `approvals`): one body a line, in order, each from which amount
 * on: "院系", "国有资产管理部门 100万元以上", "校长办公会 500万元以上", in English "Board from 5000000". A unit that says nothing has
 * one: its leaders together (集体决策, 国发〔2016〕16 号（十）).
 */
#ifndef TQ_WORK_CHAIN_H
#define TQ_WORK_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

enum { CHAIN_MOST = 12, CHAIN_BODY = 60 /* characters of a name: what an approval takes in */ };

struct chain {
    struct slice bodies[CHAIN_MOST]; /* those asked at this amount, in order */
    size_t count;
};

/* lines: the field's value, "" for none. ERR_INVALID: an amount that is none, a name that is too long. */
bool chain_read(struct slice lines, int64_t fen, struct chain *chain, struct err *err);

/* The amounts from which a further body is asked, in the order of the lines, without 0; lines that cannot be read give none. */
size_t chain_amounts(struct slice lines, int64_t fen[CHAIN_MOST]);

#endif
