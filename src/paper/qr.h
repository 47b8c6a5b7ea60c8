/* A QR code (GB/T 18284, ISO/IEC 18004) as squares, by libqrencode: the only file that sees it is qr.c. */
#ifndef TQ_PAPER_QR_H
#define TQ_PAPER_QR_H

#include <stdbool.h>

#include "base/slice.h"

struct qr;

/* NULL where the text is longer than a code holds. To be freed with qr_free. */
struct qr *qr_make(struct slice text);
void qr_free(struct qr *qr);

int qr_width(const struct qr *qr); /* squares a side, without the quiet zone of four around it */
bool qr_black(const struct qr *qr, int x, int y);

#endif
