/*
 * What the pages of indicators share: what was asked for and who sees what of it (indicator_ask.c), the other choices (indicator_choice.c),
 * figures in words (indicator_said.c), targets beside them (indicator_aim.c), a record that a line counts (indicator_record.c).
 *
 * Who sees what. An `open` indicator is for everybody. The others are for who steers, audits or reads for a place: an officer, the leader,
 * his secretary, the office of the committee, an auditor, the readers of departments, each for the divisions of his grant; a city's
 * grant is for all that there is, as one house serves one city. Who acts for an organisation sees all of them of his own alone (mine).
 */
#ifndef TQ_WEB_INDICATOR_INT_H
#define TQ_WEB_INDICATOR_INT_H

#include "web/indicator.h"
#include "work/indicator.h"
#include "work/indicator_target.h"

enum { INDICATOR_CITY = 620100 /* whose districts are told apart */ };

/* What was asked for. */
struct indicator_look {
    struct request *request;
    const struct indicators *set;
    struct figure_ask ask; /* period, day, divisions, unit */
    int32_t today;
    int32_t limit;         /* the last day that can be counted: today, or as_of */
    bool past;             /* as_of was given */
    int year;              /* the period; 0: from and to were given */
    int64_t region;        /* 0: all, also what has none */
    int64_t home;          /* the region where none is asked for: his own, of who is confined to one */
    bool mine;             /* of his own organisation alone */
    int64_t party;         /* that organisation; 0: he has none */
    struct slice unit;     /* its name, where mine */
};

/*
 * Reads the query: year, or from and to; as_of; region; mine. `opened`: the indicator whose page it is, NULL: the board. ERR_INVALID names
 * the field; ERR_MISSING: the opened one is not for him to know of; ERR_DENIED: not of that region.
 */
bool indicator_look_read(struct request *request, struct slice code, const struct indicator **opened, struct indicator_look *look, struct err *err);

/* The code in the path: /indicators/CODE…; "" where there is none. */
struct slice indicator_code_of(const struct request *request);

/* Does one of his grants hold the division? 0: all there is. */
bool indicator_over(const struct actor *actor, int64_t region);
/* Does he look over any place at all? */
bool indicator_looks_over(const struct actor *actor);
bool indicator_sees(const struct indicator_look *look, const struct indicator *indicator);

/* The definition that counts in the look's period. */
const struct indicator *indicator_counted(const struct indicator_look *look, const struct indicator *indicator);

/* "/indicators/CODE{below}?…" of the look as it stands: change a copy for another one. code NULL: the board. */
struct slice indicator_path(const struct indicator_look *look, const char *code, const char *below);
int indicator_year_of(int32_t day);
/* The same of another page that takes the look's parameters: "{at}?…". */
struct slice indicator_address(const struct indicator_look *look, const char *at);
/* Puts {year, href, here} of that page in another year into the list; nothing where the year has not begun. */
void indicator_year_add(const struct indicator_look *look, const char *at, int year, json_t *list);
/* The look's period is that year, up to the last day that can be counted. false: it has not begun. */
bool indicator_year_set(struct indicator_look *look, int year);
void indicator_period_set(struct indicator_look *look, int32_t from, int32_t to);
void indicator_region_set(struct indicator_look *look, int64_t region);

/*
 * What every page of them says of the look: year, from, to, as_of, region, mine, unit, places of the ledger; the choices regions and years, of
 * an indicator's page in "form".
 */
bool indicator_look_put(const struct indicator_look *look, const char *code, json_t *out, struct err *err);
/* {code, label} of a division; null: none known. */
json_t *indicator_region_json(const struct request *request, int64_t region);

/*
 * A figure of the look, or of another period of its place. Whoever looks neither over the place nor at his own organisation is not told amounts of
 * fewer than INDICATOR_FEW lines: they would be those of one contract. (`few`; it is not known then, and has no lines.)
 */
enum { INDICATOR_FEW = 3 };
void indicator_keep(const struct actor *actor, int64_t region, const struct indicator *indicator, struct figure *figure);
bool indicator_look_figure(const struct indicator_look *look, const struct indicator *indicator, const struct figure_ask *ask, struct figure *figure, struct err *err);

/* --- by month (indicator_month.c) --- */

struct indicator_month {
    int32_t from, to; /* whole, but for the first and the last, which the period cuts */
};

/* The months of the look's period, the latest `most` of them, the first one first. */
size_t indicator_months(const struct indicator_look *look, size_t most, struct indicator_month *months);
/*
 * Several indicators of one unit side by side, the last twelve months of the period: {titles: [{code, label}], line, axis, months: [{month, figures: [{said, number}]}]}.
 * null: there are none, or it failed.
 */
bool indicator_by_month(const struct indicator_look *look, const struct indicator *const *indicators, size_t count, json_t **out, struct err *err);

/* --- in words --- */

/* "135 万元", "62.5%", "12 天", "1,234 项"; "—" where it is not known, "不足三件，不公开" where it is kept. */
struct slice indicator_said(const struct request *request, const struct indicator *indicator, const struct figure *figure);
/* The same of one line of it: "按时", "40%". */
struct slice indicator_line_said(const struct request *request, const struct indicator *indicator, const struct figure_line *line);
struct slice indicator_percent(const struct request *request, int64_t share);
/* said, number (null: not known), value, base, lines. */
void indicator_figure_put(const struct request *request, const struct indicator *indicator, const struct figure *figure, json_t *out);
/*
 * How it is drawn: line (else bars: what is counted or paid in a month), axis: [{of, unit}], the units that its numbers may be read in, from the
 * least on: number / of.
 */
void indicator_drawn_put(const struct request *request, const struct indicator *indicator, json_t *out);
/* code, title, says, source, figure, unit, held, less, open in the reader's language. */
void indicator_text_put(const struct request *request, const struct indicator *indicator, json_t *out);
struct slice indicator_title(const struct request *request, const struct indicator *indicator);

/* --- targets --- */

/* Those of the look's year, the plan in hand first; none of a period that is no year, or of one organisation. */
bool indicator_aims_read(const struct indicator_look *look, struct indicator_target **list, size_t *count, struct err *err);
/* The first that fits: of the plan in hand. One of a city, or above it, is for all. NULL: none. */
const struct indicator_target *indicator_aim_find(const struct indicator_look *look, const struct indicator_target *targets, size_t count, const char *code);
/* aim: {year, said, number} of the look's year, where a year's figure is held against it, or null. */
bool indicator_aim_put(const struct indicator_look *look, const struct indicator *indicator, json_t *out, struct err *err);
/* {said, href, name, reached, met}: figure is that of the look, which is asked anew where the target counts from the beginning on. */
bool indicator_aim_json(const struct indicator_look *look, const struct indicator *indicator, const struct indicator_target *target,
                        const struct figure *figure, json_t **out, struct err *err);

/* --- the records behind --- */

/* title, href and hidden of the record a line counts, as far as the reader may know of it. */
bool indicator_record_put(struct request *request, struct slice kind, int64_t id, json_t *line, bool *hidden, struct err *err);

#endif
