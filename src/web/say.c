#include "web/say.h"

#include "record/choice.h"
#include "web/message.h"
#include "work/actor.h"
#include "work/deal.h"
#include "work/matter.h"

/* --- labels --- */

static const char *label_of_field(const struct field *field, struct slice label)
{
    const struct choice_list *list = field->choices ? choice_list_get(field->choices) : NULL;

    if (slice_is(label, field->label))
        return field->label_en;
    for (size_t i = 0; list && i < list->count; i++)
        if (slice_is(label, list->choices[i].label))
            return list->choices[i].label_en;
    return NULL;
}

static const char *label_of_kind(const struct kind *kind, struct slice label)
{
    const char *found = slice_is(label, kind->label) ? kind->label_en : NULL;

    for (size_t i = 0; !found && i < kind->count; i++)
        found = label_of_field(&kind->fields[i], label);
    return found;
}

static const char *label_of_step(struct slice label)
{
    for (size_t i = 0; i < deal_step_count; i++)
        if (slice_is(label, deal_steps[i].label))
            return deal_steps[i].label_en;
    return NULL;
}

/* Of a sort of matter: sides, states and steps. */
static const char *label_of_matter(const struct matter_sort *sort, struct slice label)
{
    for (size_t i = 0; i < sort->step_count; i++)
        if (slice_is(label, sort->steps[i].label))
            return sort->steps[i].label_en;
    for (size_t i = 0; i < sort->state_count; i++)
        if (slice_is(label, sort->states[i].label))
            return sort->states[i].label_en;
    for (size_t i = 0; i < sort->side_count; i++)
        if (slice_is(label, sort->sides[i].label))
            return sort->sides[i].label_en;
    return NULL;
}

static const char *label_of_matters(const struct kind *kind, struct slice label)
{
    const struct matter_sort *own = kind ? matter_sort_of(kind) : NULL;
    const char *found = own ? label_of_matter(own, label) : NULL;

    for (size_t i = 0; !found && i < matter_sort_count; i++)
        found = label_of_matter(matter_sorts[i], label);
    return found;
}

/* The English of a label. One word may be two fields' label: the kind at hand knows best. */
static const char *label_english(const struct kind *kind, struct slice label)
{
    const char *found = kind ? label_of_kind(kind, label) : NULL;

    for (size_t k = 0; !found && k < KIND_END; k++)
        found = label_of_kind(kind_get((enum kind_id)k), label);
    if (!found)
        found = label_of_step(label);
    if (!found)
        found = label_of_matters(kind, label);
    for (size_t r = 0; !found && r < ROLE_COUNT; r++)
        if (slice_is(label, role_label((enum role)r)))
            found = role_label_en((enum role)r);
    return found;
}

/* --- texts --- */

/* A label's own English first: in the catalogue the same word may be a heading (成果: Achievements). */
static struct slice find(const void *catalogue, struct slice text)
{
    const struct request *request = catalogue;
    const struct messages *messages = request->web->messages;
    const char *label = label_english(request->kind, text);

    return label ? slice_of(label) : messages_find(messages, messages_language(messages, "en"), text);
}

struct slice say(const struct request *request, const char *text)
{
    struct slice found = request->english && text ? find(request, slice_of(text)) : (struct slice){0};

    return found.at ? found : slice_of(text ? text : "");
}

struct slice say_sentence(const struct request *request, const struct said *said, struct slice text)
{
    struct slice made;
    struct text out;

    if (!request->english || !text.len)
        return text;
    text_init(&out);
    said_through(said, text, find, request, &out);
    made = arena_copy(request->arena, text_slice(&out));
    text_release(&out);
    return made;
}

struct slice say_message(const struct request *request, const struct err *err)
{
    return say_sentence(request, &err->said, slice_of(err->message));
}

struct slice say_hint(const struct request *request, const struct err *err)
{
    return say_sentence(request, &err->advised, slice_of(err->hint));
}

struct slice say_both(const struct request *request, struct slice first, struct slice second)
{
    if (!second.len)
        return first;
    return slice_of(arena_print(request->arena, request->english ? "%.*s. %.*s" : "%.*s。%.*s", (int)first.len, first.at,
                                (int)second.len, second.at));
}

struct slice say_all(const struct request *request, const struct err *err)
{
    return say_both(request, say_message(request, err), say_hint(request, err));
}
