/*
 * GET /rules: the rulebook by theme, narrowed by words, theme and region.
 * region: the rules that a case there is judged by today, the nation's where the region has none of its own.
 * Document: {"rules": {q, total, clear, themes: [{code, label, label_en, selected}], regions: [{code, label, label_en, selected}],
 *            groups: [{theme, rules: [{… (web/rule.h)}]}]}}
 */
#include "base/clock.h"
#include "base/json.h"
#include "web/handlers.h"
#include "web/rule.h"

/* By the number that a rule's id begins with, as the handbook of rules is divided. */
static const struct theme {
    int from, to;
    const char *code, *label, *label_en;
} themes[] = {
    {0, 19, "disposal", "处置与定价", "Disposal and pricing"},
    {20, 39, "reward", "收益分配", "Sharing the income"},
    {40, 49, "tax", "税", "Taxes"},
    {50, 59, "partners", "主体与合作", "Parties and co-operation"},
    {60, 79, "contract", "合同、登记与年报", "Contracts, registration, annual report"},
    {80, 89, "trial", "评价、中试与场景", "Evaluation, pilots, scenarios"},
    {90, 99, "money", "资金与人才", "Money and people"},
    {100, 999, "city", "指标与协商", "Targets and consultation"},
};
enum { THEMES = sizeof themes / sizeof *themes };

static const struct theme *theme_of(const struct rule *rule)
{
    long number = strtol(rule->id + strcspn(rule->id, "0123456789"), NULL, 10);

    for (size_t i = 0; i < THEMES; i++)
        if (number >= themes[i].from && number <= themes[i].to)
            return &themes[i];
    return &themes[THEMES - 1];
}

struct listing {
    struct request *request;
    struct slice words, theme;
    int32_t region, today; /* region 0: all */
};

/* --- does it belong? --- */

static bool holds_word(const char *text, struct slice word)
{
    return memmem(text, strlen(text), word.at, word.len);
}

static bool rule_holds(const struct rule *rule, struct slice word)
{
    bool found = holds_word(rule->id, word) || holds_word(rule->title, word) || holds_word(rule->summary, word);

    for (size_t i = 0; i < rule->article_count && !found; i++)
        found = holds_word(rule->articles[i].document, word) || holds_word(rule->articles[i].number, word)
                || holds_word(rule->articles[i].text, word);
    for (size_t i = 0; i < rule->parameter_count && !found; i++)
        found = holds_word(rule->parameters[i].label, word) || holds_word(rule->parameters[i].basis, word);
    for (size_t i = 0; i < rule->fact_count && !found; i++)
        found = holds_word(rule->facts[i].label, word);
    return found;
}

/* Each of the words, parted by blanks. */
static bool words_fit(const struct listing *listing, const struct rule *rule)
{
    struct slice rest = listing->words, word;

    while (slice_cut(&rest, ' ', &word))
        if ((word = slice_trim(word)).len && !rule_holds(rule, word))
            return false;
    return true;
}

static bool belongs(const struct listing *listing, const struct rule *rule)
{
    const struct rulebook *book = listing->request->web->city->law.book;

    return (!listing->theme.len || slice_is(listing->theme, theme_of(rule)->code))
           && (!listing->region || rule_find(book, rule->id, listing->region, listing->today) == rule)
           && words_fit(listing, rule);
}

/* --- the document --- */

static json_t *chosen(json_t *label, bool selected)
{
    json_object_set_new_nocheck(label, "selected", json_boolean(selected));
    return label;
}

static json_t *themes_json(const struct listing *listing)
{
    json_t *list = json_array();

    for (size_t i = 0; i < THEMES; i++)
        json_array_append_new(list, chosen(label_json(themes[i].code, themes[i].label, themes[i].label_en),
                                           slice_is(listing->theme, themes[i].code)));
    return list;
}

static bool seen_before(const struct rulebook *book, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (rulebook_at(book, i)->region == rulebook_at(book, index)->region)
            return true;
    return false;
}

/* Those that have rules of their own, and the one that was asked for. */
static json_t *regions_json(const struct listing *listing)
{
    const struct rulebook *book = listing->request->web->city->law.book;
    bool offered = !listing->region;
    json_t *list = json_array();

    for (size_t i = 0; i < rulebook_count(book); i++) {
        int32_t region = rulebook_at(book, i)->region;

        if (seen_before(book, i))
            continue;
        offered |= region == listing->region;
        json_array_append_new(list, chosen(rule_region_json(listing->request, region), region == listing->region));
    }
    if (!offered)
        json_array_append_new(list, chosen(rule_region_json(listing->request, listing->region), true));
    return list;
}

static json_t *group_json(const struct listing *listing, const struct theme *theme, size_t *total)
{
    const struct rulebook *book = listing->request->web->city->law.book;
    json_t *group = json_object(), *lines = json_array();

    json_object_set_new_nocheck(group, "theme", label_json(theme->code, theme->label, theme->label_en));
    json_object_set_new_nocheck(group, "rules", lines);
    for (size_t i = 0; i < rulebook_count(book); i++)
        if (theme_of(rulebook_at(book, i)) == theme && belongs(listing, rulebook_at(book, i)))
            json_array_append_new(lines, rule_head_json(listing->request, rulebook_at(book, i), listing->today));
    *total += json_array_size(lines);
    return group;
}

static json_t *groups_json(const struct listing *listing, size_t *total)
{
    json_t *groups = json_array();

    for (size_t i = 0; i < THEMES; i++) {
        json_t *group = group_json(listing, &themes[i], total);

        if (json_array_size(json_object_get(group, "rules")))
            json_array_append(groups, group);
        json_decref(group);
    }
    return groups;
}

static bool listing_read(struct listing *listing, struct err *err)
{
    listing->words = slice_trim(request_value(listing->request, "q"));
    listing->theme = request_value(listing->request, "theme");
    listing->today = day_of_ms(listing->request->now_ms);
    return rule_region_read(listing->request, &listing->region, err);
}

bool rules_get(struct request *request, struct err *err)
{
    struct listing listing = {.request = request};
    json_t *document, *rules;
    size_t total = 0;

    if (!listing_read(&listing, err))
        return false;
    document = json_object();
    rules = json_object();
    json_object_set_new_nocheck(document, "rules", rules);
    json_put(rules, "q", listing.words);
    json_object_set_new_nocheck(rules, "themes", themes_json(&listing));
    json_object_set_new_nocheck(rules, "regions", regions_json(&listing));
    json_object_set_new_nocheck(rules, "groups", groups_json(&listing, &total));
    json_object_set_new_nocheck(rules, "total", json_integer((json_int_t)total));
    json_object_set_new_nocheck(rules, "narrowed", json_boolean(listing.words.len || listing.theme.len || listing.region));
    return request_page(request, "rules", document);
}
