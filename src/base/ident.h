/* Identity codes and ids. */
#ifndef TQ_BASE_IDENT_H
#define TQ_BASE_IDENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

/*
 * 统一社会信用代码, GB 32100-2015: 18 characters, no I O Z S V, mod-31 check digit; positions 9–17 are an
 * organisation code with its own check character (GB 11714). Lower case and full width are normalised.
 * out: 19 bytes.
 */
bool ident_uscc(struct slice typed, char out[19], struct err *err);

/*
 * A 63-bit id: 41 bits of ms since 2020-01-01, 10 bits node, 12 bits count. Rises within one process.
 * ident_node sets this process's node (0..1023), at start and whenever it changes (work/node.h).
 */
void ident_node(unsigned node);
int64_t ident_next(int64_t now_ms);

/* Ids as text: decimal. false: not 1..2^63-1. */
bool ident_parse(struct slice text, int64_t *id);

#endif
