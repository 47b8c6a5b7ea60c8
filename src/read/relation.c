#include "read/relation.h"

#include "read/markup.h"

struct collecting {
    struct arena *arena;
    const char *base;       /* the folder of the part whose relations these are, with its slash */
    struct relation *first, **end;
};

static const char *last_step(const char *address)
{
    const char *slash = strrchr(address, '/');

    return slash ? slash + 1 : address;
}

/* Targets are relative to the part's folder, absolute behind a slash, or climb once: "../media/a.png". */
static const char *resolve(const struct collecting *collecting, const char *target)
{
    const char *base = collecting->base;
    size_t len = strlen(base);

    if (*target == '/')
        return arena_text(collecting->arena, slice_of(target + 1));
    while (strncmp(target, "../", 3) == 0 && len > 0) {
        target += 3;
        for (len--; len > 0 && base[len - 1] != '/'; len--)
            ;
    }
    return arena_print(collecting->arena, "%.*s%s", (int)len, base, target);
}

static void on_open(void *arg, const char *name, const char **attributes)
{
    struct collecting *collecting = arg;
    const char *id = markup_attribute(attributes, "Id"), *type = markup_attribute(attributes, "Type"),
               *target = markup_attribute(attributes, "Target"), *mode = markup_attribute(attributes, "TargetMode");
    struct relation *relation;

    if (strcmp(name, "Relationship") != 0 || !id || !type || !target || (mode && strcmp(mode, "External") == 0))
        return;
    relation = arena_zero(collecting->arena, 1, sizeof *relation);
    relation->id = arena_text(collecting->arena, slice_of(id));
    relation->type = arena_text(collecting->arena, slice_of(last_step(type)));
    relation->part = resolve(collecting, target);
    *collecting->end = relation;
    collecting->end = &relation->next;
}

static void on_close(void *arg, const char *name)
{
    (void)arg;
    (void)name;
}

static void on_text(void *arg, struct slice text)
{
    (void)arg;
    (void)text;
}

enum reader_code relations_read(struct package *package, const char *part, struct arena *arena,
                                struct relation **relations)
{
    static const struct markup markup = {on_open, on_close, on_text, NULL};
    size_t folder = (size_t)(last_step(part) - part);
    struct collecting collecting = {.arena = arena, .base = arena_text(arena, (struct slice){part, folder})};
    const char *name = arena_print(arena, "%.*s_rels/%s.rels", (int)folder, part, last_step(part));
    enum reader_code code;

    collecting.end = &collecting.first;
    code = package_has(package, name) ? markup_read(package, name, &markup, &collecting) : READER_DONE;
    *relations = collecting.first;
    return code;
}

const char *relation_of_type(const struct relation *relations, const char *type)
{
    for (; relations; relations = relations->next)
        if (strcmp(relations->type, type) == 0)
            return relations->part;
    return NULL;
}

const struct relation *relation_by_id(const struct relation *relations, const char *id)
{
    while (relations && strcmp(relations->id, id) != 0)
        relations = relations->next;
    return relations;
}
