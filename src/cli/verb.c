#include "cli/verb.h"

#include <limits.h>
#include <unistd.h>

#include "base/text.h"
#include "file/table.h"
#include "seal/seal.h"

void verb_print(const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        bool second = *at == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0; /* U+0080 to U+009F in UTF-8 */

        fputc(second || *at < 0x20 || *at == 0x7F ? ' ' : *at, stderr);
        at += second;
    }
}

int verb_failed(const struct err *err)
{
    fputs("✗ ", stderr);
    verb_print(err->message);
    if (err->hint[0]) {
        fputs("。", stderr);
        verb_print(err->hint);
    } else if (err->code == ERR_CORRUPT) {
        fputs("。请停下服务，从备份恢复；怎么做见 docs/running.md 的“备份”", stderr);
    }
    fputc('\n', stderr);
    return EXIT_FAILED;
}

int verb_usage(const char *sentence)
{
    fprintf(stderr, "✗ %s\n", sentence);
    return EXIT_USAGE;
}

char *verb_path(const char *path)
{
    char folder[PATH_MAX];
    struct text whole;

    text_init(&whole);
    if (path[0] != '/' && realpath(".", folder))
        text_print(&whole, "%s/", folder);
    text_puts(&whole, path);
    return text_detach(&whole);
}

static void drop(int *argc, char **argv, int at, int count)
{
    memmove(argv + at, argv + at + count, (size_t)(*argc - at - count + 1) * sizeof *argv);
    *argc -= count;
}

const char *option_take(int *argc, char **argv, const char *name, bool *missing)
{
    const char *value;

    for (int i = 1; i < *argc; i++) {
        if (strcmp(argv[i], name) != 0)
            continue;
        if (i + 1 >= *argc) {
            *missing = true;
            return NULL;
        }
        value = argv[i + 1];
        drop(argc, argv, i, 2);
        return value;
    }
    return NULL;
}

bool flag_take(int *argc, char **argv, const char *name)
{
    for (int i = 1; i < *argc; i++)
        if (strcmp(argv[i], name) == 0) {
            drop(argc, argv, i, 1);
            return true;
        }
    return false;
}

bool where_take(int *argc, char **argv, struct where *where)
{
    const char **places[] = {&where->data, &where->db, &where->share};
    static const char *const names[] = {"--data", "--db", "--share"};

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        bool missing = false;
        const char *value = option_take(argc, argv, names[i], &missing);

        if (missing || (value && !*value)) {
            fprintf(stderr, "✗ 选项 %s 后面要有值\n", names[i]);
            return false;
        }
        if (value)
            *places[i] = value;
    }
    return true;
}

bool verb_open(const struct where *where, enum verb_open how, struct city **city, struct err *err)
{
    struct city_options options = {.data = where->data, .url = where->db, .share = where->share,
                                   .follow = how == VERB_FOLLOW, .as_is = how == VERB_AS_IS,
                                   .existing = how != VERB_MAKE};

    table_reader(reader_path());
    return seal_start(err) && city_open(&options, city, err);
}

/* The first of `places`, named from this program's own folder, that may be used so; NULL if none. */
static const char *find_beside(const char *const *places, size_t count, int use, char path[PATH_MAX])
{
    char self[PATH_MAX - 64];
    ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);

    if (len <= 0)
        return NULL;
    self[len] = '\0';
    *strrchr(self, '/') = '\0';
    for (size_t i = 0; i < count; i++) {
        snprintf(path, PATH_MAX, "%s/%s", self, places[i]);
        if (access(path, use) == 0)
            return path;
    }
    return NULL;
}

const char *reader_path(void)
{
    static const char *const places[] = {"tieqiao-read", "../libexec/tieqiao/tieqiao-read", "../read/tieqiao-read"};
    static char path[PATH_MAX];

    return find_beside(places, sizeof places / sizeof *places, X_OK, path);
}

const char *share_path(void)
{
    static const char *const places[] = {"../share/tieqiao"};
    static char path[PATH_MAX];
    const char *installed = find_beside(places, sizeof places / sizeof *places, R_OK, path);

    return installed ? installed : TQ_SHARE;
}
