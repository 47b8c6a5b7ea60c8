/* A lexicon's file from its text. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "match/bytes.h"
#include "match/checksum.h"
#include "match/fail.h"
#include "match/layout.h"
#include "match/lexicon.h"
#include "match/token.h"

enum { TEXT_MOST = 64 << 20, PHRASE_MOST = 96, PAIRS_MOST = 1 << 20, WEIGHT_MOST = 255 };

struct entry { /* a sense of the phrase with this key; without terms: something begins with it */
    uint64_t key;
    struct sense sense;
};

struct making {
    const char *name;
    unsigned line;
    struct text terms, bytes, entries; /* of u64, of UTF-8, of struct entry */
    uint32_t pairs;
};

/* --- a pair --- */

struct phrase {
    struct match_str text;
    uint64_t units[LEXICON_UNITS], terms[LEXICON_TERMS];
    uint8_t unit_count, term_count;
    bool is_latin;
};

static bool off(const struct making *making, const char *what, struct match_err *err)
{
    return match_fail(err, MATCH_CORRUPT, "%s: line %u: %s", making->name, making->line, what);
}

/* false: too long a phrase, or one of function words alone: passed over. */
static bool take_phrase(struct match_str text, struct phrase *phrase)
{
    struct tokens *tokens = tokens_mine();

    *phrase = (struct phrase){.text = text, .is_latin = true};
    tokens_read(tokens, text, false);
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->list[i];
        bool is_unit = token->sort != TOKEN_PAIR;

        if (phrase->term_count == LEXICON_TERMS || (is_unit && phrase->unit_count == LEXICON_UNITS))
            return false;
        phrase->terms[phrase->term_count++] = token->term;
        if (is_unit)
            phrase->units[phrase->unit_count++] = token->term;
        phrase->is_latin &= token->sort >= TOKEN_WORD;
    }
    return phrase->unit_count > 0;
}

static void add_entry(struct making *making, uint64_t key, const struct sense *sense)
{
    struct entry entry = {key, *sense};

    text_add(&making->entries, &entry, sizeof entry);
}

static void add_sense(struct making *making, const struct phrase *from, const struct phrase *to, uint8_t share)
{
    struct sense sense = {(uint32_t)(making->terms.len / sizeof *to->terms), (uint32_t)making->bytes.len, to->term_count,
                          (uint8_t)to->text.len, share, to->is_latin};
    const struct sense none = {0};
    uint64_t key = LEXICON_START;

    text_add(&making->terms, to->terms, to->term_count * sizeof *to->terms);
    text_add(&making->bytes, to->text.at, to->text.len);
    for (unsigned u = 0; u < from->unit_count; u++) {
        key = lexicon_key(key, from->units[u]);
        add_entry(making, key, u + 1 == from->unit_count ? &sense : &none);
    }
}

/* The next field of a line, up to a tab or the end. */
static struct match_str take_field(char **at)
{
    struct match_str field = {*at, strcspn(*at, "\t")};

    *at += field.len + ((*at)[field.len] == '\t');
    return field;
}

/* "中文<tab>English", perhaps with a tab and a weight. */
static bool take_pair(struct making *making, char *line, struct match_err *err)
{
    struct match_str chinese = take_field(&line), english = take_field(&line);
    struct phrase from, to;
    char *end = line;
    unsigned long weight = *line ? strtoul(line, &end, 10) : 1;

    if (chinese.len == 0 || english.len == 0 || chinese.len > PHRASE_MOST || english.len > PHRASE_MOST)
        return off(making, "expected a Chinese phrase, a tab and an English phrase, each of at most 96 bytes", err);
    if (*end || weight < 1 || weight > WEIGHT_MOST)
        return off(making, "a weight is a whole number, 1 to 255", err);
    if (++making->pairs > PAIRS_MOST)
        return off(making, "too many pairs", err);
    if (!take_phrase(chinese, &from) || !take_phrase(english, &to))
        return true;
    if (from.is_latin || !to.is_latin)
        return off(making, "the first phrase is to be Chinese, the second one English", err);
    add_sense(making, &from, &to, (uint8_t)weight);
    add_sense(making, &to, &from, (uint8_t)weight);
    return true;
}

/* --- the text --- */

/* The next line that is no comment, without its end; NULL: none, or one without an end. */
static char *next_line(struct making *making, char **rest)
{
    char *line, *end;

    do {
        line = *rest;
        making->line++;
        end = strchr(line, '\n');
        if (!end)
            return NULL;
        *end = '\0';
        *rest = end + 1;
    } while (*line == '#');
    return line;
}

static bool take_text(struct making *making, char *text, struct match_err *err)
{
    const char *head = "tieqiao lexicon ";
    char *line = next_line(making, &text);

    if (!line || strncmp(line, head, strlen(head)) != 0)
        return match_fail(err, MATCH_CORRUPT, "%s: not a lexicon", making->name);
    if (strcmp(line + strlen(head), "1") != 0)
        return match_fail(err, MATCH_CORRUPT, "%s: a lexicon of version %.10s, this program reads 1", making->name,
                          line + strlen(head));
    while ((line = next_line(making, &text)) && strcmp(line, "end") != 0)
        if (!take_pair(making, line, err))
            return false;
    return (line && !*text) || off(making, "the file does not end with a line \"end\"", err);
}

static void *room(size_t count, size_t size)
{
    void *at = calloc(count + 1, size);

    if (!at)
        abort();
    return at;
}

/* -1, and errno, of what is no file. */
static off_t size_of(int file)
{
    struct stat seen;

    if (file < 0 || fstat(file, &seen) != 0)
        return -1;
    if (S_ISREG(seen.st_mode))
        return seen.st_size;
    errno = S_ISDIR(seen.st_mode) ? EISDIR : ESPIPE;
    return -1;
}

static char *read_text(const char *path, struct match_err *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    off_t size = size_of(file);
    char *text = NULL;

    if (size < 0)
        match_fail_io(err, "reading", path);
    else if (size > TEXT_MOST)
        match_fail(err, MATCH_CORRUPT, "%s: not a lexicon: longer than %d bytes", path, TEXT_MOST);
    else
        text = room((size_t)size, 1);
    if (text && !bytes_read(file, text, (uint64_t)size)) {
        match_fail_io(err, "reading", path);
        free(text);
        text = NULL;
    }
    if (file >= 0)
        close(file);
    if (text && strlen(text) != (size_t)size) {
        match_fail(err, MATCH_CORRUPT, "%s: not a lexicon: it has a byte 0", path);
        free(text);
        return NULL;
    }
    return text;
}

/* --- the file --- */

static int by_key_and_share(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;

    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    if (a->sense.share != b->sense.share)
        return a->sense.share > b->sense.share ? -1 : 1;
    return (a->sense.at > b->sense.at) - (a->sense.at < b->sense.at);
}

/* Of the senses from `first` on: one has the same terms. */
static bool is_there(const struct making *making, const struct sense *senses, uint32_t first, uint32_t end, const struct sense *sense)
{
    const uint64_t *terms = (const void *)making->terms.at;

    for (uint32_t s = first; s < end; s++)
        if (senses[s].term_count == sense->term_count
            && memcmp(terms + senses[s].terms, terms + sense->terms, sense->term_count * sizeof *terms) == 0)
            return true;
    return false;
}

/* Keys, where their senses begin, and the senses, the heaviest LEXICON_SENSES of each. Room for as many as there are entries. */
static void make_keys(const struct making *making, struct lexicon_head *head, uint64_t *keys, uint32_t *starts, struct sense *senses)
{
    struct entry *entries = (void *)making->entries.at;
    size_t count = making->entries.len / sizeof *entries;

    qsort(entries, count, sizeof *entries, by_key_and_share);
    for (size_t e = 0; e < count; e++) {
        if (head->keys == 0 || keys[head->keys - 1] != entries[e].key) {
            keys[head->keys] = entries[e].key;
            starts[head->keys++] = head->senses;
        }
        if (entries[e].sense.term_count && head->senses - starts[head->keys - 1] < LEXICON_SENSES
            && !is_there(making, senses, starts[head->keys - 1], head->senses, &entries[e].sense))
            senses[head->senses++] = entries[e].sense;
    }
    starts[head->keys] = head->senses;
}

static bool write_lexicon(const struct making *making, uint64_t source, int folder, const char *name, struct match_err *err)
{
    size_t count = making->entries.len / sizeof(struct entry);
    uint64_t *keys = room(count, sizeof *keys);
    uint32_t *starts = room(count, sizeof *starts);
    struct sense *senses = room(count, sizeof *senses);
    struct lexicon_head head = {LEXICON_MAGIC, 0, LEXICON_VERSION, 0, 0, (uint32_t)(making->terms.len / 8),
                                (uint32_t)making->bytes.len, making->pairs, source, {0}};
    struct lexicon made = {0};
    uint64_t size;
    int file;
    bool good;

    make_keys(making, &head, keys, starts, senses);
    size = lexicon_size(&head);
    made.base = room(size, 1);
    memcpy(made.base, &head, sizeof head);
    lexicon_parts(&made);
    memcpy((void *)made.keys, keys, head.keys * sizeof *keys);
    memcpy((void *)made.starts, starts, (head.keys + 1) * sizeof *starts);
    memcpy((void *)made.senses, senses, head.senses * sizeof *senses);
    memcpy((void *)made.terms, making->terms.at, making->terms.len);
    memcpy((void *)made.bytes, making->bytes.at, making->bytes.len);
    head.sum = checksum(made.base + LEXICON_SUMMED, size - LEXICON_SUMMED);
    memcpy(made.base, &head, sizeof head);
    file = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    good = (file >= 0 && bytes_write(file, made.base, size) && fsync(file) == 0) || match_fail_io(err, "writing", name);
    if (file >= 0)
        close(file);
    free(made.base);
    free(senses);
    free(starts);
    free(keys);
    return good;
}

static void free_texts(char **texts, size_t count)
{
    for (size_t f = 0; f < count; f++)
        free(texts[f]);
    free(texts);
}

/* The texts one after the other; NULL: one could not be read. */
static char **read_texts(const char *const *files, size_t count, uint64_t *source, struct match_err *err)
{
    char **texts = room(count, sizeof *texts);

    *source = LEXICON_START;
    for (size_t f = 0; f < count; f++) {
        texts[f] = read_text(files[f], err);
        if (!texts[f]) {
            free_texts(texts, count);
            return NULL;
        }
        *source = term_mix(*source ^ checksum(texts[f], strlen(texts[f])));
    }
    return texts;
}

static bool make(const char *const *files, char **texts, size_t count, uint64_t source, int folder, const char *name,
                 struct match_err *err)
{
    struct making making = {0};
    bool good = true;

    text_init(&making.terms);
    text_init(&making.bytes);
    text_init(&making.entries);
    for (size_t f = 0; f < count && good; f++) {
        making.name = files[f];
        making.line = 0;
        good = take_text(&making, texts[f], err);
    }
    good = good && write_lexicon(&making, source, folder, name, err);
    text_release(&making.entries);
    text_release(&making.bytes);
    text_release(&making.terms);
    return good;
}

bool lexicon_make(const char *const *files, size_t count, const struct lexicon *now, int folder, const char *name, bool *same,
                  struct match_err *err)
{
    uint64_t source;
    char **texts = read_texts(files, count, &source, err);
    bool good;

    if (!texts)
        return false;
    *same = now && now->head->source == source;
    good = *same || make(files, texts, count, source, folder, name, err);
    free_texts(texts, count);
    return good;
}
