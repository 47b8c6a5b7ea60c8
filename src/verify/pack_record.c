/*
 * The records of a pack. Each version's fields are those of its leaf, the leaf is under the checkpoint, the versions of a record
 * are 1, 2, 3 … and the papers of a kind too; each version of the deal has the papers that it counts.
 */
#include "verify/pack_int.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/ident.h"

/* A record while its versions are read. */
struct reading {
    struct pack *pack;
    const char *kind;
    const char *zh, *en; /* what people call it */
    bool is_deal;
    const json_t *labels;
    int64_t id, no;
    int64_t deal, own_no; /* as the first version's fields say; 0: they do not */
};

/* What leaves call a kind, and people. One that is not here is called as leaves do. */
static const struct {
    const char *kind, *zh, *en;
} kinds[] = {
    {"deal", "转化项目", "Deal"}, {"title", "权属约定", "Title"}, {"valuation", "成果评价", "Valuation"}, {"notice", "公示", "Notice"},
    {"objection", "异议", "Objection"}, {"approval", "审批", "Approval"}, {"contract", "技术合同", "Contract"},
    {"registration", "技术合同认定登记", "Registration"}, {"instalment", "付款计划", "Instalment"}, {"receipt", "到账", "Receipt"},
    {"cost", "扣除", "Deduction"}, {"profit", "年度利润", "Yearly profit"}, {"award", "奖酬分配", "Award"}, {"filing", "税务备案", "Filing"}, {"statement", "申报事实", "Statement"},
    {"ruling", "规则裁定", "Ruling"}, {"past_deal", "历史合同", "Past contract"}, {"past_receipt", "历史到账", "Past receipt"},
    {"past_award", "历史奖酬", "Past reward"}, {"attachment", "附件", "Attachment"}, {"past_deal", "历史合同", "Past contract"},
    {"past_receipt", "历史到账", "Past receipt"}, {"past_award", "历史奖酬", "Past award"},
};

/* Steps that write no paper of their own, and are counted: they change the deal alone (STEP_TERMS and STEP_END of work/deal_step.c). */
static const char *const paperless[] = {"deal.price", "deal.close", "deal.drop"};

static bool is_paperless(const char *action)
{
    for (size_t i = 0; i < sizeof paperless / sizeof *paperless; i++)
        if (strcmp(action, paperless[i]) == 0)
            return true;
    return false;
}

/* --- fields --- */

static const json_t *field_of(const json_t *version, const char *name)
{
    const json_t *fields = json_object_get(version, "fields"), *field;
    size_t i;

    json_array_foreach(fields, i, field)
        if (slice_is(json_member(field, "name"), name))
            return field;
    return NULL;
}

/* A number that the leaf commits to; `fallback` where the version has none, or one that was blanked. */
static int64_t number_of(const json_t *version, const char *name, int64_t fallback)
{
    int64_t number;

    return verify_number(field_of(version, name), &number) ? number : fallback;
}

static void field_show(const struct reading *reading, const json_t *field)
{
    struct slice name = json_member(field, "name"), text = json_member(field, json_object_get(field, "number") ? "number" : "value");
    const json_t *label = json_array_get(json_object_get(reading->labels, json_string_value(json_object_get(field, "name"))), reading->pack->wanted->english);
    char shown[PACK_SHOWN], shown_name[PACK_SHOWN];

    if (json_is_string(label))
        name = (struct slice){json_string_value(label), json_string_length(label)};
    text_print(reading->pack->said, "      %s = %s\n", pack_shown(name, shown_name), pack_shown(text.len ? text : SLICE("—"), shown));
}

/* --- one version --- */

enum complaint { FITS, NO_LEAF, OTHER_LEAF, OTHER_INDEX, BAD_FIELDS, OTHER_FIELDS, BAD_PROOF, NOT_UNDER };

static const struct {
    const char *zh, *en;
} complaints[] = {
    [NO_LEAF] = {"账本条目读不懂", "its leaf cannot be read"},
    [OTHER_LEAF] = {"放在这里的是另一条记录的账本条目", "the leaf put here is another record's"},
    [OTHER_INDEX] = {"条目自己写的序号与包里写的不同", "the leaf says another index than the pack"},
    [BAD_FIELDS] = {"字段读不懂", "its fields cannot be read"},
    [OTHER_FIELDS] = {"字段与账本条目记下的不符：值、盐、名字或次序被改过", "its fields are not what the leaf commits to: a value, a salt, a name or the order was changed"},
    [BAD_PROOF] = {"包含证明读不懂", "its proof cannot be read"},
    [NOT_UNDER] = {"包含证明算不出检查点的树根：条目或证明被换过，或检查点不是这一份", "its proof does not lead to the checkpoint: leaf or proof were replaced, or the checkpoint is another"},
};

static bool proof_take(const json_t *version, struct tree_proof *proof)
{
    const json_t *list = json_object_get(version, "proof"), *item;
    size_t i, len;

    proof->count = json_array_size(list);
    if (!json_is_array(list) || proof->count > TREE_PROOF)
        return false;
    json_array_foreach(list, i, item)
        if (!json_is_string(item) || !seal_unbase64((struct slice){json_string_value(item), json_string_length(item)}, proof->hashes[i], TREE_HASH, &len) || len != TREE_HASH)
            return false;
    return true;
}

static enum complaint version_fits(const struct reading *reading, const json_t *version, int64_t ver, struct leaf *leaf, size_t *blanks)
{
    const struct pack *pack = reading->pack;
    unsigned char bytes[LEAF_MAX], root[LEAF_HASH], hash[TREE_HASH];
    enum seal_digest digest = pack->key.kind == NOTE_SM2 ? SEAL_SM3 : SEAL_SHA256;
    struct tree_proof proof;
    struct err why;
    size_t len;

    if (!verify_leaf_take(version, bytes, &len, leaf, &why))
        return NO_LEAF;
    if (strcmp(leaf->kind, reading->kind) != 0 || leaf->object != reading->id || leaf->version != ver)
        return OTHER_LEAF;
    if (json_integer_value(json_object_get(version, "index")) != (json_int_t)leaf->index)
        return OTHER_INDEX;
    if (!verify_fields_root(json_object_get(version, "fields"), root, blanks, &why))
        return BAD_FIELDS;
    if (memcmp(root, leaf->root, LEAF_HASH) != 0)
        return OTHER_FIELDS;
    if (!proof_take(version, &proof))
        return BAD_PROOF;
    tree_leaf(digest, (struct slice){(const char *)bytes, len}, hash);
    return tree_included(digest, hash, leaf->index, pack->checkpoint.size, pack->checkpoint.root, &proof, &why) ? FITS : NOT_UNDER;
}

/* "公示 第 2 份 第 1 版" */
static void name_version(const struct reading *reading, int64_t ver, char zh[160], char en[160])
{
    if (reading->is_deal) {
        snprintf(zh, 160, "%s 第 %lld 版", reading->zh, (long long)ver);
        snprintf(en, 160, "%s, version %lld", reading->en, (long long)ver);
    } else {
        snprintf(zh, 160, "%s 第 %lld 份 第 %lld 版", reading->zh, (long long)reading->no, (long long)ver);
        snprintf(en, 160, "%s %lld, version %lld", reading->en, (long long)reading->no, (long long)ver);
    }
}

/* --- what is kept of it, to hold against the rest --- */

static void step_add(struct pack *pack, const struct leaf *leaf, int64_t papers)
{
    struct pack_step *step;

    if (pack->step_count == pack->step_room) {
        pack->step_room = pack->step_room ? pack->step_room * 2 : 64;
        pack->steps = realloc(pack->steps, pack->step_room * sizeof *pack->steps);
        if (!pack->steps)
            abort();
    }
    step = &pack->steps[pack->step_count++];
    *step = (struct pack_step){.index = leaf->index, .papers = papers};
    memcpy(step->action, leaf->action, sizeof step->action);
    memcpy(step->request_id, leaf->request_id, sizeof step->request_id);
}

static void step_mark(struct pack *pack, const struct leaf *leaf)
{
    for (size_t i = 0; i < pack->step_count; i++)
        pack->steps[i].written += strcmp(pack->steps[i].request_id, leaf->request_id) == 0;
}

/* The deal's count goes with its versions; one that was blanked would hide what is missing. */
static int64_t papers_more(struct pack *pack, const json_t *version)
{
    int64_t before = pack->papers;

    if (field_of(version, "papers") && !verify_number(field_of(version, "papers"), &pack->papers))
        pack_bad(pack, "项目自己记的文书数看不到了", "the deal's own count of its papers cannot be seen");
    return pack->papers - before;
}

/* Of an attachment, whose paper it came with says nothing of whether that paper is there. */
static void digest_keep(struct pack *pack, const json_t *version)
{
    const char *digest = json_string_value(json_object_get(field_of(version, "digest"), "value"));

    if (digest)
        json_object_set_new(pack->digests, digest, json_true());
}

static void version_keep(struct reading *reading, const json_t *version, int64_t ver, const struct leaf *leaf)
{
    struct pack *pack = reading->pack;

    pack->versions++;
    if (reading->is_deal) {
        step_add(pack, leaf, papers_more(pack, version));
        return;
    }
    if (strcmp(reading->kind, "attachment") == 0)
        digest_keep(pack, version);
    else if (strcmp(reading->kind, "ruling") != 0)
        step_mark(pack, leaf);
    if (ver == 1) {
        reading->deal = number_of(version, "deal", 0);
        reading->own_no = number_of(version, "no", 0);
    }
}

static void version_say(const struct reading *reading, const json_t *version, const struct leaf *leaf, const char *zh, const char *en, size_t blanks)
{
    const json_t *field;
    char when[CLOCK_TEXT];
    size_t i;

    clock_show_minute(leaf->time_ms, when);
    pack_good(reading->pack, "%s：%s 由 %s 写入账本第 %llu 条，与检查点一致", "%s: written %s by %s as leaf %llu of the ledger, which is under the checkpoint",
              reading->pack->wanted->english ? en : zh, when, leaf->action, (unsigned long long)leaf->index);
    if (blanks)
        pack_note(reading->pack, "其中 %zu 个字段只剩承诺值：已按规定删除，或者交给您之前被遮去", "%zu of its fields are commitments alone: deleted as the law has it, or blanked before it came to you", blanks);
    if (reading->pack->wanted->show)
        json_array_foreach(json_object_get(version, "fields"), i, field)
            field_show(reading, field);
}

/* false: the record's versions after this one say nothing. */
static bool version_check(struct reading *reading, const json_t *version, int64_t ver)
{
    struct pack *pack = reading->pack;
    char zh[160], en[160];
    enum complaint complaint;
    struct leaf leaf;
    size_t blanks = 0;

    name_version(reading, ver, zh, en);
    if (json_integer_value(json_object_get(version, "ver")) != ver) {
        pack_bad(pack, "%s 不在包里：各版必须从 1 起一版不少", "%s is not in the pack: versions must be 1, 2, 3 …", pack->wanted->english ? en : zh);
        return false;
    }
    complaint = version_fits(reading, version, ver, &leaf, &blanks);
    if (complaint != FITS) {
        pack_bad(pack, "%s：%s", "%s: %s", pack->wanted->english ? en : zh, pack->wanted->english ? complaints[complaint].en : complaints[complaint].zh);
        return true;
    }
    pack->blanks += blanks;
    version_keep(reading, version, ver, &leaf);
    version_say(reading, version, &leaf, zh, en, blanks);
    return true;
}

/* --- a record --- */

/* Of this deal, and where its number says it is. */
static void paper_belongs(const struct reading *reading)
{
    if (reading->deal != reading->pack->deal)
        pack_bad(reading->pack, "%s 第 %lld 份 不是这个项目的文书", "%s %lld is no paper of this deal", reading->pack->wanted->english ? reading->en : reading->zh, (long long)reading->no);
    else if (reading->own_no != reading->no)
        pack_bad(reading->pack, "%s：缺第 %lld 份（放在这里的是第 %lld 份）", "%s: number %lld is missing (number %lld stands here)",
                 reading->pack->wanted->english ? reading->en : reading->zh, (long long)reading->no, (long long)reading->own_no);
}

static void record_check(struct reading *reading, const json_t *record)
{
    const json_t *versions = json_object_get(record, "versions"), *version;
    size_t before = reading->pack->versions, i;

    reading->deal = reading->own_no = 0;
    reading->pack->records++;
    if (!ident_parse(json_member(record, "id"), &reading->id) || json_array_size(versions) == 0) {
        pack_bad(reading->pack, "%s 第 %lld 份 读不懂", "%s %lld cannot be read", reading->pack->wanted->english ? reading->en : reading->zh, (long long)reading->no);
        return;
    }
    json_array_foreach(versions, i, version)
        if (!version_check(reading, version, (int64_t)i + 1))
            return;
    if (reading->is_deal && reading->id != reading->pack->deal)
        pack_bad(reading->pack, "manifest.json 写的是项目 %lld，记录却是项目 %lld 的", "manifest.json names deal %lld, the record is of deal %lld", (long long)reading->pack->deal, (long long)reading->id);
    if (!reading->is_deal && reading->pack->versions > before)
        paper_belongs(reading);
}

/* --- a kind --- */

static struct reading reading_of(struct pack *pack, const char *kind)
{
    struct reading reading = {.pack = pack, .kind = kind, .zh = kind, .en = kind, .is_deal = strcmp(kind, "deal") == 0};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, kind) == 0) {
            reading.zh = kinds[i].zh;
            reading.en = kinds[i].en;
        }
    return reading;
}

static void document_check(struct pack *pack, const char *kind, const json_t *document)
{
    const json_t *records = json_object_get(document, "records"), *record;
    struct reading reading = reading_of(pack, kind);
    size_t i;

    reading.labels = json_object_get(document, "labels");
    if (!slice_is(json_member(document, "format"), "tieqiao-records/1") || !slice_is(json_member(document, "kind"), kind) || !json_is_array(records)) {
        pack_bad(pack, "records/%s.json 不是这一类的记录：文件被改名，或版式不认得", "records/%s.json does not hold that kind: it was renamed, or its format is not known", kind);
        return;
    }
    if (reading.is_deal && json_array_size(records) != 1)
        pack_bad(pack, "records/deal.json 里应当只有一个项目，却有 %zu 个", "records/deal.json should hold one deal, and holds %zu", json_array_size(records));
    json_array_foreach(records, i, record) {
        reading.no = (int64_t)i + 1;
        record_check(&reading, record);
    }
}

/* "records/notice.json" → "notice" */
static bool kind_named(const char *name, char kind[LEAF_WORD + 1])
{
    struct slice rest = slice_of(name);
    static const char folder[] = "records/", ending[] = ".json";

    if (rest.len <= sizeof folder + sizeof ending - 2 || memcmp(name, folder, sizeof folder - 1) != 0
        || strcmp(name + rest.len - (sizeof ending - 1), ending) != 0)
        return false;
    rest = (struct slice){name + sizeof folder - 1, rest.len - (sizeof folder - 1) - (sizeof ending - 1)};
    if (rest.len > LEAF_WORD || memchr(rest.at, '/', rest.len))
        return false;
    snprintf(kind, LEAF_WORD + 1, "%.*s", (int)rest.len, rest.at);
    return true;
}

static void part_check(struct pack *pack, size_t index, const char *kind)
{
    json_t *document = NULL;
    struct text text;
    struct err err;

    text_init(&text);
    if (archive_text(pack->archive, index, &text, &err))
        document = json_read_most(text_slice(&text), PACK_VALUES, &err);
    if (document)
        document_check(pack, kind, document);
    else
        pack_bad(pack, "records/%s.json 读不懂：%s", "records/%s.json cannot be read: %s", kind, verify_why(pack->wanted, &err));
    json_decref(document);
    text_release(&text);
}

/* --- all of them --- */

static void steps_check(struct pack *pack)
{
    for (size_t i = 0; i < pack->step_count; i++)
        if (pack->steps[i].written < pack->steps[i].papers && !is_paperless(pack->steps[i].action))
            pack_bad(pack, "项目第 %zu 版是 %s 这一步（账本第 %llu 条），它写下的文书有 %lld 份，包里只有 %lld 份", "version %zu of the deal is the step %s (leaf %llu): it wrote %lld papers, %lld of them are in the pack",
                     i + 1, pack->steps[i].action, (unsigned long long)pack->steps[i].index, (long long)pack->steps[i].papers, (long long)pack->steps[i].written);
}

static void version_told(struct pack *pack)
{
    json_int_t told = json_integer_value(json_object_get(pack->manifest, "ver"));

    if (told != (json_int_t)pack->step_count)
        pack_bad(pack, "manifest.json 写着项目有 %lld 版，包里成立的有 %zu 版", "manifest.json says the deal has %lld versions, %zu of them hold here", (long long)told, pack->step_count);
}

void pack_records(struct pack *pack)
{
    size_t deal = archive_find(pack->archive, "records/deal.json");
    char kind[LEAF_WORD + 1];

    if (deal == SIZE_MAX)
        pack_bad(pack, "没有 records/deal.json：不知道是哪个项目", "there is no records/deal.json: which deal this is of is not known");
    else
        part_check(pack, deal, "deal");
    for (size_t i = 0; i < archive_count(pack->archive); i++)
        if (i != deal && kind_named(archive_name(pack->archive, i), kind))
            part_check(pack, i, kind);
    steps_check(pack);
    version_told(pack);
}
