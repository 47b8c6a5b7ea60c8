#include "cases.h"

#include <dirent.h>

static bool read_file(const char *folder, const char *name, const char *kind, struct text *out)
{
    char path[1024];
    FILE *file;
    size_t n;

    snprintf(path, sizeof path, "%s/%s%s", folder, name, kind);
    file = fopen(path, "rb");
    if (!file)
        return false;
    while ((n = fread(text_reserve(out, 65536), 1, 65536, file)) > 0)
        out->len += n;
    fclose(file);
    return true;
}

/* "200 200 open" */
static void read_statuses(struct bad_case *one)
{
    struct slice rest = one->statuses, word;

    while (slice_cut(&rest, ' ', &word)) {
        one->answers += word.len == 3;
        one->closes = slice_is(word, "close");
    }
}

static bool read_case(const char *folder, const char *name, struct bad_case *one)
{
    struct slice rest, word;

    snprintf(one->name, sizeof one->name, "%.*s", (int)strlen(name) - 4, name);
    if (!read_file(folder, one->name, ".raw", &one->raw) || !read_file(folder, one->name, ".expect", &one->expect))
        return false;
    rest = text_slice(&one->expect);
    slice_cut(&rest, '\n', &one->statuses);
    slice_cut(&rest, '\n', &one->saw);
    slice_cut(&one->saw, ' ', &word);
    one->whole_only = rest.len > 10 && memcmp(rest.at, "Whole only", 10) == 0;
    read_statuses(one);
    return slice_is(word, "saw");
}

static int is_raw(const struct dirent *entry)
{
    size_t len = strlen(entry->d_name);

    return strncmp(entry->d_name, "http-", 5) == 0 && len > 9 && strcmp(entry->d_name + len - 4, ".raw") == 0;
}

size_t cases_load(const char *folder, struct bad_case **cases)
{
    struct dirent **names;
    int found = scandir(folder, &names, is_raw, alphasort);
    size_t count = found > 0 ? (size_t)found : 0;
    bool ok = count > 0;

    *cases = calloc(count + 1, sizeof **cases);
    if (!*cases)
        abort();
    for (size_t i = 0; i < count; i++) {
        ok = read_case(folder, names[i]->d_name, &(*cases)[i]) && ok;
        free(names[i]);
    }
    if (found >= 0)
        free(names);
    return ok ? count : 0;
}

void cases_free(struct bad_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text_release(&cases[i].raw);
        text_release(&cases[i].expect);
    }
    free(cases);
}
