/* JSON from outside, strictly: depth ≤ 64, no duplicate keys, no NUL, no bytes after the end, no BOM. */
#ifndef TQ_BASE_JSON_H
#define TQ_BASE_JSON_H

#include <jansson.h>

#include "base/err.h"
#include "base/slice.h"
#include "base/text.h"

/* A new reference, or NULL with err (ERR_INVALID, line and column in the message). */
json_t *json_read(struct slice text, struct err *err);
/* The same of at most that many values, counted before anything is taken: "[[],[]," swells. ERR_TOO_LARGE. */
json_t *json_read_most(struct slice text, size_t most, struct err *err);
/* The same where the text begins at that line of a file. */
json_t *json_read_line(struct slice text, long line, struct err *err);

/* Compact, UTF-8, keys in insertion order. */
void json_write(const json_t *json, struct text *out);

/* "" unless the member is a string. The slice lives as long as the object. */
struct slice json_member(const json_t *object, const char *name);

/* Sets each of these members, parted by blanks, to null where the object has none: a template finds no outer one instead. */
void json_fill(json_t *object, const char *names);

/* Sets a string member from a slice (valid UTF-8 by contract). */
void json_put(json_t *object, const char *name, struct slice text);
void json_put_id(json_t *object, const char *name, int64_t id); /* ids and fen travel as strings */
void json_put_day(json_t *object, const char *name, int32_t day); /* "2026-11-28" */

#endif
