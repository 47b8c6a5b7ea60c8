#include "web/message.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>

#include "base/text.h"
#include "base/utf8.h"

struct messages {
    struct language {
        char name[16];
        json_t *texts; /* id to translation */
    } languages[LANGUAGES_MOST];
    size_t count;
};

/* ---- one .po file ------------------------------------------------------------------------ */

enum part { PART_NONE, PART_ID, PART_TEXT };

/* The entry being read. */
struct entry {
    struct text id, text;
    enum part part;
    bool fuzzy, format;
    long line; /* of its id */
};

struct po {
    const char *path;
    long line;
    struct entry entry;
    json_t *texts;
    struct err *err;
};

static bool complain(struct po *po, const char *what)
{
    err_set(po->err, ERR_INVALID, "译文 %s 第 %ld 行：%s", po->path, po->line, what);
    return err_line(po->err, po->line);
}

static bool add_escaped(struct po *po, struct slice quoted, struct text *to)
{
    static const char from[] = "nt\"\\", into[] = "\n\t\"\\";

    if (quoted.len < 2 || quoted.at[0] != '"' || quoted.at[quoted.len - 1] != '"')
        return complain(po, N_("引号不成对"));
    for (size_t i = 1; i < quoted.len - 1; i++) {
        const char *escape;

        if (quoted.at[i] != '\\') {
            text_putc(to, quoted.at[i]);
            continue;
        }
        escape = ++i < quoted.len - 1 ? strchr(from, quoted.at[i]) : NULL;
        if (!escape || !*escape)
            return complain(po, N_("认不出的转义"));
        text_putc(to, into[escape - from]);
    }
    return true;
}

/* The entry is whole: a translation is kept, and a sentence's must take the same arguments. */
static bool entry_keep(struct po *po)
{
    struct entry *entry = &po->entry;
    bool whole = entry->part == PART_TEXT;

#ifndef TQ_TEETH_SAID_FITS
    if (whole && entry->format && entry->text.len && !said_fits(text_slice(&entry->id), text_slice(&entry->text))) {
        po->line = entry->line;
        return complain(po, N_("译文里的 % 与原文的不一致"));
    }
#endif
    if (whole && !entry->fuzzy && entry->id.len && entry->text.len)
        json_object_setn_new_nocheck(po->texts, entry->id.at, entry->id.len,
                                     json_stringn_nocheck(entry->text.at, entry->text.len));
    if (whole)
        entry->fuzzy = entry->format = false;
    text_clear(&entry->id);
    text_clear(&entry->text);
    entry->part = PART_NONE;
    return true;
}

static bool take(struct slice *line, const char *word)
{
    size_t len = strlen(word);

    if (line->len < len || memcmp(line->at, word, len) != 0)
        return false;
    *line = slice_trim((struct slice){line->at + len, line->len - len});
    return true;
}

static bool read_comment(struct po *po, struct slice line)
{
    if (po->entry.part == PART_TEXT && !entry_keep(po))
        return false;
    if (!take(&line, "#,"))
        return true;
    po->entry.fuzzy |= memmem(line.at, line.len, "fuzzy", 5) != NULL;
    po->entry.format |= memmem(line.at, line.len, "c-format", 8) != NULL;
    return true;
}

static bool read_line(struct po *po, struct slice line)
{
    struct entry *entry = &po->entry;

    if (line.len == 0)
        return true;
    if (line.at[0] == '#')
        return read_comment(po, line);
    if (take(&line, "msgid ")) {
        if (entry->part == PART_TEXT && !entry_keep(po))
            return false;
        entry->part = PART_ID;
        entry->line = po->line;
    } else if (take(&line, "msgstr ")) {
        if (entry->part != PART_ID)
            return complain(po, N_("msgstr 前面没有 msgid"));
        entry->part = PART_TEXT;
    } else if (line.at[0] != '"' || entry->part == PART_NONE) {
        return complain(po, N_("只认 msgid、msgstr 和它们的续行"));
    }
    return add_escaped(po, line, entry->part == PART_ID ? &entry->id : &entry->text);
}

static bool read_po(const char *path, struct slice text, json_t *texts, struct err *err)
{
    struct po po = {.path = path, .texts = texts, .err = err};
    struct slice rest = text, line;
    bool ok = utf8_valid(text) == text.len || complain(&po, N_("不是 UTF-8"));

    text_init(&po.entry.id);
    text_init(&po.entry.text);
    while (ok && slice_cut(&rest, '\n', &line)) {
        po.line++;
        ok = read_line(&po, slice_trim(line));
    }
    ok = ok && entry_keep(&po);
    text_release(&po.entry.id);
    text_release(&po.entry.text);
    return ok;
}

/* ---- the folder -------------------------------------------------------------------------- */

static bool read_whole(const char *path, struct text *text, struct err *err)
{
    FILE *file = fopen(path, "rb");
    size_t got;

    if (!file)
        return err_set(err, ERR_IO, "打不开译文 %s：%s", path, strerror(errno));
    do {
        got = fread(text_reserve(text, 65536), 1, 65536, file);
        text->len += got;
    } while (got);
    got = ferror(file) == 0;
    fclose(file);
    return got || err_set(err, ERR_IO, "读不了译文 %s", path);
}

static bool add_language(struct messages *messages, const char *dir, const char *file, size_t name_len, struct err *err)
{
    struct language *language = &messages->languages[messages->count];
    struct text text;
    char path[4096];
    bool ok;

    if (messages->count == LANGUAGES_MOST || name_len >= sizeof language->name)
        return err_set(err, ERR_TOO_LARGE, "译文 %s 太多或名字太长", file);
    snprintf(path, sizeof path, "%s/%s", dir, file);
    memcpy(language->name, file, name_len);
    language->texts = json_object();
    messages->count++;
    text_init(&text);
    ok = read_whole(path, &text, err) && read_po(path, text_slice(&text), language->texts, err);
    text_release(&text);
    return ok;
}

static bool read_folder(struct messages *messages, const char *dir, struct err *err)
{
    DIR *folder = opendir(dir);
    struct dirent *entry;
    bool ok = true;

    if (!folder)
        return err_set(err, ERR_IO, "打不开译文目录 %s：%s", dir, strerror(errno));
    while (ok && (entry = readdir(folder))) {
        size_t len = strlen(entry->d_name);

        if (len > 3 && entry->d_name[0] != '.' && strcmp(entry->d_name + len - 3, ".po") == 0)
            ok = add_language(messages, dir, entry->d_name, len - 3, err);
    }
    closedir(folder);
    return ok;
}

bool messages_open(const char *dir, struct messages **out, struct err *err)
{
    struct messages *messages = calloc(1, sizeof *messages);

    if (!messages)
        return err_set(err, ERR_MEMORY, "内存不足");
    if (!read_folder(messages, dir, err)) {
        messages_close(messages);
        return false;
    }
    *out = messages;
    return true;
}

void messages_close(struct messages *messages)
{
    if (!messages)
        return;
    for (size_t i = 0; i < messages->count; i++)
        json_decref(messages->languages[i].texts);
    free(messages);
}

size_t messages_languages(const struct messages *messages)
{
    return messages->count;
}

int messages_language(const struct messages *messages, const char *name)
{
    for (size_t i = 0; i < messages->count; i++)
        if (strcmp(messages->languages[i].name, name) == 0)
            return (int)i;
    return -1;
}

struct slice messages_find(const struct messages *messages, int language, struct slice id)
{
    const json_t *text = NULL;

    if (language >= 0 && (size_t)language < messages->count)
        text = json_object_getn(messages->languages[language].texts, id.at, id.len);
    return text ? (struct slice){json_string_value(text), json_string_length(text)} : (struct slice){0};
}

struct slice messages_text(const struct messages *messages, int language, struct slice id)
{
    struct slice text = messages_find(messages, language, id);

    return text.at ? text : id;
}
