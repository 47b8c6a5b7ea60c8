/*
 * The board of notices.
 * Document: {"notices": {lines: [{sort, name, unit, price, way, summary, related, channel, first, last, over, provisional, leaf}]}}
 */
#include "base/clock.h"
#include "base/json.h"
#include "base/money.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/notice_board.h"

static json_t *line_json(const struct request *request, const struct board_notice *entry)
{
    const struct value *values = entry->notice.values;
    json_t *line = json_object();
    char money[MONEY_TEXT];

    json_object_set_new_nocheck(line, "sort", code_label_json("notice_sort", values[NOTICE_SORT].text));
    json_object_set_new_nocheck(line, "way", code_label_json("way", values[NOTICE_WAY].text));
    json_put(line, "name", values[NOTICE_NAME].text);
    json_put(line, "unit", entry->unit);
    if (values[NOTICE_PRICE].known)
        json_put(line, "price", slice_of(request->english ? money_show_english(values[NOTICE_PRICE].number, money)
                                                          : money_show(values[NOTICE_PRICE].number, money)));
    json_put(line, "summary", values[NOTICE_SUMMARY].text);
    json_object_set_new_nocheck(line, "related", json_boolean(values[NOTICE_RELATED].known && values[NOTICE_RELATED].number));
    json_put(line, "channel", values[NOTICE_CHANNEL].text);
    json_put_day(line, "first", entry->first);
    json_put_day(line, "last", entry->last);
    json_object_set_new_nocheck(line, "over", json_boolean(entry->over));
    json_object_set_new_nocheck(line, "provisional", json_boolean(entry->provisional));
    json_object_set_new_nocheck(line, "leaf", json_integer(entry->notice.from_leaf));
    json_fill(line, "price");
    return line;
}

bool notices_get(struct request *request, struct err *err)
{
    struct board_notice *list = arena_alloc(request->arena, BOARD_MOST * sizeof *list);
    json_t *document, *notices, *lines;
    size_t count;

    if (!notice_board(request->sql, &request->web->city->law, &request->actor, day_of_ms(request->now_ms), request->arena, list,
                      &count, err))
        return false;
    document = json_object();
    notices = json_object();
    lines = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(lines, line_json(request, &list[i]));
    json_object_set_new_nocheck(notices, "lines", lines);
    json_object_set_new_nocheck(document, "notices", notices);
    return request_page(request, "notices", document);
}
