#include "web/flash.h"

#include "base/json.h"
#include "web/say.h"

static const struct {
    const char *word, *tone, *text;
} flashes[FLASH_COUNT] = {
    [FLASH_MADE] = {"made", "good", N_("已发布。以后每次修改都会留下一版。")},
    [FLASH_CHANGED] = {"changed", "good", N_("修改已保存。")},
    [FLASH_SAME] = {"same", "note", N_("没有改动，仍是原来的一版。")},
    [FLASH_CLOSED] = {"closed", "good", N_("已关闭，不再出现在列表和应答里；随时可以重新开放。")},
    [FLASH_REOPENED] = {"reopened", "good", N_("已重新开放。")},
    [FLASH_NDA_GIVEN] = {"nda_given", "good", N_("已授权，对方单位现在能看保密内容。")},
    [FLASH_NDA_ENDED] = {"nda_ended", "good", N_("已收回授权，对方单位不再能看保密内容。")},
    [FLASH_DRAFT_SAVED] = {"draft_saved", "good", N_("草稿已保存，还没有发布。")},
    [FLASH_DRAFT_DELETED] = {"draft_deleted", "good", N_("草稿已丢弃。")},
    [FLASH_PASSWORD] = {"password", "good", N_("密码已换，这个账号在别处的登录都已退出。")},
    [FLASH_SESSION_ENDED] = {"session_ended", "good", N_("那一处登录已退出。")},
    [FLASH_SIGNED_OUT] = {"signed_out", "good", N_("已退出登录。")},
    [FLASH_IMPORT_DROPPED] = {"import_dropped", "good", N_("这个文件不导入了，没有写入任何内容。")},
    [FLASH_IMPORT_SETTLED] = {"import_settled", "good", N_("这些行不再提醒。")},
    [FLASH_DISABLED] = {"disabled", "good", N_("账号已停用，它的登录都已退出。")},
    [FLASH_ENABLED] = {"enabled", "good", N_("账号已启用。")},
    [FLASH_ROLE_GIVEN] = {"role_given", "good", N_("角色已授予，再登录时生效。")},
    [FLASH_ROLE_TAKEN] = {"role_taken", "good", N_("角色已收回，它的登录都已退出。")},
    [FLASH_SAID] = {"said", "good", N_("反馈已记下，可以随时更正；每次都留在历史里。")},
    [FLASH_SAID_NO] = {"said_no", "good", N_("已记下不合适的理由，这一条收到本栏末尾的“已看过”里。")},
    [FLASH_SAID_BACK] = {"said_back", "good", N_("已收回，这一条算还没有反馈。")},
    [FLASH_SAID_SAME] = {"said_same", "note", N_("与已经记下的相同，没有再记。")},
    [FLASH_PAST] = {"past", "good", N_("已补录。没有的材料写作“未见材料”；到账和奖酬按合同编号用批量导入。")},
    [FLASH_DEAL] = {"deal", "good", N_("已发起转化。按桥上亮着的一步往下办，随时可以停下再来。")},
    [FLASH_RESULTS] = {"results", "good", N_("登记结果已填回，每份都记入卷宗和账本。")},
    [FLASH_PATENTS] = {"patents", "good", N_("专利状态已导入，每件都记入账本。")},
    [FLASH_DECISIONS] = {"decisions", "good", N_("决定已记下，企业看得到。")},
    [FLASH_WISHED] = {"wished", "good", N_("已按您的选择提醒；收件箱里总是有的。")},
    [FLASH_WISHED_MAIL] = {"wished_mail", "good", N_("已记下。换了新的邮箱地址时，验证码已经寄去，填进来以后才往那里寄提醒。")},
    [FLASH_ADDRESS_WRONG] = {"address_wrong", "bad", N_("邮箱地址不对，没有改动：写成 name@example.cn，只能用字母、数字和 . _ + -。")},
    [FLASH_ADDRESS_CONFIRMED] = {"confirmed", "good", N_("邮箱地址已确认，以后的提醒也寄到那里。")},
    [FLASH_CODE_WRONG] = {"code_wrong", "bad", N_("验证码不对，或者试的次数太多：再保存一次邮箱地址，会另寄一个。")},
    [FLASH_FEED_ENDED] = {"feed_ended", "good", N_("日历的地址已收回，从现在起打不开了。")},
    [FLASH_MATTER] = {"matter", "good", N_("已发起，对方在工作台和收件箱里看得到。")},
    [FLASH_FACT] = {"fact", "good", N_("已记下，各项政策和评价从现在起按它来算。")},
    [FLASH_FACT_CONFIRMED] = {"fact_confirmed", "good", N_("已核对，这份证照从现在起作数。")},
    [FLASH_FACT_BACK] = {"fact_back", "good", N_("已收回，这一项不再作数；历史里还看得到。")},
    [FLASH_NOTICES] = {"notices", "good", N_("已通知勾选的企业，每家的收件箱和工作台里都有。")},
    [FLASH_NOTICES_SOME] = {"notices_some", "note", N_("已通知；其中有的已经申请过，或者事实变了，没有再发。")},
    [FLASH_FACTS] = {"facts", "good", N_("已存为本单位自行填报的事实，别的自评、政策和产品都会用到。")},
    [FLASH_FACTS_SAME] = {"facts_same", "note", N_("与已经存下的相同，没有再存。")},
    [FLASH_STEP] = {"step", "good", N_("这一步已办，已记入卷宗和账本。")},
    [FLASH_ATTACHED] = {"attached", "good", N_("文件已附上，它的 SHA-256 已记入账本。")},
    [FLASH_DETACHED] = {"detached", "good", N_("附件已标为撤回，内容照样保留。")},
};

static void put(const struct request *request, const char *word, int seconds)
{
    http_reply_header(request->exchange, "Set-Cookie",
                      slice_of(arena_print(request->arena, "flash=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s", word,
                                           seconds, request->web->secure ? "; Secure" : "")));
}

void flash_set(struct request *request, enum flash flash)
{
    if (!request->api)
        put(request, flashes[flash].word, 60);
}

json_t *flash_take(const struct request *request)
{
    struct slice word = http_cookie(request->exchange, "flash");
    json_t *json = NULL;

    if (!word.len)
        return NULL;
    put(request, "", 0);
    for (size_t i = 0; i < FLASH_COUNT && !json; i++)
        if (slice_is(word, flashes[i].word)) {
            json = json_object();
            json_put(json, "tone", slice_of(flashes[i].tone));
            json_put(json, "text", say(request, flashes[i].text));
        }
    return json;
}
