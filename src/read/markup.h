/*
 * XML of a package part, pushed through expat into three functions. Names come without their prefix. A document
 * type (and with it every entity) is refused, and so is nesting beyond MARKUP_DEPTH_MOST.
 */
#ifndef TQ_READ_MARKUP_H
#define TQ_READ_MARKUP_H

#include "read/package.h"

enum { MARKUP_DEPTH_MOST = 256 };

struct markup {
    void (*open)(void *arg, const char *name, const char **attributes);
    void (*close)(void *arg, const char *name);
    void (*text)(void *arg, struct slice text);
    /* May be asked after each piece: another code than READER_DONE stops. NULL: never. */
    enum reader_code (*verdict)(void *arg);
};

enum reader_code markup_read(struct package *package, const char *part, const struct markup *markup, void *arg);

/* The attribute's value by its name without prefix; NULL if there is none. */
const char *markup_attribute(const char **attributes, const char *name);

#endif
