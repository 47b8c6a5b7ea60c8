/* The QR code of a paper as a picture in its Word file. */
#ifndef TQ_PAPER_DOCX_QR_H
#define TQ_PAPER_DOCX_QR_H

#include "paper/parts.h"

/*
 * Puts the picture and what leads to it into the package; *drawing: what stands in a run to show it, "" where there is no code or
 * the package has no relations of its text (then nothing is put in). Bytes in the arena.
 */
void docx_qr_add(struct parts *parts, struct slice code, struct arena *arena, struct slice *drawing);

#endif
