#include "web/open_data.h"

#include "web/say.h"

struct slice open_licence(const struct request *request)
{
    const char *licence = request->web->open.licence;

    return licence ? slice_of(licence)
                   : say(request, N_("这里只有向所有人公开的栏目。使用时请注明来源和取用日期；内容的权利归发布单位，转作他用请先问发布单位。"));
}
