/* How uploads stand, copied out from under the thread that works on them. */
#include "work/upload_int.h"

struct upload *upload_find(struct uploads *uploads, int64_t id, int64_t account)
{
    for (size_t i = 0; i < uploads->count; i++)
        if (uploads->list[i]->id == id && uploads->list[i]->actor.account == account)
            return uploads->list[i];
    return NULL;
}

bool upload_missing(struct err *err)
{
    err_set(err, ERR_MISSING, "没有这次导入，或它已经过去");
    return err_hint(err, "请重新选文件；已经导入的内容不会重复");
}

bool upload_at_rest(const struct upload *upload)
{
    return upload->wanted == WANT_NOTHING && upload->state != UPLOAD_CHECKING && upload->state != UPLOAD_RUNNING;
}

static struct upload_row row_copy(const struct upload_row *from, struct arena *arena)
{
    struct upload_row row = *from;

    row.title = arena_copy(arena, from->title);
    row.owner = arena_copy(arena, from->owner);
    for (size_t i = 0; i < row.count; i++)
        row.values[i].shown = arena_copy(arena, from->values[i].shown);
    return row;
}

static void look_table(const struct upload *upload, struct arena *arena, struct upload_look *look)
{
    look->columns = upload->plan.count < UPLOAD_COLUMNS ? upload->plan.count : UPLOAD_COLUMNS;
    for (size_t i = 0; i < look->columns; i++) {
        look->headers[i] = arena_copy(arena, upload->plan.columns[i].header);
        look->targets[i] = import_plan_target(&upload->plan, i);
    }
    look->named = upload->plan.kind && import_plan_named(&upload->plan);
    for (size_t i = 0; i < upload->kind->count; i++)
        look->filled[i] = upload->plan.fills[i].from != FILL_NOTHING;
    look->rest = upload->rest;
    look->owner = arena_copy(arena, slice_of(upload->options.owner));
    look->row_count = upload->row_count;
    for (size_t r = 0; r < upload->row_count; r++)
        look->rows[r] = row_copy(&upload->rows[r], arena);
    look->samples = upload->samples;
    for (size_t r = 0; r < upload->samples; r++)
        for (size_t i = 0; i < look->columns; i++)
            look->sample[r][i] = arena_copy(arena, upload->sample[r][i]);
}

static void look_problems(const struct upload *upload, struct arena *arena, struct upload_look *look)
{
    look->problems = arena_zero(arena, upload->problem_count + 1, sizeof *look->problems);
    look->problem_count = upload->problem_count;
    for (size_t i = 0; i < upload->problem_count; i++) {
        const struct import_fault *from = &upload->problems[i];

        look->problems[i] = *from;
        look->problems[i].column = arena_copy(arena, from->column);
        look->problems[i].value = arena_copy(arena, from->value);
        look->problems[i].message = arena_copy(arena, from->message);
        look->problems[i].hint = arena_copy(arena, from->hint);
    }
}

bool upload_look(struct uploads *uploads, int64_t id, int64_t account, struct arena *arena, struct upload_look *look,
                 struct err *err)
{
    struct upload *upload;

    *look = (struct upload_look){0};
    pthread_mutex_lock(&uploads->mutex);
    upload = upload_find(uploads, id, account);
    if (upload) {
        *look = (struct upload_look){.id = upload->id, .made_ms = upload->made_ms, .kind = upload->kind,
                                     .size = upload->size, .state = upload->state, .phase = upload->phase, .done = upload->done,
                                     .total = upload->total, .err = upload->err};
        look->name = arena_copy(arena, slice_of(upload->name));
        if (upload_at_rest(upload)) { /* otherwise the thread is writing these */
            look->encoding = arena_copy(arena, slice_of(upload->encoding ? upload->encoding : ""));
            look->tally = upload->tally;
            look_table(upload, arena, look);
        }
        look_problems(upload, arena, look);
    }
    pthread_mutex_unlock(&uploads->mutex);
    return upload || upload_missing(err);
}

bool upload_of_job(struct uploads *uploads, int64_t job, int64_t account, int64_t *id, enum upload_state *state)
{
    bool found = false;

    pthread_mutex_lock(&uploads->mutex);
    for (size_t i = 0; i < uploads->count && !found; i++) {
        const struct upload *upload = uploads->list[i];

        found = upload->actor.account == account && upload_at_rest(upload) && upload->tally.job == job;
        if (found) {
            *id = upload->id;
            *state = upload->state;
        }
    }
    pthread_mutex_unlock(&uploads->mutex);
    return found;
}

size_t upload_list(struct uploads *uploads, int64_t account, int64_t *ids, size_t most)
{
    size_t n = 0;

    pthread_mutex_lock(&uploads->mutex);
    for (size_t i = uploads->count; i > 0 && n < most; i--)
        if (uploads->list[i - 1]->actor.account == account)
            ids[n++] = uploads->list[i - 1]->id;
    pthread_mutex_unlock(&uploads->mutex);
    return n;
}
