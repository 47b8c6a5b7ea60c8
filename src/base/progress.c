#include "base/progress.h"

#include <unistd.h>

#include "base/clock.h"

enum { WIDTH = 30, REDRAW_US = 100000, LINE_US = 1000000 };

void progress_start(struct progress *progress, const char *label, int64_t total)
{
    progress->label = label;
    progress->total = total > 0 ? total : 1;
    progress->done = 0;
    progress->start_us = clock_steady_us();
    progress->shown_us = 0;
    progress->quiet = false;
    progress->terminal = isatty(STDERR_FILENO) == 1;
}

static void draw(const struct progress *progress)
{
    char bar[WIDTH + 1];
    int filled = (int)(progress->done * WIDTH / progress->total);
    double seconds = (double)(clock_steady_us() - progress->start_us) / 1e6;

    for (int i = 0; i < WIDTH; i++)
        bar[i] = i < filled ? '#' : '.';
    bar[WIDTH] = '\0';
    fprintf(stderr, progress->terminal ? "\r%s [%s] %3d %%  %.1f s " : "%s [%s] %3d %%  %.1f s\n", progress->label, bar,
            (int)(progress->done * 100 / progress->total), seconds);
}

void progress_step(struct progress *progress, int64_t done)
{
    int64_t now = clock_steady_us();

    progress->done = done > progress->total ? progress->total : done;
    if (progress->quiet || now - progress->shown_us < (progress->terminal ? REDRAW_US : LINE_US))
        return;
    progress->shown_us = now;
    draw(progress);
}

void progress_end(struct progress *progress)
{
    if (progress->quiet)
        return;
    progress->done = progress->total;
    draw(progress);
    if (progress->terminal)
        fputc('\n', stderr);
}
