#include "cli/serve_remind.h"

#include <stdlib.h>
#include <string.h>

#include "cli/serve_embed.h"
#include "cli/verb.h"

enum { RETRY_MOST_S = 3600 };

static bool take_file(int *argc, char **argv, const char *name, char **line, bool *missing, struct err *err)
{
    const char *path = option_take(argc, argv, name, missing);

    return !path || secret_line(path, line, err);
}

static bool take_retry(int *argc, char **argv, struct reminder_options *options, bool *missing, struct err *err)
{
    unsigned seconds;

    if (!take_number(argc, argv, "--notify-retry", RETRY_MOST_S, &seconds, missing, err))
        return false;
    options->retry_ms = (int64_t)seconds * 1000;
    return true;
}

/* What belongs together is written together. */
static bool pairs_fit(const struct remind_wish *wish, struct err *err)
{
    const struct reminder_options *options = &wish->options;

    if (!options->hook_url != !wish->secret)
        return err_set(err, ERR_INVALID, "--notify-url 和 --notify-secret-file 要一起写");
    if (!options->smtp_url && (options->smtp_from || options->smtp_user || wish->password))
        return err_set(err, ERR_INVALID, "--smtp-from、--smtp-user、--smtp-password-file 要和 --smtp-url 一起写");
    if (!options->smtp_user != !wish->password)
        return err_set(err, ERR_INVALID, "--smtp-user 和 --smtp-password-file 要一起写");
    if ((options->hook_url || options->smtp_url) && !options->site)
        return err_set(err, ERR_INVALID, "送出提醒要写 --site") || err_hint(err, "本站对外的网址，提醒里的链接由它开头");
    return true;
}

/* "https://a.example/" and "https://a.example" are one. */
static char *without_end(const char *site)
{
    size_t len = site ? strlen(site) : 0;

    while (len && site[len - 1] == '/')
        len--;
    return site ? strndup(site, len) : NULL;
}

bool remind_take(int *argc, char **argv, struct remind_wish *wish, bool *missing, struct err *err)
{
    struct reminder_options *options = &wish->options;

    options->site = wish->site = without_end(option_take(argc, argv, "--site", missing));
    options->hook_url = option_take(argc, argv, "--notify-url", missing);
    options->smtp_url = option_take(argc, argv, "--smtp-url", missing);
    options->smtp_user = option_take(argc, argv, "--smtp-user", missing);
    options->smtp_from = option_take(argc, argv, "--smtp-from", missing);
    if (!take_file(argc, argv, "--notify-secret-file", &wish->secret, missing, err)
        || !take_file(argc, argv, "--smtp-password-file", &wish->password, missing, err)
        || !take_retry(argc, argv, options, missing, err))
        return false;
    options->hook_secret = slice_of(wish->secret ? wish->secret : "");
    options->smtp_password = wish->password;
    return *missing || pairs_fit(wish, err);
}

bool remind_start(struct city *city, const struct remind_wish *wish, struct err *err)
{
    return reminder_start(city, &wish->options, err);
}

void remind_release(struct remind_wish *wish)
{
    free(wish->site);
    free(wish->secret);
    free(wish->password);
}
