/*
 * A sentence for people, made so that it can be said again in another language. Chinese is the source: a sentence is
 * rendered in it at once, for the log and the command line, and keeps the format it was made from and where in its text
 * each argument stands. Who answers a reader of another language looks the format up in a catalogue and puts the
 * arguments into what is found. No language is set anywhere, for no thread and no process.
 *
 *   said_make      renders, and notes where the arguments stand
 *   said_through   the sentence through a catalogue
 *   said_fits      may this translation stand for this format?
 *
 * A translation never reaches printf: it is text with places in it, and finished pieces of text go there. One whose
 * places do not fit is refused when a catalogue is read; what slips by says nothing in that place.
 *
 * Formats are literals (the compiler sees to it) with %s %c %d %u %x %X, lengths l ll z, 0, width and precision; a
 * translation may take arguments out of turn with %2$s. **A precision marks what was given**: %.*s or %.60s is what a
 * person or a file brought, cut to whole characters, and stays as it is. A bare %s is a word of ours (a label, another
 * sentence without arguments) and is looked up as well; several parted by 、 are looked up one by one.
 */
#ifndef TQ_BASE_SAID_H
#define TQ_BASE_SAID_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/text.h"

enum { SAID_PIECES = 6 };

/* Copies as it stands: 32 bytes, no memory of its own. */
struct said {
    const char *format; /* NULL: nothing was said */
    struct said_piece {
        uint16_t from, len; /* in the sentence's text */
    } pieces[SAID_PIECES];
};

/* For the extractor (po/extract), where a text of ours is not written straight into err_set or err_hint. */
#define N_(text) text

/* What a catalogue has for a text of ours; at NULL if it has nothing. */
typedef struct slice said_find(const void *catalogue, struct slice text);

/* Renders into text, which has `size` bytes (1 to 65535), cut to whole characters. */
void said_make(struct said *said, char *text, size_t size, const char *format, va_list args);

/* Copies a sentence's text, cut to whole characters; its pieces still fit. */
void said_copy(char *text, size_t size, const char *from);

/* Adds the sentence whose Chinese is `text` to out, in the catalogue's language; in Chinese where it has no translation. */
void said_through(const struct said *said, struct slice text, said_find *find, const void *catalogue, struct text *out);

/* Each argument of the format once, in the same kind. */
bool said_fits(struct slice format, struct slice translation);

#endif
