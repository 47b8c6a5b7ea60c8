#include "web/fits.h"

#include "base/json.h"
#include "base/utf8.h"
#include "web/feedback.h"
#include "work/partner.h"

enum { FITS_SHOWN = 3, FRESH_MS = 10000, QUESTION_CHARS = 80 };

/*
 * Weak partners are told from none only where somebody looks for partners: there one a column is better than an empty
 * page. Elsewhere they would be noise.
 */
static size_t fits_worth(const struct record *record, const struct fit *fits, size_t count)
{
    bool seeks = record->kind->id == KIND_ACHIEVEMENT || record->kind->id == KIND_NEED || record->kind->id == KIND_SCENARIO;
    size_t n = 0;

    while (n < count && fits[n].rating >= MATCH_FAIR)
        n++;
    return n == 0 && count && seeks && fits[0].rating == MATCH_WEAK ? 1 : n;
}

/* Those that the reader's side has refused go behind the others, each part in its order. Returns how many are before them. */
static size_t refused_last(struct request *request, const struct feedback_shelf *shelf, struct fit *fits, size_t count)
{
    struct fit refused[FIT_KEPT];
    size_t good = 0, bad = 0;

    for (size_t i = 0; i < count; i++)
        if (feedback_refused(request, shelf, fits[i].kind, fits[i].other))
            refused[bad++] = fits[i];
        else
            fits[good++] = fits[i];
    memcpy(fits + good, refused, bad * sizeof *fits);
    return good;
}

/* As many of the list as are worth it, with what became of each. */
static json_t *cards_json(struct request *request, const struct feedback_shelf *shelf, const struct partners *partners,
                          enum column c, const struct fit *list, size_t count)
{
    json_t *cards = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *card = partner_card(partners, c, &list[i]);

        if (!card)
            continue;
        json_object_set_new_nocheck(card, "feedback", feedback_of_card(request, shelf, list[i].kind, list[i].other));
        json_array_append_new(cards, card);
    }
    return cards;
}

static json_t *seen_json(json_t *cards)
{
    json_t *seen;

    if (json_array_size(cards) == 0) {
        json_decref(cards);
        return json_null();
    }
    seen = json_object();
    json_object_set_new_nocheck(seen, "count", json_integer((json_int_t)json_array_size(cards)));
    json_object_set_new_nocheck(seen, "cards", cards);
    return seen;
}

/* The best of one column; NULL: none is worth it. *near: there are some, worth it or not. */
static json_t *fits_column(struct request *request, const struct feedback_shelf *shelf, const struct partners *partners,
                           enum column c, bool *near)
{
    struct fit list[FIT_KEPT];
    size_t found = fit_list(request->sql, shelf->record, c, request->arena, list, FIT_KEPT);
    size_t fresh = refused_last(request, shelf, list, found), n = fits_worth(shelf->record, list, fresh);
    json_t *column = json_object(), *cards = cards_json(request, shelf, partners, c, list, n < FITS_SHOWN ? n : FITS_SHOWN);

    *near = *near || (fresh && list[0].rating >= MATCH_WEAK);
    json_object_set_new_nocheck(column, "total", json_integer((json_int_t)json_array_size(cards)));
    json_object_set_new_nocheck(column, "cards", cards);
    json_object_set_new_nocheck(column, "seen", seen_json(cards_json(request, shelf, partners, c, list + fresh, found - fresh)));
    json_fill(column, "more weak");
    if (json_array_size(cards) || !json_is_null(json_object_get(column, "seen")))
        return column;
    json_decref(column);
    return NULL;
}

/* A few words of the record's own to ask the box with: a person's name finds nobody, what he is good at does. */
static struct slice question_of(const struct record *record)
{
    int skills = kind_field(record->kind, "skills");
    size_t field = skills >= 0 && record->values[skills].known ? (size_t)skills : record->kind->title;

    return record_level(record, field) == LEVEL_PUBLIC ? utf8_head(record->values[field].text, QUESTION_CHARS) : SLICE("");
}

/* Why nobody is shown, and what to do next. */
static void nobody_add(struct request *request, const struct record *record, const struct object *object, bool near,
                       json_t *fits)
{
    struct err ignored;
    json_t *why;

    if (record->status == RECORD_CLOSED)
        why = label_json("closed", "这条记录已关闭，不再为它找合适的对象；重新开放后会再找。",
                         "This record is closed, so nobody is looked for; open it again and the search goes on.");
    else if (near)
        why = label_json("weak", "相近的记录都只是弱相关，这里只列出较强和强的。",
                         "What comes near fits only weakly; here fair and strong ones are listed.");
    else
        why = label_json("nobody", "还没有与它相近的公开记录。", "No public record comes near it yet.");
    json_object_set_new_nocheck(fits, "why", why);
    if (record->status == RECORD_CLOSED)
        return;
    if (question_of(record).len)
        json_put(fits, "ask", question_of(record));
    if (may(&request->actor, ACT_EDIT, object, &ignored))
        json_put(fits, "edit", slice_of(arena_print(request->arena, "/%s/%lld/edit", record->kind->plural,
                                                    (long long)record->id)));
}

bool fits_add(struct request *request, const struct record *record, const struct object *object, json_t *document,
              struct err *err)
{
    bool near = false;
    enum column own = column_of(record);
    struct feedback_shelf shelf;
    json_t *fits, *columns;
    struct partners *partners;

    if (!feedback_open(request, record, &shelf, err))
        return false;
    fits = json_object();
    columns = json_object();
    json_object_set_new_nocheck(document, "fits", fits);
    partners = partners_open(request->web->city, request->sql, record, &request->actor, request->english, request->arena);
    for (unsigned c = 0; c < COLUMN_SHOWN; c++) {
        json_t *column = c == own ? NULL : fits_column(request, &shelf, partners, (enum column)c, &near);

        if (column)
            json_object_set_new_nocheck(columns, column_text((enum column)c)->name, column);
    }
    partners_close(partners);
    if (!request->api)
        json_object_set_new_nocheck(fits, "fresh", json_boolean(record->status == RECORD_OPEN
                                                                && request->now_ms - record->valid_from < FRESH_MS));
    json_object_set_new_nocheck(fits, "none", json_boolean(json_object_size(columns) == 0));
    if (json_object_size(columns) == 0)
        nobody_add(request, record, object, near, fits);
    if (feedback_known(request, &shelf))
        json_put(fits, "feedback", slice_of(arena_print(request->arena, "/%s/%lld/feedback", record->kind->plural,
                                                        (long long)record->id)));
    json_fill(fits, "why ask edit feedback");
    json_object_set_new_nocheck(fits, "columns", columns);
    return true;
}
