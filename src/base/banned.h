/* Functions that do not compile here: each has a safe relative in base/. Force-included by the build. */
#ifndef TQ_BASE_BANNED_H
#define TQ_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* glibc's fortified headers make macros of some of them; clang refuses to poison a macro. */
#undef strcpy
#undef strcat
#undef strncpy
#undef strncat
#undef sprintf
#undef vsprintf

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets atoi atol atof strtok localtime gmtime ctime asctime

#endif
