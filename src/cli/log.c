/* tieqiao log key: what others verify our checkpoints by. tieqiao log new: a log that begins anew, where the old one cannot go on. */
#include "base/clock.h"
#include "cli/verb.h"
#include "work/log_key.h"
#include "work/sealer.h"

static const char usage[] = "用法：tieqiao log key | new [名字]；tieqiao log --help 有说明";

static bool keys_print(const char *data, struct err *err)
{
    struct note_key key, twin;
    struct text text;
    struct err none;

    if (!log_key_read(data, NOTE_ED25519, &key, err))
        return false;
    text_init(&text);
    note_key_write(&key, &text);
    if (log_key_read(data, NOTE_SM2, &twin, &none)) {
        text_putc(&text, '\n');
        note_key_write(&twin, &text);
    }
    puts(text.at);
    text_release(&text);
    return true;
}

static bool forget_step(struct sql *sql, void *arg, struct err *err)
{
    (void)arg;
    return sealed_forget(sql, err);
}

/* Nobody may serve meanwhile: who opens a city alone is told so. */
static bool begin_anew(const struct where *where, const char *name, struct err *err)
{
    struct city *city;
    bool ok;

    if (!verb_open(where, VERB_ALONE, &city, err))
        return false;
    ok = log_keys_replace(city->data, slice_of(name), clock_ms(), err)
         && store_write(city->store, "", forget_step, NULL, err) == STORE_DONE;
    city_close(city);
    if (ok)
        fputs("账本换了名字，从头签起；原来的钥匙移到了 keys/replaced-…。新的公钥：\n", stderr);
    return ok && keys_print(where->data, err);
}

int verb_log(int argc, char **argv, const struct where *where)
{
    bool key = argc == 2 && strcmp(argv[1], "key") == 0;
    struct err err;

    if (!key && !((argc == 2 || argc == 3) && strcmp(argv[1], "new") == 0))
        return verb_usage(usage);
    if (!seal_start(&err))
        return verb_failed(&err);
    return (key ? keys_print(where->data, &err) : begin_anew(where, argc == 3 ? argv[2] : "", &err)) ? EXIT_DONE
                                                                                                     : verb_failed(&err);
}
