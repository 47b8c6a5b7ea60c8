/* What a task tells, on the terminal: a bar that moves, bad rows, sentences; and bad rows into a file, to be mended. */
#include "base/clock.h"
#include "base/json.h"
#include "base/progress.h"
#include "cli/task.h"
#include "cli/verb.h"
#include "file/table.h"

enum { BAD_SHOWN = 50, LABEL_TEXT = 160, LINE_US = 1000000 };

struct show {
    struct progress bar;
    char label[LABEL_TEXT];
    bool drawing;
    int64_t bad;
    struct table_writer *bad_rows;
    struct err failure; /* of writing them */
};

bool show_open(const char *bad_file, struct show **out, struct err *err)
{
    static const struct slice columns[] = {{"文件", 6}, {"行", 3}, {"列", 3}, {"内容", 6}, {"问题", 6}, {"应填", 6}};
    struct show *show = calloc(1, sizeof *show);

    if (!show)
        abort();
    if (bad_file && !table_create(bad_file, TABLE_CSV, columns, sizeof columns / sizeof *columns, &show->bad_rows, err)) {
        free(show);
        return false;
    }
    *out = show;
    return true;
}

/* In a log a work of less than a second is not worth a line. */
static void bar_end(struct show *show)
{
    if (show->drawing && (show->bar.terminal || clock_steady_us() - show->bar.start_us > LINE_US))
        progress_end(&show->bar);
    show->drawing = false;
}

static void bar_move(struct show *show, const json_t *event)
{
    const char *label = json_member(event, "label").at;
    int64_t done = json_integer_value(json_object_get(event, "done"));
    int64_t total = json_integer_value(json_object_get(event, "total"));

    if (!show->drawing || strcmp(label, show->label) != 0) {
        bar_end(show);
        snprintf(show->label, sizeof show->label, "%s", label);
        progress_start(&show->bar, show->label, total);
        show->bar.shown_us = show->bar.terminal ? 0 : show->bar.start_us;
        show->drawing = true;
    }
    if (done >= total)
        bar_end(show);
    else
        progress_step(&show->bar, done);
}

static void piece_print(const char *before, const char *text, const char *behind)
{
    if (!*text)
        return;
    fputs(before, stderr);
    verb_print(text);
    fputs(behind, stderr);
}

static void problem_print(long line, const json_t *problem)
{
    const char *header = json_member(problem, "header").at, *value = json_member(problem, "value").at,
               *hint = json_member(problem, "hint").at;

    fprintf(stderr, "  第 %ld 行", line);
    piece_print(" “", header, "”");
    piece_print(" 写的是“", value, "”");
    piece_print("：", json_member(problem, "message").at, "");
    piece_print("。", hint, "");
    fputc('\n', stderr);
}

static void problem_keep(struct show *show, const json_t *event, const json_t *problem)
{
    char line[24];
    struct slice cells[] = {json_member(event, "file"), {line, 0}, json_member(problem, "header"),
                            json_member(problem, "value"), json_member(problem, "message"), json_member(problem, "hint")};

    cells[1].len = (size_t)snprintf(line, sizeof line, "%lld",
                                    (long long)json_integer_value(json_object_get(event, "line")));
    if (show->bad_rows && show->failure.code == ERR_NONE)
        table_write(show->bad_rows, cells, &show->failure);
}

static void bad_show(struct show *show, const json_t *event)
{
    long line = (long)json_integer_value(json_object_get(event, "line"));
    json_t *problem;
    size_t i;

    if (show->drawing && show->bar.terminal)
        fputs("\r\033[K", stderr);
    json_array_foreach(json_object_get(event, "problems"), i, problem) {
        problem_keep(show, event, problem);
        if (show->bad < BAD_SHOWN)
            problem_print(line, problem);
    }
    if (++show->bad == BAD_SHOWN)
        fprintf(stderr, "  ……更多有错的行不再列出%s\n", show->bad_rows ? "" : "；加 --bad 文件.csv 可全部写下来");
}

bool show_event(void *arg, const json_t *event)
{
    struct show *show = arg;
    struct slice name = json_member(event, "event");

    if (slice_is(name, "moved")) {
        bar_move(show, event);
    } else if (slice_is(name, "bad")) {
        bad_show(show, event);
    } else if (slice_is(name, "said")) {
        bar_end(show);
        piece_print("", json_member(event, "text").at, "\n");
    } else if (slice_is(name, "line")) {
        bar_end(show);
        puts(json_member(event, "text").at);
    }
    return true;
}

bool show_close(struct show *show, struct err *err)
{
    bool ok = show->failure.code == ERR_NONE;

    bar_end(show);
    *err = show->failure;
    if (show->bad_rows && !table_finish(show->bad_rows, ok ? err : &show->failure))
        ok = false;
    free(show);
    return ok;
}
