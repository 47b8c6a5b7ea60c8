/* A Word file from a template: its text, headers and footers filled, all else as it was. */
#include "paper/paper.h"

#include "base/text.h"
#include "paper/parts.h"
#include "paper/places.h"

static bool begins(const char *name, const char *with)
{
    return strncmp(name, with, strlen(with)) == 0;
}

static bool is_text(const char *name)
{
    size_t len = strlen(name);

    return len > 4 && strcmp(name + len - 4, ".xml") == 0
        && (begins(name, "word/document") || begins(name, "word/header") || begins(name, "word/footer")
            || begins(name, "word/footnotes"));
}

static bool part_fill(struct part *part, const struct paper_form *form, const struct paper_fill *fill, struct arena *arena,
                      struct err *err)
{
    struct text out;
    bool ok;

    text_init(&out);
    ok = places_fill(part->name, part->bytes, form, fill, &out, err);
    if (ok)
        part->bytes = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return ok;
}

bool paper_docx(const char *template_path, const struct paper_form *form, const struct paper_fill *fill, const char *path,
                struct err *err)
{
    struct parts *parts;
    struct arena arena;
    bool ok;

    arena_init(&arena);
    parts = arena_zero(&arena, 1, sizeof *parts);
    ok = parts_read(template_path, &arena, parts, err);
    for (size_t i = 0; ok && i < parts->count; i++)
        if (is_text(parts->list[i].name))
            ok = part_fill(&parts->list[i], form, fill, &arena, err);
    ok = ok && parts_write(parts, path, err);
    arena_release(&arena);
    return ok;
}
