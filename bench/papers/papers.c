/*
 * What is read out of old papers of a transfer that nobody looked at while the reading was made (bench/papers/aside):
 *
 *   bench-papers [FOLDER]      of each field how many are right, wrong, empty though the paper says it, and made up
 *
 * A paper begins with the kind whose form it fills and a line a field: "amount=860000.00" as the form would hold it, "risk=有" for
 * any sentence, "until=" for what the paper does not say; behind "---" the text as file/reader.h hands it over.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "record/extract.h"

enum { FIELDS_TOLD = 200 };

struct tally {
    const char *kind, *field;
    int right, wrong, empty, made_up;
};

static struct tally tallies[FIELDS_TOLD];
static size_t tally_count;

static struct tally *tally_of(const char *kind, const char *field)
{
    for (size_t i = 0; i < tally_count; i++)
        if (strcmp(tallies[i].kind, kind) == 0 && strcmp(tallies[i].field, field) == 0)
            return &tallies[i];
    tallies[tally_count] = (struct tally){.kind = kind, .field = field};
    return &tallies[tally_count++];
}

static struct slice file_read(const char *path, struct arena *arena)
{
    FILE *file = fopen(path, "re");
    char *bytes = arena_alloc(arena, 1 << 20);
    size_t len;

    if (!file) {
        fprintf(stderr, "bench-papers: %s\n", path);
        exit(1);
    }
    len = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return (struct slice){bytes, len};
}

/* As the field shows what was found; lists parted by "；". */
static struct slice shown(const struct kind *kind, const struct suggestion *found, struct arena *arena)
{
    struct value value;
    struct err ignored;
    struct slice made;
    struct text out;

    if (!found || !field_read(&kind->fields[found->field], found->typed, arena, &value, &ignored))
        return SLICE("");
    made = field_words(&kind->fields[found->field], &value, false, arena);
    text_init(&out);
    for (size_t i = 0; i < made.len; i++)
        if (made.at[i] == '\n')
            text_puts(&out, "；");
        else
            text_putc(&out, made.at[i]);
    made = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return made;
}

static void field_judge(const char *paper, const struct kind *kind, struct slice line, const struct suggestion *found, size_t count,
                        struct arena *arena)
{
    struct slice name = SLICE(""), got;
    int at = slice_cut(&line, '=', &name) ? kind_field(kind, arena_text(arena, name)) : -1;
    struct tally *tally;
    const struct suggestion *mine = NULL;

    if (at < 0)
        return;
    for (size_t i = 0; i < count; i++)
        mine = found[i].field == (size_t)at ? &found[i] : mine;
    got = shown(kind, mine, arena);
    if (!got.len && !line.len)
        return;
    tally = tally_of(kind->name, kind->fields[at].name);
    if (!got.len)
        tally->empty++;
    else if (!line.len)
        tally->made_up++;
    else if (slice_same(got, line) || (slice_is(line, "有") && got.len))
        tally->right++;
    else
        tally->wrong++;
    if (!slice_same(got, line) && !(slice_is(line, "有") && got.len))
        printf("# %s %s: wanted %.*s, got %.*s\n", paper, kind->fields[at].name, (int)line.len, line.at, (int)got.len, got.at);
}

static void paper_judge(const char *folder, const char *name)
{
    struct suggestion found[FIELDS_MAX];
    struct slice text, line, head;
    const struct kind *kind;
    struct arena arena;
    char path[512];
    size_t count;

    arena_init(&arena);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    text = file_read(path, &arena);
    slice_cut(&text, '\n', &line);
    kind = kind_stored(arena_text(&arena, line));
    head = text;
    while (slice_cut(&text, '\n', &line) && !slice_is(line, "---"))
        ;
    extract_fields(kind, text, &arena, found, &count);
    while (slice_cut(&head, '\n', &line) && !slice_is(line, "---"))
        field_judge(name, kind, line, found, count, &arena);
    arena_release(&arena);
}

static int papers_only(const struct dirent *entry)
{
    return strstr(entry->d_name, ".txt") != NULL;
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : TQ_ASIDE;
    struct tally all = {0};
    struct dirent **entries;
    int count = scandir(folder, &entries, papers_only, alphasort);

    for (int i = 0; i < count; i++)
        paper_judge(folder, entries[i]->d_name);
    printf("kind\tfield\tright\twrong\tempty\tmade up\n");
    for (size_t i = 0; i < tally_count; i++) {
        const struct tally *t = &tallies[i];

        printf("%s\t%s\t%d\t%d\t%d\t%d\n", t->kind, t->field, t->right, t->wrong, t->empty, t->made_up);
        all.right += t->right, all.wrong += t->wrong, all.empty += t->empty, all.made_up += t->made_up;
    }
    printf("all\t\t%d\t%d\t%d\t%d\n", all.right, all.wrong, all.empty, all.made_up);
    return count > 0 ? 0 : 1;
}
