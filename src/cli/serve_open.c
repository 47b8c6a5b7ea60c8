#include "cli/serve_open.h"

#include "base/utf8.h"
#include "cli/verb.h"
#include "post/post.h"
#include "web/open_data.h"

enum { LICENCE_MOST = 300 };

static bool name_fits(const char *name, struct err *err)
{
    if (!name || oai_name_fits(slice_of(name)))
        return true;
    err_set(err, ERR_INVALID, "--oai-name 要写一个域名");
    return err_hint(err, "至少两段，每段以字母开头，如 jishu.example.gov.cn；登记以后不要再改");
}

static bool mail_fits(const char *mail, struct err *err)
{
    if (!mail || post_mail_address(slice_of(mail)))
        return true;
    err_set(err, ERR_INVALID, "--oai-mail 要写一个邮箱地址");
    return err_hint(err, "收割的机构有问题时写信给它，如 jishu@example.gov.cn");
}

static bool licence_fits(const char *licence, struct err *err)
{
    if (!licence)
        return true;
    if (!utf8_check(slice_of(licence), true, err) || utf8_count(slice_of(licence)) > LICENCE_MOST || !*licence) {
        err_set(err, ERR_INVALID, "--data-licence 要写一行文字，最多 %d 字", LICENCE_MOST);
        return err_hint(err, "如：CC BY 4.0，请注明来源");
    }
    return true;
}

bool open_take(int *argc, char **argv, struct open_terms *terms, bool *missing, struct err *err)
{
    terms->name = option_take(argc, argv, "--oai-name", missing);
    terms->mail = option_take(argc, argv, "--oai-mail", missing);
    terms->licence = option_take(argc, argv, "--data-licence", missing);
    return *missing || (name_fits(terms->name, err) && mail_fits(terms->mail, err) && licence_fits(terms->licence, err));
}

void open_mail(struct open_terms *terms, const char *smtp_from)
{
    if (!terms->mail)
        terms->mail = smtp_from;
}
