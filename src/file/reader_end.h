/* What people are told of the way in which tieqiao-read ended. */
#ifndef TQ_FILE_READER_END_H
#define TQ_FILE_READER_END_H

#include <stdbool.h>

#include "base/err.h"
#include "file/reader.h"

/* `status` as waitpid gives it. True: the text is whole; *rest: a workbook holds further tables. */
bool reader_judge(int status, enum reader_form form, bool *rest, struct err *err);

/* "文件打不开：…"; always false. */
bool reader_refuse(const char *what, const char *hint, struct err *err);
bool reader_refuse_large(struct err *err);

#endif
