/* POST /account/reminders, /account/confirm, /account/calendar: how one is reminded (work/wish.h). */
#include "web/wish.h"

#include "base/json.h"
#include "web/flash.h"
#include "web/handlers.h"
#include "work/reminder.h"
#include "work/wish.h"

json_t *wishes_json(struct request *request, struct err *err)
{
    const struct reminder *reminder = request->web->city->reminder;
    json_t *out;
    struct wish wish;

    if (!wish_get(request->sql, request->actor.account, &wish, err))
        return NULL;
    out = json_object();
    json_object_set_new_nocheck(out, "hooks", json_boolean(reminder_hooks(reminder)));
    json_object_set_new_nocheck(out, "mails", json_boolean(reminder_mails(reminder)));
    json_object_set_new_nocheck(out, "hook", json_boolean(wish.hook));
    json_object_set_new_nocheck(out, "digest", json_boolean(wish.digest));
    json_object_set_new_nocheck(out, "english", json_boolean(wish.english));
    if (wish.address[0])
        json_put(out, "address", slice_of(wish.address));
    json_object_set_new_nocheck(out, "confirmed", json_boolean(wish.confirmed));
    json_object_set_new_nocheck(out, "any", json_boolean(reminder_hooks(reminder) || reminder_mails(reminder)));
    json_fill(out, "address");
    return out;
}

static struct slice feed_address(struct request *request, struct slice token)
{
    return slice_of(arena_print(request->arena, "%s/calendar/%.*s.ics", request_site(request), (int)token.len, token.at));
}

json_t *feed_json(struct request *request, struct slice token, struct err *err)
{
    int64_t since_ms;
    json_t *out;

    if (!feed_since(request->sql, request->actor.account, &since_ms, err))
        return NULL;
    out = json_object();
    if (token.len)
        json_put(out, "feed", feed_address(request, token));
    if (since_ms || token.len)
        json_object_set_new_nocheck(out, "since", json_integer(since_ms && !token.len ? since_ms : request->now_ms));
    json_fill(out, "feed since");
    return out;
}

/* --- what is wished --- */

static bool wished(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    const struct wish_saving *saving = arg;

    (void)err;
    if (outcome != STORE_DONE)
        return false;
    flash_set(request, saving->address[0] ? FLASH_WISHED_MAIL : FLASH_WISHED);
    return request_see(request, "/account#reminders");
}

bool wishes_post(struct request *request, struct err *err)
{
    struct wish_saving *saving = arena_zero(request->arena, 1, sizeof *saving);
    struct slice address = request_value(request, "address");

    *saving = (struct wish_saving){.account = request->actor.account, .now_ms = request->now_ms,
                                   .hook = slice_is(request_value(request, "hook"), "1"),
                                   .digest = slice_is(request_value(request, "digest"), "1"),
                                   .english = slice_is(request_value(request, "words"), "en")};
    if (!wish_prepare(saving, address, err)) {
        flash_set(request, FLASH_ADDRESS_WRONG);
        return request_see(request, "/account#reminders");
    }
    return request_write(request, "", wish_save_step, saving, wished, err);
}

static bool confirmed(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    const struct wish_confirming *confirming = arg;

    (void)err;
    if (outcome != STORE_DONE)
        return false;
    flash_set(request, confirming->confirmed ? FLASH_ADDRESS_CONFIRMED : FLASH_CODE_WRONG);
    return request_see(request, "/account#reminders");
}

bool wish_confirm_post(struct request *request, struct err *err)
{
    struct wish_confirming *confirming = arena_zero(request->arena, 1, sizeof *confirming);

    *confirming = (struct wish_confirming){.account = request->actor.account, .typed = request_value(request, "code")};
    return request_write(request, "", wish_confirm_step, confirming, confirmed, err);
}

/* --- the calendar --- */

struct feed_order {
    struct feed_making making;
    json_t *page; /* made beforehand: the snapshot is gone when the answer comes */
};

static bool feed_made(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    struct feed_order *order = arg;

    (void)err;
    if (outcome == STORE_DONE)
        return request_page(request, "account", order->page);
    json_decref(order->page);
    return false;
}

static bool feed_ended(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    (void)arg;
    (void)err;
    if (outcome != STORE_DONE)
        return false;
    flash_set(request, FLASH_FEED_ENDED);
    return request_see(request, "/account#calendar");
}

bool feed_post(struct request *request, struct err *err)
{
    struct feed_order *order = arena_zero(request->arena, 1, sizeof *order);

    order->making = (struct feed_making){.account = request->actor.account, .now_ms = request->now_ms, .english = request->english};
    if (slice_is(request_value(request, "do"), "end"))
        return request_write(request, "", feed_end_step, &order->making.account, feed_ended, err);
    feed_prepare(&order->making);
    order->page = own_account_document(request, SLICE(""), slice_of(order->making.token));
    if (request_write(request, "", feed_make_step, order, feed_made, err))
        return true;
    json_decref(order->page); /* it was not taken: nobody calls feed_made */
    return false;
}
