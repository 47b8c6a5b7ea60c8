/*
 * What somebody was told, newest first (work/inbox.h).
 * Document: {"inbox": {lines: [{id, leaf, text, title, href, at, read}], unread, newest, next}}; newest: the leaf up to which "all
 * are read" goes, or null; title: null where he no longer sees what it is about.
 */
#include "work/inbox.h"

#include "base/json.h"
#include "web/handlers.h"

enum { INBOX_PAGE = 40 };

static json_t *line_json(struct request *request, const struct message *message, struct err *err)
{
    json_t *line;
    char id[MESSAGE_ID];
    struct slice title;

    if (!message_title(request->sql, &request->actor, message, request->arena, &title, err))
        return NULL;
    line = json_object();
    json_put(line, "id", slice_of(message_id(message, id)));
    json_object_set_new_nocheck(line, "leaf", json_integer((json_int_t)message->leaf));
    json_put(line, "text", message_say(message, request->english, request->arena));
    if (title.len)
        json_put(line, "title", title);
    json_put(line, "href", slice_of(message_path(message, request->arena)));
    json_object_set_new_nocheck(line, "at", json_integer(message->made_ms));
    json_object_set_new_nocheck(line, "read", json_boolean(message->read));
    json_fill(line, "title");
    return line;
}

static bool inbox_fill(struct request *request, json_t *inbox, struct err *err)
{
    struct message list[INBOX_PAGE + 1];
    json_t *lines = json_array(), *line;
    int64_t unread;
    size_t count;

    json_object_set_new_nocheck(inbox, "lines", lines);
    if (!inbox_list(request->sql, request->actor.account, (uint64_t)request_number(request, "before", 0), request->arena, list, INBOX_PAGE + 1,
                    &count, err)
        || !inbox_unread(request->sql, request->actor.account, &unread, err))
        return false;
    for (size_t i = 0; i < count && i < INBOX_PAGE; i++) {
        line = line_json(request, &list[i], err);
        if (!line)
            return false;
        json_array_append_new(lines, line);
    }
    json_object_set_new_nocheck(inbox, "unread", json_integer(unread));
    if (count)
        json_object_set_new_nocheck(inbox, "newest", json_integer((json_int_t)list[0].leaf));
    if (count > INBOX_PAGE)
        json_put(inbox, "next", slice_of(arena_print(request->arena, "/inbox?before=%llu", (unsigned long long)list[INBOX_PAGE - 1].leaf)));
    json_fill(inbox, "newest next");
    return true;
}

bool inbox_page_get(struct request *request, struct err *err)
{
    json_t *document = json_object(), *inbox = json_object();

    json_object_set_new_nocheck(document, "inbox", inbox);
    if (inbox_fill(request, inbox, err))
        return request_page(request, "inbox", document);
    json_decref(document);
    return false;
}

static bool read_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    (void)arg;
    (void)err;
    return outcome == STORE_DONE && request_see(request, "/inbox");
}

/* leaf: the message; with do=all every one up to it. */
bool inbox_read_post(struct request *request, struct err *err)
{
    struct inbox_reading *reading = arena_zero(request->arena, 1, sizeof *reading);
    int64_t leaf = request_number(request, "leaf", 0);

    if (!request_members_fit(request, "leaf do", err))
        return false;
    if (leaf <= 0)
        return err_set(err, ERR_INVALID, "没有说是哪一条提醒") || err_hint(err, "leaf 写提醒的账本行号") || err_field(err, "leaf");
    *reading = (struct inbox_reading){.account = request->actor.account, .now_ms = request->now_ms, .leaf = (uint64_t)leaf,
                                      .all = slice_is(request_value(request, "do"), "all")};
    return request_write(request, "", inbox_read_step, reading, read_then, err);
}
