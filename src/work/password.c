#include "work/password.h"

#include <ctype.h>

#include "base/utf8.h"
#include "seal/seal.h"

static const int64_t day_ms = INT64_C(24) * 60 * 60 * 1000;
enum { DENGBAO_LEAST = 10, ASVS_LEAST = 12, DENGBAO_DAYS = 90, DISTINCT_LEAST = 5, FOLDED = PASSWORD_BYTES + 1 };

bool password_profile_by_name(struct slice name, enum password_profile *profile)
{
    if (!slice_is(name, "dengbao") && !slice_is(name, "asvs"))
        return false;
    *profile = slice_is(name, "asvs") ? PASSWORD_ASVS : PASSWORD_DENGBAO;
    return true;
}

bool password_expired(enum password_profile profile, int64_t made_ms, int64_t now_ms)
{
    return profile == PASSWORD_DENGBAO && now_ms - made_ms >= DENGBAO_DAYS * day_ms;
}

bool password_normal(struct slice typed, struct arena *arena, struct slice *out, struct err *err)
{
    if (typed.len > PASSWORD_BYTES || utf8_valid(typed) < typed.len || (typed.len && memchr(typed.at, '\0', typed.len)))
        return err_set(err, ERR_INVALID, "密码过长或含有无法识别的字符") || err_hint(err, "请换一个，最多 %d 个字符", PASSWORD_MOST);
    *out = utf8_nfkc(typed, arena);
    return true;
}

/* --- what everybody tries first --- */

/* Words that are no password by themselves, however decorated with digits, marks and look-alikes (p@ssw0rd!2026). */
static const char *const words[] = {
    "password", "passwd", "pass", "passphrase", "secret", "admin", "administrator", "root", "user", "guest", "test",
    "testing", "demo", "default", "changeme", "letmein", "welcome", "hello", "helloworld", "login", "master", "system",
    "manager", "oracle", "mysql", "postgres", "server", "windows", "linux", "computer", "internet", "network", "security",
    "qwerty", "qwertyuiop", "asdf", "asdfgh", "asdfghjkl", "zxcv", "zxcvbn", "zxcvbnm", "qwert", "qweasd", "qweasdzxc",
    "qaz", "qazwsx", "qazwsxedc", "wsx", "qwe", "asd", "zxc", "abc", "abcd", "abcdef", "abcdefg", "aaa", "xyz", "iloveyou",
    "sunshine", "princess", "dragon", "monkey", "football", "baseball", "superman", "batman", "shadow", "michael",
    "woaini", "woaiwo", "woaizuguo", "nihao", "mima", "wodemima", "guanliyuan", "yonghu", "denglu", "ceshi", "huanying",
    "zhongguo", "china", "beijing", "shanghai", "gansu", "lanzhou", "lanzhoushi", "gansusheng", "xibei", "huanghe",
    "zhongshanqiao", "tieqiao", "tieqiaoxitong", "ironbridge", "tq", "keji", "kejiju", "kejiting", "kejichengguo",
    "chengguo", "chengguozhuanhua", "zhuanhua", "xuqiu", "zhengfu", "zhengxie", "zhengce", "qiye", "gongsi", "gaoxiao",
    "daxue", "xueyuan", "yanjiusuo", "jinrong", "zhongjie", "jishu", "jishushichang", "jingliren", "lzu", "lzjtu", "lut",
    "nwnu", "lanzhoudaxue", "gaoxinqu", "xinqu", "technology", "transfer", "techtransfer", "innovation", "huawei",
    "alibaba", "tencent", "baidu", "taobao", "weixin", "wechat", "qq", "spring", "summer", "autumn", "winter", "january",
    "monday",
};

/* Letters only, look-alikes turned back, lower case. */
static size_t letters_of(struct slice text, char out[FOLDED])
{
    static const char alike[] = "@a4a0o1i!i3e$s5s7t";
    size_t n = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if (isalpha(c)) {
            out[n++] = (char)tolower(c);
            continue;
        }
        for (size_t a = 0; a + 1 < sizeof alike; a += 2)
            if ((char)c == alike[a])
                out[n++] = alike[a + 1];
    }
    out[n] = '\0';
    return n;
}

/* Without what is neither letter nor mark at either end: "lanzhou2026" and "2026lanzhou" are "lanzhou". */
static struct slice stripped(struct slice text)
{
    while (text.len && !isalpha((unsigned char)text.at[0]) && (signed char)text.at[0] >= 0) {
        text.at++;
        text.len--;
    }
    while (text.len && !isalpha((unsigned char)text.at[text.len - 1]) && (signed char)text.at[text.len - 1] >= 0)
        text.len--;
    return text;
}

static bool is_word(const char *text)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return false;
}

/* One or two listed words one after another (adminadmin, lanzhoukeji). */
static bool is_words(char *text, size_t len)
{
    for (size_t cut = 1; cut < len; cut++) {
        char kept = text[cut];
        bool first;

        text[cut] = '\0';
        first = is_word(text);
        text[cut] = kept;
        if (first && is_word(text + cut))
            return true;
    }
    return is_word(text);
}

static bool is_common(struct slice password)
{
    char letters[FOLDED];
    struct slice forms[] = {password, stripped(password)};

    for (size_t i = 0; i < password.len; i++)
        if ((signed char)password.at[i] < 0)
            return false;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (is_words(letters, letters_of(forms[i], letters)))
            return true;
    return false;
}

/* 1234567890, abcdefghijkl, aaaaaaaaaa, 1qaz2wsx3edc: more than half of the steps go to a neighbour or stay. */
static bool is_walk(struct slice password)
{
    static const char keyboard[] =
        "1234567890|qwertyuiop|asdfghjkl|zxcvbnm|1qaz|2wsx|3edc|4rfv|5tgb|6yhn|7ujm|abcdefghijklmnopqrstuvwxyz";
    size_t steps = 0;

    for (size_t i = 1; i < password.len; i++) {
        char pair[3] = {(char)tolower((unsigned char)password.at[i - 1]), (char)tolower((unsigned char)password.at[i]), 0};
        char back[3] = {pair[1], pair[0], 0};

        steps += pair[0] == pair[1] || strstr(keyboard, pair) || strstr(keyboard, back);
    }
    return steps * 2 > password.len - 1;
}

static size_t distinct(struct slice password)
{
    bool seen[256] = {0};
    size_t count = 0;

    for (size_t i = 0; i < password.len; i++)
        if (!seen[(unsigned char)password.at[i]]) {
            seen[(unsigned char)password.at[i]] = true;
            count++;
        }
    return count;
}

static bool holds_login(struct slice login, struct slice password)
{
    char folded[FOLDED];

    for (size_t i = 0; i < password.len; i++)
        folded[i] = (char)tolower((unsigned char)password.at[i]);
    return login.len && memmem(folded, password.len, login.at, login.len) != NULL;
}

static int classes(struct slice password)
{
    bool upper = false, lower = false, digit = false, other = false;

    for (size_t i = 0; i < password.len; i++) {
        unsigned char c = (unsigned char)password.at[i];

        if (c >= 'A' && c <= 'Z')
            upper = true;
        else if (c >= 'a' && c <= 'z')
            lower = true;
        else if (c >= '0' && c <= '9')
            digit = true;
        else
            other = true;
    }
    return upper + lower + digit + other;
}

static bool refuse(struct err *err, const char *message, const char *hint)
{
    err_set(err, ERR_INVALID, "%s", message);
    err_hint(err, "%s", hint);
    return err_field(err, "password");
}

static bool length_fits(size_t least, size_t count, struct err *err)
{
    if (count >= least && count <= PASSWORD_MOST)
        return true;
    err_set(err, ERR_INVALID, "密码有 %zu 个字符，需要 %zu 到 %d 个", count, least, PASSWORD_MOST);
    err_hint(err, "几个不相干的词连起来，既长又好记");
    return err_field(err, "password");
}

static bool normal_fits(enum password_profile profile, struct slice login, struct slice password, struct err *err)
{
    if (!length_fits(profile == PASSWORD_DENGBAO ? DENGBAO_LEAST : ASVS_LEAST, utf8_count(password), err))
        return false;
    if (profile == PASSWORD_DENGBAO && classes(password) < 3)
        return refuse(err, N_("密码的字符种类不够"), N_("大写字母、小写字母、数字、其他符号，至少用三种(等级保护要求)"));
    if (holds_login(login, password))
        return refuse(err, N_("密码里不能含有登录名"), N_("换一个与登录名无关的密码"));
    if (distinct(password) < DISTINCT_LEAST || is_walk(password))
        return refuse(err, N_("密码是重复或连续的字符，很容易被猜中"), N_("不要用 123456、abcdef、qwerty 这样的排列"));
#ifndef TQ_TEETH_PASSWORD_COMMON
    if (is_common(password))
        return refuse(err, N_("这个密码太常见，很容易被猜中"), N_("不要用单位、城市、系统的名称加年份；换几个不相干的词"));
#endif
    return true;
}

bool password_fits(enum password_profile profile, struct slice login, struct slice password, struct err *err)
{
    struct arena arena;
    struct slice normal;
    bool ok;

    arena_init(&arena);
    ok = password_normal(password, &arena, &normal, err) ? normal_fits(profile, login, normal, err)
                                                          : err_field(err, "password");
    arena_release(&arena);
    return ok;
}

/* --- first passwords --- */

void password_first(char out[PASSWORD_FIRST_TEXT])
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz", alphabet[] = "abcdefghjkmnpqrstuvwxyz23456789";
    struct err err;

    do {
        for (size_t i = 0; i < PASSWORD_FIRST_TEXT - 1; i++) {
            unsigned char byte;

            do
                seal_random(&byte, 1);
            while (byte >= 256 - 256 % (sizeof alphabet - 1));
            out[i] = i % 5 == 4 ? '-' : alphabet[byte % (sizeof alphabet - 1)];
        }
        out[PASSWORD_FIRST_TEXT - 1] = '\0';
    } while (!strchr(letters, out[0]) || !password_fits(PASSWORD_DENGBAO, SLICE(""), slice_of(out), &err));
}

/* --- login names --- */

static bool login_fits(struct slice text)
{
    if (text.len < 3 || text.len >= LOGIN_TEXT || !isalnum((unsigned char)text.at[0]))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-", text.at[i]) || !text.at[i])
            return false;
    return true;
}

bool login_normal(struct slice typed, char out[LOGIN_TEXT], struct err *err)
{
    struct slice text = slice_trim(typed);
    struct arena arena;
    bool fits;

    arena_init(&arena);
    if (text.len <= 4 * LOGIN_TEXT && utf8_valid(text) == text.len)
        text = utf8_nfkc(text, &arena);
    fits = login_fits(text);
    for (size_t i = 0; fits && i < text.len; i++)
        out[i] = (char)tolower((unsigned char)text.at[i]);
    out[fits ? text.len : 0] = '\0';
    arena_release(&arena);
    if (fits)
        return true;
    err_set(err, ERR_INVALID, "登录名不对");
    err_hint(err, "3 到 40 个字符：小写字母、数字、点、下划线、短横，以字母或数字开头");
    return err_field(err, "login");
}
