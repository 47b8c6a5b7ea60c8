#include "file/ics.h"

#include "base/clock.h"

enum { FOLD = 75 /* octets of a line, its break not counted */ };

/* A line may be cut before any character; what goes on begins with a blank, which counts. */
static void line_add(struct text *out, struct slice line)
{
    size_t from = 0, room = FOLD;

    while (line.len - from > room) {
        size_t cut = from + room;

        while (((unsigned char)line.at[cut] & 0xC0) == 0x80)
            cut--;
        text_add(out, line.at + from, cut - from);
        text_puts(out, "\r\n ");
        from = cut;
        room = FOLD - 1;
    }
    text_add(out, line.at + from, line.len - from);
    text_puts(out, "\r\n");
}

static void text_line(struct text *out, const char *name, struct slice value)
{
    struct text line;

    text_init(&line);
    text_print(&line, "%s:", name);
    for (size_t i = 0; i < value.len; i++) {
        char c = value.at[i];

        if (c == '\\' || c == ';' || c == ',')
            text_putc(&line, '\\');
        if (c == '\n')
            text_puts(&line, "\\n");
        else if ((unsigned char)c >= ' ' && c != 0x7f)
            text_putc(&line, c);
    }
    line_add(out, text_slice(&line));
    text_release(&line);
}

static void plain_line(struct text *out, const char *name, struct slice value)
{
    struct text line;

    text_init(&line);
    text_print(&line, "%s:", name);
    text_add_slice(&line, value);
    line_add(out, text_slice(&line));
    text_release(&line);
}

static void date_line(struct text *out, const char *name, int32_t day)
{
    int year, month, of_month;

    day_to_ymd(day, &year, &month, &of_month);
    text_print(out, "%s;VALUE=DATE:%04d%02d%02d\r\n", name, year, month, of_month);
}

/* DTSTAMP is in UTC (§3.8.7.2). */
static void stamp_line(struct text *out, int64_t ms)
{
    int64_t second = ms / 1000;
    int year, month, of_month;

    day_to_ymd((int32_t)(second / 86400), &year, &month, &of_month);
    text_print(out, "DTSTAMP:%04d%02d%02dT%02d%02d%02dZ\r\n", year, month, of_month, (int)(second % 86400 / 3600), (int)(second % 3600 / 60),
               (int)(second % 60));
}

void ics_begin(struct text *out, struct slice name)
{
    text_puts(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tieqiao//reminders//ZH\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
    text_line(out, "NAME", name);
    text_line(out, "X-WR-CALNAME", name);
    text_puts(out, "X-WR-TIMEZONE:Asia/Shanghai\r\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\r\nX-PUBLISHED-TTL:PT6H\r\n");
}

void ics_day(struct text *out, const struct ics_day *day)
{
    text_puts(out, "BEGIN:VEVENT\r\n");
    plain_line(out, "UID", slice_of(day->uid));
    stamp_line(out, day->stamp_ms);
    date_line(out, "DTSTART", day->day);
    date_line(out, "DTEND", day->day + 1);
    text_line(out, "SUMMARY", day->summary);
    if (day->description.len)
        text_line(out, "DESCRIPTION", day->description);
    if (day->url.len)
        plain_line(out, "URL", day->url);
    text_puts(out, "TRANSP:TRANSPARENT\r\n");
    if (day->alarm_days) {
        text_print(out, "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P%uD\r\n", day->alarm_days);
        text_line(out, "DESCRIPTION", day->summary);
        text_puts(out, "END:VALARM\r\n");
    }
    text_puts(out, "END:VEVENT\r\n");
}

void ics_end(struct text *out)
{
    text_puts(out, "END:VCALENDAR\r\n");
}
