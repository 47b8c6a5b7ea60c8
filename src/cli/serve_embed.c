#include "cli/serve_embed.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/verb.h"

enum { KEY_MOST = 4096, MS_MOST = 600000, BATCH_MOST = 64 };

bool take_number(int *argc, char **argv, const char *name, unsigned most, unsigned *number, bool *missing, struct err *err)
{
    const char *text = option_take(argc, argv, name, missing);
    char *end = NULL;
    unsigned long value = text ? strtoul(text, &end, 10) : 0;

    *number = (unsigned)value;
    return !text || (*text >= '1' && *text <= '9' && !*end && value <= most)
           || err_set(err, ERR_INVALID, "%s 要写 1 到 %u 的整数", name, most) || err_hint(err, "不写就用默认的");
}

bool secret_line(const char *path, char **key, struct err *err)
{
    FILE *file = fopen(path, "re");
    char *line = calloc(1, KEY_MOST);

    if (!line)
        abort();
    *key = line;
    if (!file)
        return err_set(err, ERR_IO, "打不开密钥文件 %s：%s", path, strerror(errno));
    if (!fgets(line, KEY_MOST, file))
        line[0] = '\0';
    fclose(file);
    line[strcspn(line, "\r\n")] = '\0';
    return line[0] || err_set(err, ERR_INVALID, "密钥文件 %s 的第一行是空的", path);
}

static bool take_key(int *argc, char **argv, struct embed_wish *wish, bool *missing, struct err *err)
{
    const char *path = option_take(argc, argv, "--embed-key", missing), *given = getenv("TIEQIAO_EMBED_KEY");

    if (path && !secret_line(path, &wish->key, err))
        return false;
    wish->options.key = path ? wish->key : given;
    return true;
}

bool embed_take(int *argc, char **argv, struct embed_wish *wish, bool *missing, struct err *err)
{
    struct outside_options *options = &wish->options;
    bool others;

    options->url = option_take(argc, argv, "--embed", missing);
    options->model = option_take(argc, argv, "--embed-model", missing);
    options->questions = flag_take(argc, argv, "--embed-questions");
    if (!take_key(argc, argv, wish, missing, err)
        || !take_number(argc, argv, "--embed-timeout", MS_MOST, &options->timeout_ms, missing, err)
        || !take_number(argc, argv, "--embed-wait", MS_MOST, &options->question_ms, missing, err)
        || !take_number(argc, argv, "--embed-batch", BATCH_MOST, &options->batch, missing, err))
        return false;
    others = options->model || options->questions || wish->key || options->timeout_ms || options->question_ms || options->batch;
    if (*missing || (options->url ? options->model && *options->model : !others))
        return true;
    return err_set(err, ERR_INVALID, "--embed 和 --embed-model 要一起写") || err_hint(err, "前者是向量服务的地址，后者是模型的名字");
}

bool embed_start(struct city *city, const struct embed_wish *wish, struct err *err)
{
    return !wish->options.url || outside_start(city, &wish->options, err);
}

void embed_release(struct embed_wish *wish)
{
    free(wish->key);
}
