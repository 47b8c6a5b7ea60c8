/*
 * The calendar of a capability: hours held by bookings, never more stations at once than there are. What overlaps [first, last) began
 * before `last` and, since no booking is longer than SLOT_HOURS_MOST, ends before last + SLOT_HOURS_MOST: one range of the index
 * booking (capability, last).
 */
#include "work/pilot.h"

#include "base/clock.h"

static const char held_text[] =
    "SELECT b.id, b.matter, b.first, b.last, b.stations, b.what FROM booking b WHERE b.capability = ?1 AND b.to_leaf IS NULL"
    " AND b.last > ?2 AND b.last < ?4 AND b.first < ?3 AND (b.freed IS NULL OR b.freed = 0)"
    " AND NOT EXISTS (SELECT 1 FROM pilot_job j WHERE j.id = b.matter AND j.to_leaf IS NULL AND j.state IN ('withdrawn', 'cancelled', 'left'))"
    " ORDER BY b.first, b.id LIMIT ?5";

bool slot_list(struct sql *sql, int64_t capability, int64_t first, int64_t last, struct arena *arena, struct slot *list, size_t most,
               size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, held_text,
                  SQL_ARGS(sql_int(capability), sql_int(first), sql_int(last), sql_int(last + SLOT_HOURS_MOST), sql_int((int64_t)most)),
                  &rows, err))
        return false;
    while (*count < most && sql_next(&rows))
        list[(*count)++] = (struct slot){
            .booking = sql_number(&rows, 0), .matter = sql_number(&rows, 1), .first = sql_number(&rows, 2), .last = sql_number(&rows, 3),
            .stations = sql_number(&rows, 4), .what = arena_copy(arena, sql_slice(&rows, 5))};
    return sql_done(&rows, err);
}

static int64_t held_at(const struct slot *list, size_t count, int64_t hour)
{
    int64_t held = 0;

    for (size_t i = 0; i < count; i++)
        if (list[i].first <= hour && hour < list[i].last)
            held += list[i].stations;
    return held;
}

/* It rises only where a booking begins. */
int64_t slot_peak(const struct slot *list, size_t count, int64_t first, int64_t last)
{
    int64_t most = held_at(list, count, first);

    for (size_t i = 0; i < count; i++)
        if (list[i].first > first && list[i].first < last) {
            int64_t held = held_at(list, count, list[i].first);

            most = held > most ? held : most;
        }
    return most;
}

/* --- hours --- */

static bool open_on(const struct record *capability, const struct calendar *calendar, int32_t day)
{
    return matter_number(capability, CAPABILITY_WEEKENDS) || calendar_works(calendar, day);
}

int64_t slot_open_hours(const struct record *capability, const struct calendar *calendar, int32_t from, int32_t until)
{
    int64_t days = 0;

    for (int32_t day = from; day <= until; day++)
        days += open_on(capability, calendar, day);
    return days * (matter_number(capability, CAPABILITY_CLOSES) - matter_number(capability, CAPABILITY_OPENS))
           * matter_number(capability, CAPABILITY_STATIONS);
}

int64_t slot_used_hours(const struct record *capability, const struct calendar *calendar, const struct slot *slot, int32_t from, int32_t until)
{
    int64_t hours = 0, opens = matter_number(capability, CAPABILITY_OPENS), closes = matter_number(capability, CAPABILITY_CLOSES);
    int32_t begin = (int32_t)(slot->first / 24), end = (int32_t)((slot->last - 1) / 24);

    for (int32_t day = begin > from ? begin : from; day <= end && day <= until; day++) {
        int64_t first = slot_hour(day, opens), last = slot_hour(day, closes);

        first = slot->first > first ? slot->first : first;
        last = slot->last < last ? slot->last : last;
        if (last > first && open_on(capability, calendar, day))
            hours += last - first;
    }
    return hours * slot->stations;
}

bool slot_hours_read(struct sql *sql, const struct record *capability, const struct calendar *calendar, int32_t from, int32_t until,
                     struct slot_hours *hours, struct err *err)
{
    int64_t first = slot_hour(from, 0), last = slot_hour(until + 1, 0);
    struct sql_rows rows;

    *hours = (struct slot_hours){0};
    if (!sql_rows(sql, held_text,
                  SQL_ARGS(sql_int(capability->id), sql_int(first), sql_int(last), sql_int(last + SLOT_HOURS_MOST), sql_int(INT64_MAX)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        struct slot slot = {.first = sql_number(&rows, 2), .last = sql_number(&rows, 3), .stations = sql_number(&rows, 4)};

        *(sql_number(&rows, 1) == capability->id ? &hours->maintained : &hours->used) += slot_used_hours(capability, calendar, &slot, from, until);
    }
    return sql_done(&rows, err);
}

bool slot_shown(const struct kind *kind, size_t field)
{
    return kind != &kind_booking || (field != BOOKING_FIRST && field != BOOKING_LAST);
}

/* --- taking one --- */

struct span {
    int32_t day, until_day;
    int64_t first, last, stations;
};

static bool span_read(const struct matter_draft *draft, struct span *span, struct err *err)
{
    const struct record *entry = &draft->entry;

    span->day = matter_day(entry, BOOKING_ON);
    span->until_day = matter_known(entry, BOOKING_UNTIL_ON) ? matter_day(entry, BOOKING_UNTIL_ON) : span->day;
    span->first = slot_hour(span->day, matter_number(entry, BOOKING_FROM));
    span->last = slot_hour(span->until_day, matter_number(entry, BOOKING_UNTIL));
    if (span->last <= span->first)
        return MATTER_WRONG(err, &kind_booking, BOOKING_UNTIL, "结束要晚于开始");
    if (span->last - span->first > SLOT_HOURS_MOST)
        return MATTER_WRONG(err, &kind_booking, BOOKING_UNTIL_ON, "一次排期最长 %d 天，更长的分几次排", SLOT_HOURS_MOST / 24);
    return span->day >= draft->today || MATTER_WRONG(err, &kind_booking, BOOKING_ON, "排期要从今天或以后开始");
}

/* A run of several days goes on through the nights; it begins and ends while the platform is open. */
static bool span_open(const struct matter_draft *draft, const struct record *capability, const struct span *span, struct err *err)
{
    const struct calendar *calendar = draft->order->law->calendar;
    int64_t opens = matter_number(capability, CAPABILITY_OPENS), closes = matter_number(capability, CAPABILITY_CLOSES);

    if (matter_number(&draft->entry, BOOKING_FROM) < opens || matter_number(&draft->entry, BOOKING_FROM) >= closes)
        return MATTER_WRONG(err, &kind_booking, BOOKING_FROM, "每日 %lld 时到 %lld 时开机", (long long)opens, (long long)closes);
    if (matter_number(&draft->entry, BOOKING_UNTIL) <= opens || matter_number(&draft->entry, BOOKING_UNTIL) > closes)
        return MATTER_WRONG(err, &kind_booking, BOOKING_UNTIL, "每日 %lld 时到 %lld 时开机", (long long)opens, (long long)closes);
    if (!open_on(capability, calendar, span->day))
        return MATTER_WRONG(err, &kind_booking, BOOKING_ON, "这一天是休息日，该能力不开");
    return open_on(capability, calendar, span->until_day) || MATTER_WRONG(err, &kind_booking, BOOKING_UNTIL_ON, "这一天是休息日，该能力不开");
}

/* The first later day on which the same hours are free; 0: none within two months. */
static bool next_free(struct matter_draft *draft, const struct record *capability, const struct span *span, int32_t *day, struct err *err)
{
    struct slot *list = arena_alloc(draft->arena, SLOTS_MOST * sizeof *list);
    int32_t days = span->until_day - span->day;
    size_t count;

    *day = 0;
    if (!slot_list(draft->sql, capability->id, span->first, span->last + SLOT_HOURS_MOST, draft->arena, list, SLOTS_MOST, &count, err))
        return false;
    for (int32_t later = 1; later <= SLOT_HOURS_MOST / 24 && count < SLOTS_MOST && !*day; later++) {
        int64_t first = span->first + later * 24, last = span->last + later * 24;

        if (open_on(capability, draft->order->law->calendar, span->day + later)
            && open_on(capability, draft->order->law->calendar, span->day + later + days)
            && slot_peak(list, count, first, last) + span->stations <= matter_number(capability, CAPABILITY_STATIONS))
            *day = span->day + later;
    }
    return true;
}

static bool no_room(struct matter_draft *draft, const struct record *capability, const struct span *span, int64_t free, struct err *err)
{
    char text[CLOCK_TEXT];
    int32_t day;

    if (!next_free(draft, capability, span, &day, err))
        return false;
    err_set(err, ERR_CONFLICT, "这一时段还剩 %lld 个工位，要 %lld 个", (long long)(free > 0 ? free : 0), (long long)span->stations);
    err_field(err, kind_booking.fields[BOOKING_ON].name);
    return day ? err_hint(err, "同样的时段，%s 有空", day_show(day, text)) : err_hint(err, "换一个时段，或者看排期表");
}

static bool span_free(struct matter_draft *draft, const struct record *capability, const struct span *span, struct err *err)
{
    struct slot *list = arena_alloc(draft->arena, SLOTS_MOST * sizeof *list);
    int64_t all = matter_number(capability, CAPABILITY_STATIONS), held;
    size_t count;

    if (!slot_list(draft->sql, capability->id, span->first, span->last, draft->arena, list, SLOTS_MOST, &count, err))
        return false;
    if (count == SLOTS_MOST)
        return MATTER_WRONG(err, &kind_booking, BOOKING_UNTIL_ON, "这一段里的排期太多，请分几次排");
    held = slot_peak(list, count, span->first, span->last);
#ifndef TQ_TEETH_SLOT_FREE
    if (held + span->stations > all)
        return no_room(draft, capability, span, all - held, err);
#else
    (void)held, (void)all, (void)no_room;
#endif
    return true;
}

bool slot_take(struct matter_draft *draft, const struct record *capability, bool maintenance, struct err *err)
{
    int64_t all = matter_number(capability, CAPABILITY_STATIONS);
    struct record *entry = &draft->entry;
    struct span span;

    if (!span_read(draft, &span, err) || !span_open(draft, capability, &span, err))
        return false;
    span.stations = matter_known(entry, BOOKING_STATIONS) ? matter_number(entry, BOOKING_STATIONS) : maintenance ? all : 1;
    if (span.stations > all)
        return MATTER_WRONG(err, &kind_booking, BOOKING_STATIONS, "该能力一共 %lld 个工位", (long long)all);
    if (!span_free(draft, capability, &span, err))
        return false;
    matter_set_number(entry, BOOKING_CAPABILITY, capability->id);
    matter_set_number(entry, BOOKING_FIRST, span.first);
    matter_set_number(entry, BOOKING_LAST, span.last);
    matter_set_number(entry, BOOKING_STATIONS, span.stations);
    return true;
}
