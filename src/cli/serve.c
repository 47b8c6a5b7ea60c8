/* tieqiao serve: opens the city, serves it until SIGTERM or SIGINT, then finishes what is under way. */
#include <signal.h>
#include <unistd.h>

#include "base/log.h"
#include "cli/control.h"
#include "cli/serve_embed.h"
#include "cli/serve_log.h"
#include "cli/serve_open.h"
#include "cli/serve_remind.h"
#include "cli/verb.h"
#include "file/reader.h"
#include "web/serve.h"

struct serving {
    const char *port, *address, *proxy, *profile, *watchers;
    bool tls;
    struct rate_limit limits[RATE_CLASSES];
    struct embed_wish embed;
    struct log_wish log;
    struct remind_wish remind;
    struct open_terms open;
};

/* Behind a gateway the open net asks; else it is people of this machine, or who tries the thing out. */
static bool take_limits(int *argc, char **argv, struct serving *serving, bool *missing, struct err *err)
{
    const char *text;

    if (serving->proxy)
        rate_limits_usual(serving->limits);
    while ((text = option_take(argc, argv, "--rate", missing)))
        if (!rate_limits_read(slice_of(text), serving->limits, err))
            return false;
    return true;
}

/* ERR_NONE: the words are off. */
static bool take_options(int *argc, char **argv, struct serving *serving, struct err *err)
{
    bool missing = false;

    err_clear(err);
    *serving = (struct serving){0};
    serving->port = option_take(argc, argv, "--port", &missing);
    serving->address = option_take(argc, argv, "--address", &missing);
    serving->proxy = option_take(argc, argv, "--proxy", &missing);
    serving->profile = option_take(argc, argv, "--passwords", &missing);
    serving->watchers = option_take(argc, argv, "--watchers", &missing);
    serving->tls = flag_take(argc, argv, "--tls");
    return take_limits(argc, argv, serving, &missing, err) && open_take(argc, argv, &serving->open, &missing, err) && embed_take(argc, argv, &serving->embed, &missing, err)
           && log_take(argc, argv, &serving->log, &missing, err)
           && remind_take(argc, argv, &serving->remind, &missing, err) && !missing && *argc == 1;
}

/* Blocks the signals that end serving before any thread starts, so that only wait_for_end gets them. */
static void hold_signals(sigset_t *ending)
{
    sigemptyset(ending);
    sigaddset(ending, SIGTERM);
    sigaddset(ending, SIGINT);
    pthread_sigmask(SIG_BLOCK, ending, NULL);
}

static bool demo_loaded(struct city *city)
{
    struct sql *sql;
    struct err ignored;
    int64_t one;
    bool found = false;

    if (!store_read(city->store, &sql, &ignored))
        return false;
    sql_one(sql, "SELECT 1 FROM party WHERE name = '示例理工大学' AND to_leaf IS NULL", SQL_NO_ARGS, &one, &found, &ignored);
    store_read_end(city->store, sql);
    return found;
}

static int serve(struct city *city, const char *db, const struct serving *serving, sigset_t *ending)
{
    struct serve_options options = {.city = city, .address = serving->address, .trusted_proxy = serving->proxy,
                                    .port = serving->port ? (unsigned)strtoul(serving->port, NULL, 10) : 8080,
                                    .reader = reader_path(), .secure = serving->tls, .demo = demo_loaded(city),
                                    .profile = PASSWORD_ASVS, .open = serving->open, .limits = serving->limits,
                                    .watchers = serving->watchers ? (unsigned)strtoul(serving->watchers, NULL, 10) : 0};
    struct served *served;
    struct control *control;
    struct err err;
    char address[128];
    int signal_got;

    open_mail(&options.open, serving->remind.options.smtp_from);
    if (serving->profile)
        password_profile_by_name(slice_of(serving->profile), &options.profile);
    if (!serve_start(&options, &served, &err))
        return verb_failed(&err);
    snprintf(address, sizeof address, "http://%s:%u", serving->address ? serving->address : "127.0.0.1",
             serve_port(served));
    if (!control_start(city, db, address, &control, &err)) {
        serve_stop(served);
        return verb_failed(&err);
    }
    fprintf(stderr, "铁桥在 %s 服务，按 Ctrl-C 结束\n", address);
    sigwait(ending, &signal_got);
    log_info("ending on signal %d", signal_got);
    control_stop(control);
    serve_stop(served);
    return EXIT_DONE;
}

/* Before any thread. Without it each document starts the program anew, which takes three times as long and is no reason to stop. */
static void reader_stand_by(void)
{
    const char *program = reader_path();
    struct err err;

    if (program && !reader_helper(program, &err))
        log_warn("reader: no helper stands by: %s", err.message);
}

int verb_serve(int argc, char **argv, const struct where *where)
{
    struct serving serving;
    struct city *city;
    struct err err;
    sigset_t ending;
    int status;

    if (!take_options(&argc, argv, &serving, &err))
        return err.code != ERR_NONE ? verb_failed(&err)
                                    : verb_usage("用法：tieqiao serve [--port N] [--address A] [--proxy A] [--tls]"
                                                 " [--rate 类别=次数/时间] [--watchers N] [--passwords asvs|dengbao]"
                                                 " [--embed 地址 --embed-model 名字] [--sm3] [--log-name 名字] [--tsa 地址 [--tsa-ca 文件]]"
                                                 " [--site 网址 --notify-url 地址 --notify-secret-file 文件]"
                                                 " [--oai-name 域名 --oai-mail 邮箱 --data-licence 文字]；tieqiao serve --help 有说明");
    hold_signals(&ending);
    reader_stand_by();
    if (!verb_open(where, VERB_FOLLOW, &city, &err))
        return verb_failed(&err);
    status = embed_start(city, &serving.embed, &err) && log_start(city, &serving.log, &err)
                     && remind_start(city, &serving.remind, &err)
                 ? serve(city, where->db, &serving, &ending)
                 : verb_failed(&err);
    reminder_stop(city->reminder);
    log_stop(city, &serving.log);
    outside_stop(city->outside);
    city_close(city);
    embed_release(&serving.embed);
    remind_release(&serving.remind);
    return status;
}
