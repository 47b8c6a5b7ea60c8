#include "record/extract.h"

#include "base/text.h"
#include "base/utf8.h"
#include "record/extract_int.h"
#include "record/tree.h"

enum { TEXT_MOST = 512 << 10, LINES_MOST = 20000, QUOTE_CHARS = 200 };

/* ---- lines ------------------------------------------------------------------------------- */

static size_t lines_most(struct slice text)
{
    size_t most = 1;

    for (size_t i = 0; i < text.len && most < LINES_MOST; i++)
        most += text.at[i] == '\n' || text.at[i] == '\f';
    return most;
}

static void line_add(struct extract *extract, struct slice text, int page)
{
    text = slice_trim(text);
    if (text.len > 0 && extract->count < extract->room)
        extract->lines[extract->count++] = (struct extract_line){text, page};
}

static void lines_split(struct extract *extract, struct slice text)
{
    struct slice page_text, line;

    for (int page = 1; slice_cut(&text, '\f', &page_text); page++)
        while (slice_cut(&page_text, '\n', &line))
            line_add(extract, line, page);
}

/* A sheet comes as CSV: its cells are parted like a document's. Prose has commas too, but not on most of its lines. */
static struct slice cells_parted(struct slice text, struct arena *arena)
{
    size_t lines = 1, commas = 0;
    bool quoted = false, had = false;
    char *out = arena_alloc(arena, text.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++) {
        had = had || text.at[i] == ',';
        if (text.at[i] == '\n') {
            lines++;
            commas += had;
            had = false;
        }
    }
    if (text_find(text, "\t") >= 0 || (commas + had) * 3 < lines * 2)
        return text;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"') {
            quoted = !quoted;
            continue;
        }
        out[len++] = text.at[i] == ',' && !quoted ? '\t' : quoted && text.at[i] == '\n' ? ' ' : text.at[i];
    }
    return (struct slice){out, len};
}

/* ---- shaping a value --------------------------------------------------------------------- */

static const char *const ticks[] = {"☑", "☒", "✓", "√", "■", "☐", "□"};
enum { TICKS = 7, TICKS_ON = 5 };

/* Which tick or box the text begins with: its index, or TICKS. */
static size_t tick_at(struct slice text)
{
    for (size_t i = 0; i < TICKS; i++)
        if (text_starts(text, ticks[i]))
            return i;
    return TICKS;
}

/* "☑转让 □许可 ☑作价投资" -> "转让；作价投资"; text without boxes as it is. */
static struct slice shape_ticks(struct extract *extract, struct slice text)
{
    struct text chosen;
    struct slice copy;
    bool boxed = false, on = false;

    text_init(&chosen);
    for (size_t i = 0; i < text.len;) {
        size_t tick = tick_at(text_from(text, i));

        if (tick < TICKS) {
            boxed = true;
            on = tick < TICKS_ON;
            if (on && chosen.len > 0)
                text_puts(&chosen, "；");
            i += strlen(ticks[tick]);
        } else {
            if (on && text.at[i] != ' ')
                text_putc(&chosen, text.at[i]);
            i++;
        }
    }
    copy = boxed ? arena_copy(extract->arena, text_slice(&chosen)) : text;
    text_release(&chosen);
    return copy;
}

static bool has_parting(struct slice text)
{
    static const char *const partings[] = {"；", ";", "、", "，", ","};

    return text_holds_any(text, partings, sizeof partings / sizeof *partings);
}

/* "轴承 润滑 寿命", also over several lines -> "轴承；润滑；寿命", unless the words are English. */
static struct slice shape_words(struct extract *extract, struct slice text)
{
    struct text words;
    struct slice rest = text, word, line, copy;

    if (has_parting(text) || text.len == 0 || (unsigned char)text.at[0] < 0x80)
        return text;
    text_init(&words);
    while (slice_cut(&rest, '\n', &line))
        while (slice_cut(&line, ' ', &word))
            if (slice_trim(word).len > 0) {
                text_puts(&words, words.len > 0 ? "；" : "");
                text_add_slice(&words, slice_trim(word));
            }
    copy = arena_copy(extract->arena, text_slice(&words));
    text_release(&words);
    return copy;
}

/* Cell lines become lines; a long text ends with the last sentence that fits. */
static struct slice shape_prose(struct extract *extract, struct slice text, int64_t most)
{
    struct text lines;
    struct slice whole, kept = {0}, rest, sentence;

    text_init(&lines);
    for (size_t i = 0; i < text.len; i++)
        if (text_starts(text_from(text, i), "\u2028")) {
            text_putc(&lines, '\n');
            i += 2;
        } else {
            text_putc(&lines, text.at[i]);
        }
    whole = arena_copy(extract->arena, slice_trim(text_slice(&lines)));
    text_release(&lines);
    if (most <= 0 || utf8_count(whole) <= (size_t)most)
        return whole;
    rest = utf8_head(whole, (size_t)most);
    kept.at = rest.at;
    while (sentence_cut(&rest, &sentence) && (rest.len > 0 || text_find(sentence, "。") >= 0))
        kept.len = (size_t)(sentence.at + sentence.len - kept.at);
    return kept.len > 0 ? kept : utf8_head(whole, (size_t)most);
}

static struct slice shape_date(struct extract *extract, struct slice text)
{
    char day[11];

    return date_scan(text, day) ? arena_copy(extract->arena, slice_of(day)) : SLICE("");
}

static struct slice shape(struct extract *extract, const struct field *field, struct slice text)
{
    struct slice part = SLICE("");

    switch (field->type) {
    case FIELD_DATE:
        return shape_date(extract, text);
    case FIELD_MONEY:
        return amount_scan(text, &part) ? part : SLICE("");
    case FIELD_NUMBER:
        return number_scan(text, &part) ? part : SLICE("");
    case FIELD_CHOICE:
    case FIELD_CHOICES:
    case FIELD_YES:
        return shape_ticks(extract, text);
    case FIELD_WORDS:
        return shape_words(extract, shape_prose(extract, text, 0));
    case FIELD_LINE:
    case FIELD_PROSE:
        return shape_prose(extract, text, field->max);
    case FIELD_PARTY:
    case FIELD_PERSON:
        return SLICE(""); /* ids are chosen by people */
    default:
        return text;
    }
}

/* ---- suggesting -------------------------------------------------------------------------- */

/* Without its code tree a code can't be checked; the form checks it when it comes back. */
static bool field_takes(struct extract *extract, const struct field *field, struct slice typed)
{
    struct value value;
    struct err ignored;

    if (field->type == FIELD_CODES && (!tree_get(field->choices) || tree_get(field->choices)->count == 0))
        return true;
    return field_read(field, typed, extract->arena, &value, &ignored) && value.known;
}

bool extract_has(const struct extract *extract, int field)
{
    return field >= 0 && (extract->found[field].typed.len > 0 || extract->found[field].capital.len > 0);
}

void extract_suggest(struct extract *extract, int field, struct slice typed, struct slice quote, int page)
{
    struct slice shaped;

    if (field < 0 || extract_has(extract, field))
        return;
    shaped = slice_trim(shape(extract, &extract->kind->fields[field], slice_trim(typed)));
    if (shaped.len == 0 || !field_takes(extract, &extract->kind->fields[field], shaped))
        return;
    extract->found[field] = (struct suggestion){
        .field = (size_t)field,
        .typed = arena_copy(extract->arena, shaped),
        .quote = arena_copy(extract->arena, utf8_head(slice_trim(quote), QUOTE_CHARS)),
        .page = page,
    };
}

void extract_fields(const struct kind *kind, struct slice text, struct arena *arena, struct suggestion *out,
                    size_t *count)
{
    struct extract extract = {.kind = kind, .arena = arena};

    *count = 0;
    if (text.len > TEXT_MOST) {
        text.len = TEXT_MOST;
        text.len = utf8_valid(text); /* not in the middle of a character */
    }
    extract.room = lines_most(text);
    extract.lines = arena_zero(arena, extract.room, sizeof *extract.lines);
    lines_split(&extract, kind_is_paper(kind) ? cells_parted(text, arena) : text);
    if (kind_is_paper(kind)) {
        extract_deal(&extract);
    } else if (!extract_patent(&extract)) {
        extract_labels(&extract);
        extract_paper(&extract);
        extract_need(&extract);
    }
    for (size_t i = 0; i < kind->count; i++)
        if (extract_has(&extract, (int)i))
            out[(*count)++] = extract.found[i];
}
