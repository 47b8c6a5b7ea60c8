/*
 * A field table says what a record holds: one line a field. The same table drives the web form,
 * validation with one message a field, import and export columns, the JSON API, its OpenAPI
 * description, the row versions and what the match engine indexes. Nothing else lists fields.
 *
 *   field_read      one value out of what a person typed, checked; or one complaint
 *   field_show      a value as text for a CSV cell or an input box
 *   field_words     the same with the names of codes, for an input box and for reading
 *   field_json      a value as the API gives it
 *
 * Lists (FIELD_WORDS, FIELD_CODES) are kept as text with one item a line ('\n'). In a
 * spreadsheet cell they may be parted by ; ；、 , ，or a line break. Text that ends with a line break
 * is parted by line breaks alone; field_show writes a list so where an item holds one of the marks.
 */
#ifndef TQ_RECORD_FIELD_H
#define TQ_RECORD_FIELD_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

/* Who may see a value. Ordered: each level sees what the ones before it see. */
enum level {
    LEVEL_PUBLIC,    /* 公开摘要: everybody */
    LEVEL_SIGNED_IN, /* 登录可见 */
    LEVEL_NDA,       /* 签署保密协议可见 */
    LEVEL_OWN,       /* 本单位可见 */
    LEVEL_COUNT
};

enum field_type {
    FIELD_LINE,    /* one line of text; limits in characters */
    FIELD_PROSE,   /* several lines of text; limits in characters */
    FIELD_WORDS,   /* a list of free words; max is how many */
    FIELD_CHOICE,  /* one code out of `choices` */
    FIELD_CHOICES, /* a list of codes out of `choices` */
    FIELD_CODES,   /* a list of codes out of the code tree `choices` (record/tree.h) */
    FIELD_NUMBER,  /* a whole number between min and max */
    FIELD_MONEY,   /* fen; typed in yuan or with 万/亿元 */
    FIELD_DATE,    /* a calendar day, kept as "YYYY-MM-DD" */
    FIELD_YES,     /* yes or no */
    FIELD_PARTY,   /* the id of a party; typed as its name or code */
    FIELD_PERSON,  /* the id of a person */
    FIELD_USCC,    /* unified social credit code, GB 32100-2015 */
    FIELD_PHONE,
    FIELD_EMAIL,
    FIELD_URL,
    FIELD_RIGHTS,  /* 知识产权: one right a line, see record/right.h */
    FIELD_MEMBERS, /* 份额: one member a line, see record/member.h */
    FIELD_SHARE,   /* 万分比; typed in per cent, 33.34% */
    FIELD_DIGEST,  /* SHA-256 of a file, 64 hexadecimal digits, kept small */
    FIELD_ID,      /* the id of a record of the kind named in `choices`; set by the program */
    FIELD_TYPE_COUNT
};

/* How strongly the match engine weighs a field's words; NONE keeps it out of the index. */
enum field_weight { WEIGHT_NONE, WEIGHT_TEXT, WEIGHT_KEYWORD, WEIGHT_TITLE };

/* A named part of a kind's form: folded until something stands in it. What most people fill in stands before the parts. */
struct section {
    const char *name; /* lower case, [a-z]; unique within the kind */
    const char *label, *label_en;
};

struct field {
    const char *name;     /* column, JSON member and form name: lower case, [a-z_] */
    const char *label;    /* what people read, Chinese; the message id of its translation */
    const char *label_en;
    enum field_type type;
    bool required;        /* for publishing; a draft may lack it */
    int64_t min, max;     /* characters, items, the number itself or fen, by type; max 0: the type's own */
    const char *choices;  /* a choice list's or a code tree's name */
    enum level level;     /* the least level that sees the field */
    enum field_weight weight;
    const char *headers;  /* further column headers met in people's spreadsheets, parted by '|' */
    const char *hint;     /* one line under the input; may be NULL */
    const char *purpose;  /* personal field: why it is needed (个人信息保护法 §6); else NULL */
    const struct section *section; /* of the kind's sections; NULL, as for all that is required: at the head of the form */
};

enum { FIELDS_MAX = 42 };

/* One value. Text types use `text`, FIELD_NUMBER/MONEY/YES/PARTY/PERSON/SHARE/ID use `number`. */
struct value {
    bool known;
    int64_t number;
    struct slice text;
};

/* true where the type keeps its value in `number`. */
bool field_is_number(enum field_type type);
bool field_is_list(enum field_type type);
/* Is the item one of the lines? */
bool field_list_has(struct slice lines, struct slice item);
/* A list of which each line is read as a whole. */
bool field_is_lines(enum field_type type);

/*
 * Reads what a person typed into *out (memory from arena). Empty or blank input gives a value not known.
 * false: err says what is expected, err->field names the field. Does not look anything up:
 * a FIELD_PARTY is accepted here as digits only; names are resolved by work/.
 */
bool field_read(const struct field *field, struct slice typed, struct arena *arena, struct value *out,
                struct err *err);

/* The value as text a person can read back and type again. Money in yuan, lists parted by "；". */
struct slice field_show(const struct field *field, const struct value *value, struct arena *arena);

/* Codes with their names ("3441 泵及真空设备制造；3442 …", "兰州市城关区"), in one line; any other value as field_show has it. */
struct slice field_words(const struct field *field, const struct value *value, bool english, struct arena *arena);

/* The value as JSON: ids and money as strings, lists as arrays, unknown as null. New reference. */
json_t *field_json(const struct field *field, const struct value *value);

/* Equality of values as stored. */
bool value_same(const struct field *field, const struct value *a, const struct value *b);

#endif
