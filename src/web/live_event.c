/* What a step looks like to those who watch, and to whom it is told. */
#include "base/json.h"
#include "web/live_int.h"
#include "web/matter.h"

/* One text goes to all who watch: where some see it under another title, that one, or what it is. */
static struct slice title_told(const struct matter_event *event)
{
    size_t field = event->sort->open_title ? (size_t)event->sort->open_title : MATTER_TITLE;

    return matter_known(&event->matter, field) ? matter_text(&event->matter, field) : slice_of(event->sort->kind->label);
}

static void render(struct live *live, struct told *told, bool mine, struct slice *out)
{
    const struct matter_event *event = &told->event;
    const struct kind *kind = event->sort->kind;
    const struct matter_state *state = matter_state_of(event->sort, &event->then);
    json_t *document = json_object();
    struct text text;

    json_object_set_new_nocheck(document, "leaf", json_integer((json_int_t)event->leaf.index));
    json_object_set_new_nocheck(document, "kind", label_json(kind->name, kind->label, kind->label_en));
    json_put_id(document, "id", event->matter.id);
    json_put(document, "href", slice_of(arena_print(&live->arena, "/%s/%lld", kind->plural, (long long)event->matter.id)));
    json_put(document, "title", title_told(event));
    json_object_set_new_nocheck(document, "ver", json_integer(event->leaf.version));
    json_object_set_new_nocheck(document, "step", matter_leaf_label(event->sort, event->leaf.action));
    json_object_set_new_nocheck(document, "state", state ? label_json(state->code, state->label, state->label_en) : json_null());
    json_object_set_new_nocheck(document, "at", json_integer(event->leaf.time_ms));
    json_object_set_new_nocheck(document, "mine", json_boolean(mine));
    text_init(&text);
    text_print(&text, "id: %llu\nevent: step\ndata: ", (unsigned long long)event->leaf.index);
    json_write(document, &text);
    while (text.len && text.at[text.len - 1] == '\n')
        text.len--;
    text_puts(&text, "\n\n");
    *out = arena_copy(&live->arena, text_slice(&text));
    text_release(&text);
    json_decref(document);
}

struct told *live_told_already(const struct live *live, uint64_t leaf)
{
    struct told *told = live->told;

    while (told && told->event.leaf.index != leaf)
        told = told->next;
    return told;
}

struct told *live_told(struct live *live, const struct leaf *leaf, struct err *err)
{
    struct told *told = live_told_already(live, leaf->index);

    if (told)
        return told;
    told = arena_zero(&live->arena, 1, sizeof *told);
    if (!matter_event_load(live->sql, leaf, &live->arena, &told->event, err))
        return NULL;
    render(live, told, true, &told->mine);
    render(live, told, false, &told->others);
    told->next = live->told;
    live->told = told;
    return told;
}

bool live_tell(struct live *live, struct live_reader *reader, const struct told *told)
{
    const struct matter_event *event = &told->event;
    bool mine = reader->actor.account && memcmp(event->leaf.actor, reader->actor.pseudonym, LEAF_ACTOR) == 0;
    enum matter_sight sight = SIGHT_NONE;
    struct err err;
    unsigned sides;

    if (!matter_look_sight(&event->look, &reader->actor, &sides, &sight, &err)) {
        live_lose(reader, NULL); /* it could not be looked up: he comes again */
        return true;
    }
#ifndef TQ_TEETH_LIVE_SIGHT
    if (sight == SIGHT_NONE)
        return true;
#endif
    if (!http_stream_send(reader->stream, mine ? told->mine : told->others))
        return false;
    reader->beat_us = live->now_us;
    return true;
}
