/*
 * Translations of the pages' texts and of the program's sentences (base/said.h): po/LANGUAGE.po, read once at start and then only looked at. The source language is
 * Chinese, and a message is its own id. Not gettext(3): it chooses by the process's locale, and ours stays C.UTF-8
 * while one process answers in several languages; the .po files themselves are gettext's, for its editors and tools.
 *
 * Read: msgid and msgstr, several lines long or not, escapes \n \t \" \\. Left out: fuzzy and empty entries, the header
 * and obsolete ones. Refused by name: msgctxt and plurals, which the pages do not use; and a translation flagged c-format whose
 * arguments are not its id's.
 */
#ifndef TQ_WEB_MESSAGE_H
#define TQ_WEB_MESSAGE_H

#include <stddef.h>

#include "base/err.h"
#include "base/slice.h"

struct messages;

enum { LANGUAGES_MOST = 8 };

/* Reads every *.po under dir. */
bool messages_open(const char *dir, struct messages **messages, struct err *err);
void messages_close(struct messages *messages);

/* How many languages there are beside the source; "en" to its number, -1 if there is none of that name. */
size_t messages_languages(const struct messages *messages);
int messages_language(const struct messages *messages, const char *name);

/* The translation; at NULL where there is none. */
struct slice messages_find(const struct messages *messages, int language, struct slice id);

/* The translation, or the id itself where there is none. Lives as long as messages. */
struct slice messages_text(const struct messages *messages, int language, struct slice id);

#endif
