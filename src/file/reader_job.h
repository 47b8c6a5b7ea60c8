/* One run of tieqiao-read: started on a descriptor, its text read from a pipe, its end judged. */
#ifndef TQ_FILE_READER_JOB_H
#define TQ_FILE_READER_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"
#include "file/reader.h"

enum { READER_SILENCE_MS = 30000 }; /* it has 10 s of processor time: this long without a byte means it hangs */

struct reader_job {
    pid_t child; /* our own; -1: the helper's */
    int text;    /* read its text here; -1: no job */
    int ending;  /* the helper tells here how it ended; -1: our own */
};

/* No job: nothing to finish, nothing to stop. */
void reader_none(struct reader_job *job);
bool reader_runs(const struct reader_job *job);

/* Reads `file` from where it stands. False: nothing was started, the job is none. */
bool reader_start(const char *program, int file, enum reader_form form, size_t most, struct reader_job *job,
                  struct err *err);

/* Closes the pipe and waits; false with the reason if the text is not to be trusted to be whole. *rest: see reader_judge. */
bool reader_finish(struct reader_job *job, enum reader_form form, bool *rest, struct err *err);

/* Ends it unheard. */
void reader_stop(struct reader_job *job);

#endif
