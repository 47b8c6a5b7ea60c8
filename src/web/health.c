/* For those who watch over the machine: /healthz, the process is alive; /readyz, it can write. */
#include "base/json.h"
#include "web/handlers.h"

bool healthz_get(struct request *request, struct err *err)
{
    json_t *document = json_object();

    (void)err;
    json_put(document, "status", SLICE("alive"));
    request->api = true;
    return request_page(request, NULL, document);
}

/* How many leaves the index and the lists of who fits have still to read. */
static void behind_add(struct city *city, json_t *document)
{
    uint64_t size, indexed, fitted;

    if (!city_progress(city, &size, &indexed, &fitted))
        return;
    json_object_set_new_nocheck(document, "leaves", json_integer((json_int_t)size));
    json_object_set_new_nocheck(document, "index_behind", json_integer(indexed < size ? (json_int_t)(size - indexed) : 0));
    json_object_set_new_nocheck(document, "fit_behind", json_integer(fitted < size ? (json_int_t)(size - fitted) : 0));
}

bool readyz_get(struct request *request, struct err *err)
{
    struct store_state state = store_state(request->web->city->store);
    json_t *document = json_object();

    (void)err;
    json_put(document, "status",
             state.writable ? SLICE("ready") : state.connected ? SLICE("read-only") : SLICE("no-database"));
    json_object_set_new_nocheck(document, "queued", json_integer((json_int_t)state.queued));
    json_object_set_new_nocheck(document, "oldest_us", json_integer(state.oldest_us));
    if (state.connected)
        behind_add(request->web->city, document);
    request->api = true;
    request->status = state.writable ? 200 : 503;
    return request_page(request, NULL, document);
}
