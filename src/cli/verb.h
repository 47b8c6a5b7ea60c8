/*
 * The other door: tieqiao VERB [options]. Each verb is one line in main.c's table and one function.
 * Exit status: 0 done, 1 it did not work (one sentence says why), 2 the call's words are off.
 */
#ifndef TQ_CLI_VERB_H
#define TQ_CLI_VERB_H

#include "work/city.h"

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

/* What every verb takes. */
struct where {
    const char *data;  /* --data DIR, default ./data */
    const char *db;    /* --db URL, NULL: SQLite in data */
    const char *share; /* --share DIR: schema, codes, pages …; default: where this was built or installed */
};

struct verb {
    const char *name, *arguments, *help;
    int (*run)(int argc, char **argv, const struct where *where);
};

/* --help or -h among the words of a verb; what it then says. */
bool help_wanted(int argc, char **argv);
int help_verb(const struct verb *verb);

/* Takes --data, --db and --share out of argv (its first is the verb); false: one of them has no value. */
bool where_take(int *argc, char **argv, struct where *where);

/* The value of --NAME, taken out of argv; NULL if it is not there. *missing: it is there without one. */
const char *option_take(int *argc, char **argv, const char *name, bool *missing);
/* --NAME without a value. */
bool flag_take(int *argc, char **argv, const char *name);

/* To stderr on one line: what tables and their names hold, a terminal must not obey; so controls become blanks. */
void verb_print(const char *text);

/* "✗ message。hint" to stderr; returns EXIT_FAILED. */
int verb_failed(const struct err *err);
int verb_usage(const char *sentence);

/* How a command opens the city that nobody serves. */
enum verb_open {
    VERB_ALONE,  /* reads or writes records by itself, without followers */
    VERB_FOLLOW, /* with index and followers */
    VERB_AS_IS,  /* changes nothing: no schema brought up to date */
    VERB_MAKE    /* alone, and makes the city where there is none: all others refuse that, lest a word misspelt make one */
};
bool verb_open(const struct where *where, enum verb_open how, struct city **city, struct err *err);

/* A server has another folder under its feet: the path made whole; the file need not be there. To be freed. */
char *verb_path(const char *path);

/* Where tieqiao-read lies: beside this program, where it was installed, or in the build. NULL if nowhere. */
const char *reader_path(void);
/* The folder of pages, schema, codes …: where they were installed, else the source that this was built from. */
const char *share_path(void);

int verb_serve(int argc, char **argv, const struct where *where);
int verb_init(int argc, char **argv, const struct where *where);
int verb_account(int argc, char **argv, const struct where *where);
int verb_eval(int argc, char **argv, const struct where *where);
int verb_learn(int argc, char **argv, const struct where *where);
int verb_match(int argc, char **argv, const struct where *where);
int verb_match_all(int argc, char **argv, const struct where *where); /* argv without --all */
int verb_backup(int argc, char **argv, const struct where *where);
int verb_restore(int argc, char **argv, const struct where *where);
int verb_check(int argc, char **argv, const struct where *where);
int verb_export(int argc, char **argv, const struct where *where);
int verb_plan(int argc, char **argv, const struct where *where);
int verb_fact(int argc, char **argv, const struct where *where);
int verb_import(int argc, char **argv, const struct where *where);
int verb_status(int argc, char **argv, const struct where *where);
int verb_stop(int argc, char **argv, const struct where *where);
int verb_pack(int argc, char **argv, const struct where *where);
int verb_rule(int argc, char **argv, const struct where *where);
int verb_fsck(int argc, char **argv, const struct where *where);
int verb_monitor(int argc, char **argv, const struct where *where);
int verb_witness(int argc, char **argv, const struct where *where);
int verb_log(int argc, char **argv, const struct where *where);
int verb_rebuild(int argc, char **argv, const struct where *where);

#endif
