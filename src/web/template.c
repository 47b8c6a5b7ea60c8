#include "web/template.h"

#include <dirent.h>
#include <errno.h>

#include "web/template_int.h"

struct templates {
    struct arena arena;
    struct template *templates; /* by name */
    size_t count;
    const struct messages *messages;
};

/* Pages that may write unescaped: none so far. A page comes here only with a word on why its text is safe. */
static const char *const raw_pages[] = {NULL};

enum { TEMPLATES_MOST = 200, PAGE_MOST = 1 << 20 };

/* ---- compiling and linking --------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    const struct slice *x = a, *y = b; /* a template begins with its name */
    size_t len = x->len < y->len ? x->len : y->len;
    int order = memcmp(x->at, y->at, len);

    return order ? order : (x->len > y->len) - (x->len < y->len);
}

static const struct template *template_get(const struct templates *templates, struct slice name)
{
    return bsearch(&name, templates->templates, templates->count, sizeof *templates->templates, by_name);
}

static bool link_program(const struct templates *templates, const struct program *program, const struct source *source,
                         struct err *err)
{
    for (size_t i = 0; i < program->count; i++) {
        struct op *op = &program->ops[i];

        if (op->kind == OP_PARTIAL) {
            op->partial = template_get(templates, op->name);
            if (!op->partial && !source->rules.loose) {
                err_set(err, ERR_INVALID, "模板 %.*s 第 %ld 行：没有模板 %.*s", (int)source->name.len, source->name.at,
                        op->line, (int)op->name.len, op->name.at);
                return err_line(err, op->line);
            }
        }
        for (size_t j = 0; op->kind == OP_MESSAGE && j < LANGUAGES_MOST; j++)
            if (op->translations[j] && !link_program(templates, op->translations[j], source, err))
                return false;
    }
    return true;
}

static bool compile_all(struct templates *templates, const struct source *sources, struct err *err)
{
    for (size_t i = 0; i < templates->count; i++) {
        struct template *template = &templates->templates[i];

        template->name = arena_copy(&templates->arena, sources[i].name);
        if (!program_compile(&sources[i], templates->messages, &templates->arena, &template->program, err))
            return false;
    }
    qsort(templates->templates, templates->count, sizeof *templates->templates, by_name);
    for (size_t i = 0; i < templates->count; i++)
        if (!link_program(templates, &template_get(templates, sources[i].name)->program, &sources[i], err))
            return false;
    return true;
}

bool templates_compile(const struct source *sources, size_t count, const struct messages *messages,
                       struct templates **out, struct err *err)
{
    struct templates *templates = malloc(sizeof *templates);

    if (!templates)
        return err_set(err, ERR_MEMORY, "内存不足");
    arena_init(&templates->arena);
    templates->count = count;
    templates->messages = messages;
    templates->templates = arena_zero(&templates->arena, count + 1, sizeof *templates->templates);
    if (!compile_all(templates, sources, err)) {
        templates_close(templates);
        return false;
    }
    *out = templates;
    return true;
}

void templates_close(struct templates *templates)
{
    if (!templates)
        return;
    arena_release(&templates->arena);
    free(templates);
}

/* ---- reading the folder ------------------------------------------------------------------ */

static bool may_be_raw(struct slice name)
{
    for (const char *const *page = raw_pages; *page; page++)
        if (slice_is(name, *page))
            return true;
    return false;
}

static bool read_file(const char *path, struct arena *arena, struct slice *text, struct err *err)
{
    FILE *file = fopen(path, "rb");
    char *bytes = arena_alloc(arena, PAGE_MOST);
    size_t len;
    bool ok;

    if (!file)
        return err_set(err, ERR_IO, "打不开模板 %s：%s", path, strerror(errno));
    len = fread(bytes, 1, PAGE_MOST, file);
    ok = !ferror(file) && len < PAGE_MOST;
    fclose(file);
    *text = (struct slice){bytes, len};
    return ok || err_set(err, ERR_IO, "读不了模板 %s", path);
}

static bool read_source(const char *dir, const char *file, struct arena *arena, struct source *source, struct err *err)
{
    size_t len = strlen(file) - strlen(".html");

    source->name = arena_copy(arena, (struct slice){file, len});
    source->rules = (struct compile_rules){.raw = may_be_raw(source->name)};
    return read_file(arena_print(arena, "%s/%s", dir, file), arena, &source->text, err);
}

static bool is_page(const struct dirent *entry)
{
    size_t len = strlen(entry->d_name);

    return entry->d_name[0] != '.' && len > 5 && strcmp(entry->d_name + len - 5, ".html") == 0;
}

static bool read_folder(const char *dir, struct arena *arena, struct source *sources, size_t *count, struct err *err)
{
    DIR *folder = opendir(dir);
    struct dirent *entry;
    bool ok = true;

    if (!folder)
        return err_set(err, ERR_IO, "打不开模板目录 %s：%s", dir, strerror(errno));
    while (ok && (entry = readdir(folder))) {
        if (!is_page(entry))
            continue;
        ok = *count < TEMPLATES_MOST ? read_source(dir, entry->d_name, arena, &sources[(*count)++], err)
                                     : err_set(err, ERR_TOO_LARGE, "模板超过 %d 个", TEMPLATES_MOST);
    }
    closedir(folder);
    return ok;
}

bool templates_open(const char *dir, const struct messages *messages, struct templates **templates, struct err *err)
{
    struct source sources[TEMPLATES_MOST];
    struct arena arena;
    size_t count = 0;
    bool ok;

    arena_init(&arena);
    ok = read_folder(dir, &arena, sources, &count, err)
         && templates_compile(sources, count, messages, templates, err);
    arena_release(&arena);
    return ok;
}

/* ---- rendering --------------------------------------------------------------------------- */

bool template_render(const struct templates *templates, const char *name, const struct template_view *view,
                     struct text *out, struct err *err)
{
    const struct template *template = template_get(templates, slice_of(name));
    const char *language = view->language ? view->language : "";
    int number = templates->messages ? messages_language(templates->messages, language) : -1;

    if (!template)
        return err_set(err, ERR_MISSING, "没有模板 %s", name);
    return program_render(template, view->document, number, strcmp(language, "en") == 0, out, err);
}
