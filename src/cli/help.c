/* tieqiao VERB --help, in full. */
#include "cli/verb.h"

static const char account[] =
    "  list                               列出全部账号：账号、姓名、单位、角色、是否停用，用制表符分开\n"
    "  add 账号 --name 姓名 --role 角色[,角色] [--party 单位]\n"
    "                                     开一个账号，给出初始密码\n"
    "  load FILE.tsv [--example]          成批开账号：一行一个，四列为账号、姓名、单位、角色，可有第五列本人的人员记录，用制表符分开；# 开头的行不算。\n"
    "                                     各给一个初始密码，第一次登录要换；--example 给同一个、不必换的密码，供演示\n"
    "  password 账号                      给一个新的初始密码，原来的密码和登录都失效\n"
    "  disable 账号 | enable 账号         停用(登录随即结束)、启用\n"
    "  role add|remove 账号 角色[@范围]   授予、收回角色；范围是行政区划代码或单位全称\n"
    "\n"
    "初始密码记在数据目录的 first-sign-in.txt(仅所有者可读)，账号开好一个记一个。\n"
    "角色：member unit_admin researcher manager committee city_officer county_officer@区划 park_officer@区划或单位\n"
    "      registrar market cppcc_office leader secretary reader_finance reader_tax reader_assets reader_personnel\n"
    "      reader_discipline auditor system_admin security_admin audit_admin(含义见 docs/running.md 的“账号”)\n";

static const char match[] =
    "  文字            难题或成果；写 - 就从标准输入读\n"
    "  -k N            每栏最多几条，1 到 50(默认 5，只看一栏时 20)\n"
    "  --column 栏     只看一栏：achievement、need、people、place、scenario、finance、policy\n"
    "  --industry 代码 缩小到一个行业(GB/T 4754，如 C 或 344)\n"
    "  --region 代码   缩小到一个地区(行政区划代码，如 620102)\n"
    "  --trl N         成果的成熟度至少 N，1 到 9\n"
    "  --way 方式      转化方式，可以写几个；写错了会列出全部\n"
    "  --json          与 /api/v1/match 相同的文档\n"
    "\n"
    "  --all 类 栏     一类记录逐条对另一栏，各取最好的几条，一行一条(JSON Lines)：如 --all needs achievements\n"
    "                  -k N 各几条，1 到 100(默认 10)；--threads N(默认 2)；--out 文件：写进文件，中断后再运行会接着做，\n"
    "                  索引变了就从头做\n"
    "\n"
    "看到的与没有登录的访客相同：契合程度、亮起的相合之处(【】)、满足与否、为什么(各词所占的份额)、下一步和地址。\n";

static const char import[] =
    "  --kind 类别     文件名和表头看不出时指明：party、person、achievement、need、scenario、service、policy\n"
    "  --good          只导入没有错的行(默认：有错的行时一行也不导入)\n"
    "  --bad 文件.csv  把有错的地方全部写下来\n"
    "  --exists update|skip|error   已有的记录：更新(默认)、跳过、算错\n"
    "  --owner 单位    没有写单位的行算谁的\n"
    "  --make-parties --side 所属方 没有的单位随之新建\n"
    "  --map 列名=字段、--fill 字段=字段或@row      自己对列，可以写几个\n"
    "  --as 账号       以这个账号的权限导入\n"
    "\n"
    "详见 docs/importing.md。\n";

static const char serve[] =
    "  --port N        端口(默认 8080)；--address A 地址(默认 127.0.0.1)\n"
    "  --proxy A       相信这个地址的网关报来的访客地址；--tls 登录凭据只走 HTTPS\n"
    "  --passwords asvs|dengbao     密码规则\n"
    "  --rate 类别=次数/时间        一个来访者最多多密，如 sign-in=10/min、box=off；可以写几个，用逗号分开；off 全部不限\n"
    "                  类别：sign-in 登录和换密码(按地址)、box 框、file 传进和取出文件、write 写、read 读；时间：s、min、h\n"
    "                  有 --proxy 时默认 sign-in=30/min,file=60/min,box=600/min；没有 --proxy 时不限\n"
    "  --watchers N    同时收事项更新的最多几个(默认 1000，一个约 20 KiB)\n"
    "\n"
    "  --sm3               账本另建一棵 SM3 的树，检查点用 SM2 签(密评)；--log-name 名字  还没有钥匙时给账本取的名字\n"
    "  --tsa 地址          时间戳服务(RFC 3161)，隔一阵子给新的检查点盖外面的时间；发去的只是一个散列值\n"
    "  --tsa-ca 文件       信任的时间戳证书(PEM)，收到的当场核对；--tsa-every 分钟  隔多久一次(默认 60)\n"
    "\n"
    "  --site 网址          本站对外的网址，提醒和日历里的链接由它开头\n"
    "  --notify-url 地址    提醒送到这个网关(web hook，再转短信、企业微信、钉钉、政务通)；--notify-secret-file 文件  第一行是签名的密钥\n"
    "  --notify-retry 秒    没有送到时，第一次过多久再送(默认 60)，以后每次加倍\n"
    "  --smtp-url 地址      提醒用邮件送：smtp://主机:587 或 smtps://主机:465；--smtp-from 邮箱  发信人\n"
    "  --smtp-user 名字     登录邮件服务器；--smtp-password-file 文件  第一行是密码\n"
    "\n"
    "  --oai-name 域名      /oai 的标识符由它开头(默认 --site 的主机名)，登记以后不要再改；--oai-mail 邮箱  谁答复收割的机构(默认 --smtp-from)\n"
    "  --data-licence 文字  公开数据可以怎样用，一行，如“CC BY 4.0，请注明来源”\n"
    "\n"
    "  --embed 地址         向量服务(OpenAI 的 /embeddings 接口)，例如 https://api.example.com/v1：公开记录的文字发给它，多一个信号\n"
    "  --embed-model 名字   用它的哪个模型(与 --embed 一起写)\n"
    "  --embed-key 文件     密钥，文件的第一行；不写时取环境变量 TIEQIAO_EMBED_KEY\n"
    "  --embed-questions    人们在框里写的也发给它(默认不发)\n"
    "  --embed-wait 毫秒    一次提问最多等它多久(默认 300)\n"
    "  --embed-timeout 毫秒、--embed-batch N   一批记录最多等多久(默认 30000)、一批几条(1 到 64，默认 32)\n"
    "\n"
    "数据目录(或 --db 的库)要先用 tieqiao init 建好。详见 docs/running.md。\n";

static const char init[] =
    "  建数据目录(或 --db 的库)和系统、安全、审计三个管理员，给出他们的初始密码；已经建好的不改动。\n"
    "  还有签账本检查点的钥匙，在数据目录的 keys 里；--log-name 给账本取名，写成不带 https:// 的网址，如 jishu.example.gov.cn/log。\n"
    "  别的动词遇到还没有建的，都只说明，不新建：写错了 --data 不会多出一个空的城市。\n";

static const char check[] = "  把账本、每条记录的每一版、账号与授权逐一重新计算并与账本核对，不改动任何内容；正在服务时也可以。\n";

static const char fsck[] =
    "  把账本的条目逐条重算，由它们重算树根，与签过的检查点(库里的、data/log 里的、钥匙旁的)、磁盘上的各块核对；不改动任何内容，\n"
    "  正在服务时也可以。check 也做这些，另外核对每条记录的每一版。\n";

static const char pack[] =
    "  项目编号      在项目页的地址里：/deals/编号\n"
    "  --files       连同附件\n"
    "  --as 账号     以这个账号的权限\n"
    "\n"
    "正在服务时也可以。里面有什么、怎样核对、证明了什么，见 docs/pack.md。\n";

static const char export[] =
    "  --where 字段=代码   只要这样的，可以写几个；--own 本单位的，关闭的也在内；--as 账号 以这个账号的权限\n"
    "\n"
    "  feedback 目录       取出反馈，写成判好的文件：corpus.jsonl、queries.jsonl、qrels.tsv(一行一条：哪一对、几级、哪一方、何时、\n"
    "                      进展、理由、账本第几条)、about.json(没有取的有多少、为什么)。不写单位和人的名称，不写说明。\n"
    "                      可以看，可以交给 tieqiao eval 和 learn --rating\n";

static const char eval[] =
    "  --corpus 文件.jsonl     文档，一行一个：_id、title、text\n"
    "  --queries 文件.jsonl    查询，一行一个：_id、text（有标题的写 title）\n"
    "  --qrels 文件.tsv        评判，第一行是表头，三列用制表符分开：查询、文档、分数（大于 0 算相关）\n"
    "  --only 文件             只算这些查询：一行一个 _id\n"
    "  --pool                  每个查询只排它被评判过的文档，先打乱次序\n"
    "  --words                 只按词排，不从这些文档学语义向量\n"
    "  --lexicon 文件          中英文词典，例如 words/cc_cedict/lexicon.tsv：中文的查询也找英文的文档，反过来也一样\n"
    "  -k N                    nDCG 和 MRR 看前几名，1 到 100（默认 10）\n"
    "  --rating                不看排序，看评级：分数写 1 无、2 弱、3 较强、4 强。报五折(随机、按查询)的平均差、混淆表、可信度，\n"
    "                          以及评判人自己之间差多少\n"
    "  --rating --feedback     在城市自己的反馈上量(也可以与文件并用)；要用 --data 指明城市，正在服务时也可以\n"
    "  --per-query 文件.tsv    另写每个查询的数字\n"
    "  --against 文件.tsv      与另一次 --per-query 的结果逐个查询比较：平均差和 95% 的自助法区间\n"
    "\n"
    "用内置的设置，在临时目录里另建索引，不改动任何城市的数据。文件的写法与 BEIR 相同，见 docs/matching.md。\n";

static const char learn[] =
    "  --dims N        多少维：64 的倍数，到 512（默认 128，记录少时 64）\n"
    "  --threads N     用几个处理器，1 到 16(默认 1)\n"
    "\n"
    "从公开的记录里学出哪些词说的是一回事，匹配随即用上；记录变了很多以后再学一次。服务照常；中断了再运行一次接着学。\n"
    "\n"
    "  --rating                从人的评判里学评级：怎样的一对算无、弱、较强、强\n"
    "  --corpus、--queries、--qrels、--only   与 tieqiao eval 相同；分数写 1 无、2 弱、3 较强、4 强\n"
    "  --feedback              把城市自己的反馈也用上(一个文件也不给时就只用它)：已签约、在谈算 4，已联系 3，指标或成熟度不够 2，\n"
    "                          领域不符 1；因价格、时间、地域等不成的说不出文字合不合，不用\n"
    "  --words                 只按词，不学语义：城市的索引没有语义模型时用\n"
    "  --out 文件              把学到的评级留在这个文件里：一行一个特征，写着含义和权重，可以看，也可以改；\n"
    "                          后面是评过的各对和它们的文字，一行一对，要谁不算就把它那行末尾的数改成 0\n"
    "  --rating --use 文件     用 --out 留下的、或许改过的评级\n"
    "  --rating --built-in     回到内置的评级\n"
    "\n"
    "报出的数字与 eval --rating 相同。学完随即用上，正在服务的城市不必停；已有的推荐要 tieqiao rebuild 才重算。\n"
    "详见 docs/running.md 的“语义模型”和“评级”。\n";

static const char monitor[] =
    "  --state 文件    上次看到的检查点记在这里；第一次看就记下\n"
    "  --key 公钥      账本的公钥，或写有它的文件：从账本的主人公布的地方抄来\n"
    "  地址|文件夹     如 https://jishu.example.gov.cn/log，或复制来的 data/log\n"
    "\n"
    "取来现在的检查点，核对签名，并由树的各块证明它接着上次的。结果：0 没有问题；3 账本退回去了；4 分叉了；1 取不到或读不懂。\n"
    "退回或分叉时，两份签了名、不能都是真的检查点留作证据(状态文件和它旁边的 .bad)。适合放进 cron。\n";

static const char witness[] =
    "  --make 名字 --secret 文件   做一把见证人的钥匙，显示它的公钥；名字写成不带 https:// 的网址\n"
    "  --state、--key、地址|文件夹 与 tieqiao monitor 相同；没有问题才签\n"
    "  --out 文件                  带着见证签名的检查点写到这里(不写就显示)\n"
    "\n"
    "签的是 C2SP cosignature/v1：到这一刻为止，我看到的这个账本最长就是它，而且一直接着从前的。\n";

static const char log_words[] =
    "  key             核对检查点用的公钥：第一行 Ed25519，第二行(开了 --sm3 才有)SM2；公布出去，让别人记下\n"
    "  new [名字]      换一把钥匙、一个名字，从头签起：记录恢复到了从前，或钥匙丢了、被别人读过时用；服务要先停\n"
    "\n"
    "名字写成不带 https:// 的网址，如 jishu.example.gov.cn/log；不写就随机取一个。\n"
    "核对用 tieqiao-verify、tieqiao monitor 和 tieqiao witness，见 docs/ledger.md。\n";

static const char rule[] =
    "  check [文件|文件夹] [--mutate]   检查规则文件并做它们的例；不写就查全部。--mutate 再把表达式和参数逐处改动一次，\n"
    "                                   看有没有例发现，没有发现的列出来\n"
    "  list                             列出全部规则：编号、地区、名称、生效日期、来源，用制表符分开\n"
    "  explain 编号 [--region 地区] [--on 日期] [--fact 名字=值 …]\n"
    "                                   就这些事实说结论、为什么、还要知道什么、依据哪一条。没有写 today 时，当日就是 --on 的那一天；\n"
    "                                   没有写 --on 就是今天；没有写 --region 就是全国。例如：\n"
    "      tieqiao rule explain R03 --on 2026-03-17 --fact state_unit=是 pricing=协议定价 notice_first=2026-03-02\n"
    "\n"
    "不打开城市的数据。规则文件的写法见 docs/rules.md。\n";

static const struct {
    const char *verb, *text;
} details[] = {{"eval", eval}, {"account", account}, {"match", match}, {"import", import}, {"export", export}, {"serve", serve}, {"init", init}, {"check", check}, {"fsck", fsck}, {"pack", pack}, {"learn", learn}, {"rule", rule}, {"log", log_words}, {"monitor", monitor}, {"witness", witness}};

bool help_wanted(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

int help_verb(const struct verb *verb)
{
    printf("用法：tieqiao %s%s%s\n%s\n", verb->name, *verb->arguments ? " " : "", verb->arguments, verb->help);
    for (size_t i = 0; i < sizeof details / sizeof *details; i++)
        if (strcmp(details[i].verb, verb->name) == 0)
            printf("\n%s", details[i].text);
    puts("\n每个动词都接受：--data DIR(默认 data)、--db URL(PostgreSQL)、--share DIR");
    return EXIT_DONE;
}
