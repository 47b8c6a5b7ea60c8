#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>

#include "base/clock.h"

static atomic_int most = LOG_LEVEL_INFO;

void log_set_level(enum log_level level)
{
    atomic_store(&most, (int)level);
}

static void __attribute__((format(printf, 3, 0))) put(enum log_level level, const char *word, const char *format,
                                                      va_list args)
{
    char line[1024], when[CLOCK_TEXT];

    if ((int)level > atomic_load(&most))
        return;
    vsnprintf(line, sizeof line, format, args);
    fprintf(stderr, "%s %s %s\n", clock_show_iso(clock_ms(), when), word, line);
}

#define LOG_FUNCTION(name, level, word)      \
    void name(const char *format, ...)       \
    {                                        \
        va_list args;                        \
                                             \
        va_start(args, format);              \
        put(level, word, format, args);      \
        va_end(args);                        \
    }

LOG_FUNCTION(log_error, LOG_LEVEL_ERROR, "error")
LOG_FUNCTION(log_warn, LOG_LEVEL_WARN, "warn")
LOG_FUNCTION(log_info, LOG_LEVEL_INFO, "info")
