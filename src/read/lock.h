/*
 * The lock-up of tieqiao-read, done after its input is in memory and before the first byte of it is looked at:
 * no new privileges, no file opened (PDF: only poppler's own character maps, by landlock), nothing written but
 * standard output, no process, no socket, little memory and time. What is not allowed ends the process.
 */
#ifndef TQ_READ_LOCK_H
#define TQ_READ_LOCK_H

#include <stdbool.h>

enum lock_form {
    LOCK_SEALED,  /* no file at all */
    LOCK_MAPS     /* poppler reads the character maps of CJK fonts as it meets them */
};

/* False: something could not be locked; the caller must end. */
bool lock_up(enum lock_form form);

#endif
