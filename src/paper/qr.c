#include "paper/qr.h"

#include <qrencode.h>

struct qr {
    QRcode code; /* a QRcode by another name: none is made but by the library */
};

struct qr *qr_make(struct slice text)
{
    return (struct qr *)QRcode_encodeData((int)text.len, (const unsigned char *)text.at, 0, QR_ECLEVEL_M);
}

void qr_free(struct qr *qr)
{
    QRcode_free((QRcode *)qr);
}

int qr_width(const struct qr *qr)
{
    return qr->code.width;
}

bool qr_black(const struct qr *qr, int x, int y)
{
    return qr->code.data[y * qr->code.width + x] & 1;
}
