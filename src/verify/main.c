#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "verify/verify.h"

/* 0 all holds; 1 something does not; 2 the call's words are off; 3 something could not be read; 4 a pack agrees with itself alone. */
enum { HOLDS = 0, HOLDS_NOT = 1, MISUSED = 2, UNREAD = 3, UNTRUSTED = 4 };

static const struct {
    const char *name, *arguments, *help;
    verify_file *check;
    bool keyed, lines; /* lines: what it says is lines of its own, said also where something does not hold */
} checks[] = {
    {"checkpoint", "文件… --key 公钥 [--witness 公钥]…", "检查点是这个账本签的，这些见证人也签了", verify_checkpoint, true},
    {"proof", "文件… --key 公钥 [--leaf 文件 | --hash 十六进制] [--old 检查点]", "某一条在账本里；或新的检查点接着旧的", verify_proof, true},
    {"tiles", "文件夹… --key 公钥", "整个账本从头重算一遍，与它的检查点相符", verify_tiles, true},
    {"stamp", "检查点… --key 公钥 --reply 应答 --ca 证书", "外面的时间戳(RFC 3161)盖在这个检查点上", verify_stamp, true},
    {"fields", "文件.json…", "字段的值和盐就是条目记下的", verify_fields, false},
    {"pack", "证据包.zip… --key 公钥 [--witness 公钥]… [--ca 证书] [--show] [--english]", "证据包里的每一份、每一版都在账本里，一份不少；pack 可以不写", verify_pack, false, true},
};
enum { CHECKS = sizeof checks / sizeof *checks };

bool verify_read(const char *path, struct text *out, struct err *err)
{
    FILE *file = fopen(path, "re");
    size_t len = 1;

    if (!file)
        return err_set(err, ERR_IO, "打不开 %s：%s", path, strerrordesc_np(errno));
    while (len > 0 && out->len <= VERIFY_FILE) {
        len = fread(text_reserve(out, 65536), 1, 65536, file);
        out->len += len;
    }
    len = (size_t)ferror(file);
    fclose(file);
    if (len)
        return err_set(err, ERR_IO, "读不了 %s", path);
    return out->len <= VERIFY_FILE || err_set(err, ERR_TOO_LARGE, "%s 太大", path);
}

/* --- the words --- */

static int usage(void)
{
    fputs("用法：tieqiao-verify 检查什么 文件…\n\n", stderr);
    for (size_t i = 0; i < CHECKS; i++)
        fprintf(stderr, "  %-10s %-60s %s\n", checks[i].name, checks[i].arguments, checks[i].help);
    fputs("\n公钥写成 名字+八位十六进制+base64，或写有它的文件(服务的 /log/key)。什么也不下载，什么也不写。\n"
          "结果：0 都成立；1 有不成立的；2 用法不对；3 有读不了的；4 证据包前后一致，但没有给公钥，说明不了是谁做的。\n", stderr);
    return MISUSED;
}

/* A key, or the file whose line it stands in: the first of a log's two is the tree's of SHA-256. */
static bool key_take(const char *given, struct note_key *key, struct err *err)
{
    struct text text;
    struct slice rest, line;
    struct err why;
    bool ok;

    if (note_key_read(slice_of(given), key, err))
        return true;
    text_init(&text);
    ok = verify_read(given, &text, &why);
    rest = text_slice(&text);
    ok = ok && slice_cut(&rest, '\n', &line) && note_key_read(line, key, err);
    text_release(&text);
    return ok;
}

struct call {
    size_t check;
    struct wanted wanted;
    const char **files;
    size_t file_count;
};

static bool option_take(struct call *call, const char *name, const char *value, struct err *err)
{
    struct wanted *wanted = &call->wanted;

    if (strcmp(name, "--key") == 0)
        return wanted->has_key = key_take(value, &wanted->key, err);
    if (strcmp(name, "--witness") == 0 && wanted->witness_count < VERIFY_KEYS)
        return key_take(value, &wanted->witnesses[wanted->witness_count++], err);
    if (strcmp(name, "--leaf") == 0)
        wanted->leaf = value;
    else if (strcmp(name, "--hash") == 0)
        wanted->hash = value;
    else if (strcmp(name, "--old") == 0)
        wanted->old = value;
    else if (strcmp(name, "--ca") == 0)
        wanted->ca = value;
    else if (strcmp(name, "--reply") == 0)
        wanted->reply = value;
    else
        return err_set(err, ERR_INVALID, "没有选项 %.60s", name);
    return true;
}

static bool flag_take(struct wanted *wanted, const char *word)
{
    bool show = strcmp(word, "--show") == 0, english = strcmp(word, "--english") == 0;

    wanted->show = wanted->show || show;
    wanted->english = wanted->english || english;
    return show || english;
}

static bool words_take(struct call *call, int first, int argc, char **argv, struct err *err)
{
    for (int i = first; i < argc; i++) {
        if (flag_take(&call->wanted, argv[i]))
            continue;
        if (strncmp(argv[i], "--", 2) != 0) {
            call->files[call->file_count++] = argv[i];
            continue;
        }
        if (i + 1 == argc)
            return err_set(err, ERR_INVALID, "选项 %.60s 后面要有值", argv[i]);
        if (!option_take(call, argv[i], argv[i + 1], err))
            return false;
        i++;
    }
    if (call->file_count == 0)
        return err_set(err, ERR_INVALID, "没有说要核对哪个文件");
    return call->wanted.has_key || !checks[call->check].keyed
        || err_set(err, ERR_INVALID, "要用 --key 说明账本的公钥：从账本的主人公布的地方抄来，不要取自要核对的文件");
}

/* --- one file after another --- */

static int status_of(const struct err *err)
{
    if (err->code == ERR_DENIED)
        return UNTRUSTED;
    return err->code == ERR_MISSING || err->code == ERR_CORRUPT ? HOLDS_NOT : UNREAD;
}

static int check_one(const struct call *call, const char *path)
{
    bool lines = checks[call->check].lines;
    struct text said;
    struct err err;
    const char *colon = call->wanted.english ? ": " : "：";
    int status = HOLDS;

    text_init(&said);
    if (!checks[call->check].check(&call->wanted, path, &said, &err))
        status = status_of(&err);
    if (lines && said.len)
        fputs(said.at, stdout);
    if (status != HOLDS)
        printf("%s %s%s%s\n", status == UNTRUSTED ? "?" : "✗", path, colon, verify_why(&call->wanted, &err));
    else
        printf("✓ %s%s%s\n", path, colon, !lines ? said.at : call->wanted.english ? "all of it holds" : "都成立");
    text_release(&said);
    return status;
}

/* One that does not hold weighs more than one of which nobody knows whose it is. */
static int worse_of(int a, int b)
{
    static const int weight[] = {[HOLDS] = 0, [UNTRUSTED] = 1, [HOLDS_NOT] = 2, [UNREAD] = 3};

    return weight[a] >= weight[b] ? a : b;
}

static int run(struct call *call, int first, int argc, char **argv)
{
    int worst = HOLDS;
    struct err err;

    if (!seal_start(&err) || !words_take(call, first, argc, argv, &err)) {
        fprintf(stderr, "✗ %s\n", err.message);
        return MISUSED;
    }
    for (size_t i = 0; i < call->file_count; i++)
        worst = worse_of(check_one(call, call->files[i]), worst);
    return worst;
}

static size_t check_named(const char *name)
{
    size_t i = 0;

    while (i < CHECKS && strcmp(checks[i].name, name) != 0)
        i++;
    return i;
}

/* tieqiao-verify pack.zip: for who was given a pack and nothing else. */
static bool is_zip(const char *word)
{
    size_t len = strlen(word);

    return len > 4 && strcasecmp(word + len - 4, ".zip") == 0;
}

int main(int argc, char **argv)
{
    struct call call = {.check = argc > 1 ? check_named(argv[1]) : CHECKS};
    int first = 2, status;

    if (argc > 1 && call.check == CHECKS && is_zip(argv[1])) {
        call.check = check_named("pack");
        first = 1;
    }
    if (call.check == CHECKS)
        return usage();
    call.files = calloc((size_t)argc, sizeof *call.files);
    if (!call.files)
        return UNREAD;
    status = run(&call, first, argc, argv);
    free(call.files);
    return status;
}
