/*
 * What a command does to a city: here if nobody has it open, otherwise inside the server that has, asked over
 * DATA/ctl.sock (control.h). A task is a JSON object; what happens meanwhile is told as JSON objects too, so that the
 * terminal shows the same either way.
 *
 *   {"task": "import", "files": [path], "kind", "good_only", "exists", "make_parties", "side", "owner", "map": [text],
 *    "fill": [text], "as": login}
 *   {"task": "export", "file": path, "kind", "filters": ["field=code"], "own", "as": login}
 *   {"task": "backup", "target": path, "keep": number}
 *   {"task": "match", "text", "k"}   {"task": "rebuild"}   {"task": "status"}   {"task": "learn", "do": "ready" | "use"}   {"task": "check"}   {"task": "fsck"}
 *   {"task": "rating", "file"}: rate by this model from now on, "" for the built-in one
 *   {"task": "feedback", "file": folder}: the city's feedback as a judged collection (work/feedback_export.h)
 *   {"task": "join", "from": kind, "to": column, "k", "threads", "file"}: of work/join.h; without a file, lines
 *   {"task": "account", "do": "add", "login", "name", "party", "role"}   "do": "load", "text", "shared"   "do": "list"
 *    "do": "password" | "disable" | "enable", "login"   "do": "role add" | "role remove", "login", "role"
 *   {"task": "stop"}: a server's end
 *   {"task": "pack", "deal", "file": path, "files", "as": login}: the evidence pack of a deal
 *   Each may say "db": for a city that is kept there; one that is served from another store refuses.
 *
 * Told:
 *   {"event": "moved", "label", "done", "total"}
 *   {"event": "bad", "file", "line", "problems": [{"header", "value", "message", "hint"}]}
 *   {"event": "said", "text"}: a sentence   {"event": "line", "text"}: what was asked for
 *   {"event": "answer", "document"}: of work/box.h
 */
#ifndef TQ_CLI_TASK_H
#define TQ_CLI_TASK_H

#include <jansson.h>
#include <stdatomic.h>

#include "work/actor.h"
#include "record/kind.h"
#include "work/city.h"

/* On the thread that runs the task. false: nobody listens any more. */
typedef bool task_tell(void *arg, const json_t *event);

struct task {
    struct city *city;
    const json_t *request;
    task_tell *tell;
    void *arg;
    const atomic_bool *stopping; /* NULL, or: the server ends, leave off where that is safe */
    const char *address;         /* "http://…" where the city is served; NULL: it is not */
};

bool task_run(const struct task *task, struct err *err);

/* "parties_supply.jsonl" says what is in it. NULL if the name does not. */
const struct kind *kind_by_file(const char *name);

bool task_import(const struct task *task, struct err *err);
bool task_export(const struct task *task, struct err *err);
bool task_match(const struct task *task, struct err *err);
bool task_join(const struct task *task, struct err *err);
bool task_rating(const struct task *task, struct err *err);
bool task_pack(const struct task *task, struct err *err);
bool task_feedback(const struct task *task, struct err *err);
bool task_backup(const struct task *task, struct err *err);
bool task_fsck(const struct task *task, struct err *err);
bool task_check(const struct task *task, struct err *err);
bool task_learn(const struct task *task, struct err *err);
bool task_account(const struct task *task, struct err *err);
bool task_init(const struct task *task, struct err *err);

/* --- telling --- */

bool task_moved(const struct task *task, const char *label, int64_t done, int64_t total);
bool task_said(const struct task *task, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* What was asked for, to standard output; all else goes to standard error. */
bool task_line(const struct task *task, struct slice text);

/* Waits until the index has what is in the ledger, telling how far it is. */
bool task_index(const struct task *task, bool fit, struct err *err);

/* Says what the model is that the index uses. */
void task_meaning(const struct task *task);

/* --- reading the request --- */

/* "" unless it is a string. */
const char *task_text(const struct task *task, const char *name);
bool task_flag(const struct task *task, const char *name);

/* Who acts: the program itself, or the account named by "as". ERR_INVALID: no such account. */
bool task_actor(const struct task *task, struct actor *actor, struct err *err);

/* --- on the terminal --- */

struct show;

/* `bad_file`: a CSV of all bad rows, or NULL. */
bool show_open(const char *bad_file, struct show **show, struct err *err);
task_tell show_event; /* arg: struct show */
/* Ends the bar; writes the file of bad rows. */
bool show_close(struct show *show, struct err *err);

struct where;
/* Runs a request in the server that has the city open, or opens it here. */
bool task_ask(const struct where *where, const json_t *request, task_tell *tell, void *arg, struct err *err);
/* The same, shown on the terminal. Takes the reference. Returns the verb's exit status. */
int task_do(const struct where *where, json_t *request, const char *bad_file);

#endif
