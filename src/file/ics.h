/*
 * A calendar that calendar programs subscribe to: iCalendar, RFC 5545. Lines end in CRLF and are folded at 75 octets, never inside a
 * character (§3.1); in TEXT values \ ; , and line breaks are escaped (§3.3.11).
 *
 *   ics_begin, ics_day …, ics_end
 */
#ifndef TQ_FILE_ICS_H
#define TQ_FILE_ICS_H

#include "base/text.h"

/* name: shown as the calendar's name, by those who know X-WR-CALNAME (and RFC 7986's NAME). */
void ics_begin(struct text *out, struct slice name);

struct ics_day {
    const char *uid;         /* of letters, digits and @ . - ; the same day's thing keeps it for ever */
    int32_t day;             /* days since 1970: an all-day event, which has no time zone */
    int64_t stamp_ms;        /* when it came to be so */
    struct slice summary, description;
    struct slice url;        /* "": none */
    unsigned alarm_days;     /* a reminder so many days before; 0: none */
};
void ics_day(struct text *out, const struct ics_day *day);

void ics_end(struct text *out);

#endif
