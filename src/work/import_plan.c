#include "work/import_plan.h"

#include "base/json.h"
#include "base/text.h"
#include "base/utf8.h"
#include "work/import_part.h"

enum { ALIASES_MOST = 600 };

/* A header that is known, in the form in which headers are compared. */
struct alias {
    struct slice key;
    enum import_role role;
    size_t index;
};

struct aliases {
    struct alias list[ALIASES_MOST];
    size_t count;
};

static const char owner_headers[] =
    "单位名称|单位全称|所属单位|权利人|专利权人|当前专利权人|申请人|专利申请人|申请(专利权)人|著作权人|成果单位|成果持有单位|成果所属单位|"
    "成果完成单位|成果提供单位|持有单位|完成单位|第一完成单位|提供单位|技术持有方|技术提供方|技术提供单位|依托单位|承担单位|牵头单位|"
    "需求单位|需求企业|需求方|提出单位|需求提出单位|发榜单位|发布单位|发布机构|提报单位|申报单位|填报单位|企业名称|企业全称|公司名称|"
    "高校名称|学校名称|机构名称|机构全称|场景单位|场景发布单位|场景提供单位|建设单位|运营单位|主办单位|服务机构|金融机构|权属单位|"
    "owner|institution|organization|organisation|firm|company|applicant|assignee|patentee";
/* Of past transfers: in their tables a firm is the buyer. */
static const char seller_headers[] =
    "单位名称|单位全称|所属单位|出让方|转让方|让与方|许可方|卖方|出让单位|转让单位|权利人|专利权人|成果单位|完成单位|乙方|乙方名称|受托方|"
    "owner|institution|organization|organisation";
/* Not "id": other people's tables have ids of their own. */
static const char id_headers[] = "平台编号|platform_id";

/* --- headers in a form to compare --- */

/* Without the brackets at its end. */
static struct slice before_bracket(struct slice folded)
{
    const char *open = folded.len ? memrchr(folded.at, '(', folded.len) : NULL;

    return open && folded.at[folded.len - 1] == ')' ? (struct slice){folded.at, (size_t)(open - folded.at)} : folded;
}

/* The unit that the header gives to plain numbers; NULL: money that is not yuan. */
static const char *unit_of(struct slice folded, struct arena *arena)
{
    static const char *const foreign[] = {"美元", "欧元", "日元", "港元", "港币", "usd", "eur", "jpy", "$", "€", "£", "千元"};
    char *lower = arena_text(arena, folded);

    for (size_t i = 0; i < folded.len; i++)
        if (lower[i] >= 'A' && lower[i] <= 'Z')
            lower[i] = (char)(lower[i] + 'a' - 'A');
#ifndef TQ_TEETH_IMPORT_DOLLARS
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (strstr(lower, foreign[i]))
            return NULL;
#endif
    return strstr(lower, "亿元") ? "亿元" : strstr(lower, "万元") ? "万元" : "";
}

/* --- what headers are known --- */

static void alias_add(struct aliases *all, struct slice text, enum import_role role, size_t index, struct arena *arena)
{
    if (all->count < ALIASES_MOST && text.len)
        all->list[all->count++] = (struct alias){utf8_key(utf8_nfkc(text, arena), arena), role, index};
}

static void alias_add_list(struct aliases *all, const char *list, enum import_role role, size_t index,
                           struct arena *arena)
{
    struct slice rest = slice_of(list), one;

    while (slice_cut(&rest, '|', &one))
        alias_add(all, one, role, index, arena);
}

static void alias_add_parts(struct aliases *all, const struct kind *kind, struct arena *arena)
{
    for (size_t i = 0; i < import_part_count; i++) {
        const struct import_part *part = &import_parts[i];

        if (part->kind != kind->id)
            continue;
        if (part->use == PART_ALIAS) {
            alias_add_list(all, part->headers, IMPORT_FIELD, (size_t)kind_field(kind, part->field), arena);
            continue;
        }
        alias_add(all, slice_of(part->name), IMPORT_PART, i, arena);
        alias_add_list(all, part->headers, IMPORT_PART, i, arena);
    }
}

/* A field's own words come before everybody's further headers, so that these never take a column from it. */
static void aliases_fill(struct aliases *all, const struct kind *kind, struct arena *arena)
{
    all->count = 0;
    for (size_t i = 0; i < kind->count; i++) {
        if (!kind_typed(kind, i))
            continue;
        alias_add(all, slice_of(kind->fields[i].name), IMPORT_FIELD, i, arena);
        alias_add(all, slice_of(kind->fields[i].label), IMPORT_FIELD, i, arena);
        alias_add(all, slice_of(kind->fields[i].label_en), IMPORT_FIELD, i, arena);
    }
    if (kind->owned)
        alias_add_list(all, kind_is_past(kind) ? seller_headers : owner_headers, IMPORT_OWNER, 0, arena);
    if (!kind_is_past(kind))
        alias_add_list(all, id_headers, IMPORT_ID, 0, arena);
    for (size_t i = 0; i < kind->count; i++)
        alias_add_list(all, kind->fields[i].headers, IMPORT_FIELD, i, arena);
    alias_add_parts(all, kind, arena);
}

static const struct alias *alias_find(const struct aliases *all, struct slice key)
{
    for (size_t i = 0; i < all->count && key.len; i++)
        if (slice_same(all->list[i].key, key))
            return &all->list[i];
    return NULL;
}

/* --- a plan --- */

/* May several columns go there? */
static bool takes_more(const struct kind *kind, const struct alias *alias)
{
    const struct field *field = &kind->fields[alias->index];

    if (alias->role != IMPORT_FIELD)
        return false;
    return field_is_list(field->type) || field->type == FIELD_PROSE || strcmp(field->name, "contact") == 0;
}

static bool taken(const struct import_plan *plan, const struct alias *alias)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].role == alias->role && plan->columns[i].index == alias->index)
            return true;
    return false;
}

static void column_match(struct import_plan *plan, struct import_column *column, const struct aliases *all,
                         struct arena *arena)
{
    struct slice folded = slice_trim(utf8_nfkc(column->header, arena));
    const struct alias *alias = alias_find(all, utf8_key(folded, arena));

    if (!alias)
        alias = alias_find(all, utf8_key(before_bracket(folded), arena));
    column->unit = unit_of(folded, arena);
    if (!alias || (taken(plan, alias) && !takes_more(plan->kind, alias)))
        return;
    if (alias->role == IMPORT_FIELD && plan->kind->fields[alias->index].type == FIELD_MONEY && !column->unit)
        return;
    column->role = alias->role;
    column->index = alias->index;
}

/* A table of patents without an abstract: what the row says stands in for it, in a plain sentence. */
static void fill_inventory(struct import_plan *plan)
{
    int abstract = kind_field(plan->kind, "abstract");
    bool numbers = false, given = false;

    for (size_t i = 0; i < plan->count; i++) {
        const struct import_column *column = &plan->columns[i];

        numbers |= column->role == IMPORT_PART && import_parts[column->index].use == PART_NUMBER;
        given |= column->role == IMPORT_FIELD && abstract >= 0 && column->index == (size_t)abstract;
    }
    if (numbers && !given && abstract >= 0)
        plan->fills[abstract].from = FILL_ROW;
}

static bool has_column(const struct import_plan *plan, int field)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].role == IMPORT_FIELD && field >= 0 && plan->columns[i].index == (size_t)field)
            return true;
    return false;
}

/* A list of policies that says of no basis which article: the document's number stands in for it, else who issued it. */
static void fill_basis(struct import_plan *plan)
{
    int basis = kind_field(plan->kind, "basis"), number = kind_field(plan->kind, "doc_number"),
        issuer = kind_field(plan->kind, "issuer");

    if (plan->kind->id != KIND_POLICY)
        return;
    if (plan->fills[basis].from == FILL_FIELD
        && (plan->fills[basis].field == (size_t)number || plan->fills[basis].field == (size_t)issuer))
        plan->fills[basis].from = FILL_NOTHING;
    if (plan->fills[basis].from != FILL_NOTHING || has_column(plan, basis))
        return;
    if (has_column(plan, number) || has_column(plan, issuer))
        plan->fills[basis] = (struct import_fill){FILL_FIELD, (size_t)(has_column(plan, number) ? number : issuer)};
}

void import_plan_make(const struct kind *kind, const struct slice *headers, size_t count, struct arena *arena,
                      struct import_plan *plan)
{
    struct aliases *all = arena_alloc(arena, sizeof *all);

    *plan = (struct import_plan){.kind = kind, .columns = arena_zero(arena, count, sizeof *plan->columns)};
    aliases_fill(all, kind, arena);
    for (; plan->count < count; plan->count++) {
        struct import_column *column = &plan->columns[plan->count];

        column->header = arena_copy(arena, headers[plan->count]);
        column_match(plan, column, all, arena);
    }
    fill_inventory(plan);
    fill_basis(plan);
}

void import_plan_settle(struct import_plan *plan)
{
    int abstract = kind_field(plan->kind, "abstract");

    if (abstract >= 0 && plan->fills[abstract].from == FILL_ROW)
        plan->fills[abstract].from = FILL_NOTHING;
    fill_inventory(plan);
    fill_basis(plan);
}

bool import_plan_named(const struct import_plan *plan)
{
    size_t title = plan->kind->title;

    for (size_t i = 0; i < plan->count; i++)
        if (plan->columns[i].role == IMPORT_ID
            || (plan->columns[i].role == IMPORT_FIELD && plan->columns[i].index == title))
            return true;
    return plan->fills[title].from != FILL_NOTHING;
}

size_t import_plan_taken(const struct import_plan *plan)
{
    size_t count = 0;

    for (size_t i = 0; i < plan->count; i++)
        count += plan->columns[i].role != IMPORT_LEFT;
    return count;
}

const struct kind *import_plan_guess(const struct slice *headers, size_t count)
{
    const struct kind *best = NULL;
    size_t most = 0;

    for (size_t i = 0; kind_imported(i); i++) {
        const struct kind *kind = kind_imported(i);
        struct import_plan plan;
        struct arena arena;

        arena_init(&arena);
        import_plan_make(kind, headers, count, &arena, &plan);
        if (import_plan_taken(&plan) > most) {
            most = import_plan_taken(&plan);
            best = kind;
        }
        arena_release(&arena);
    }
    return best;
}

/* --- a person's word --- */

static bool target_find(const struct kind *kind, struct slice typed, struct alias *found)
{
    struct aliases *all;
    const struct alias *alias;
    struct arena arena;

    if (slice_is(typed, "id")) {
        *found = (struct alias){.role = IMPORT_ID};
        return true;
    }
    arena_init(&arena);
    all = arena_alloc(&arena, sizeof *all);
    aliases_fill(all, kind, &arena);
    alias = alias_find(all, utf8_key(utf8_nfkc(typed, &arena), &arena));
    if (alias)
        *found = *alias;
    arena_release(&arena);
    return alias != NULL;
}

static bool no_target(const struct kind *kind, struct slice typed, struct err *err)
{
    char names[200] = "";
    size_t len = 0;

    for (size_t i = 0; i < kind->count && len + 30 < sizeof names; i++)
        len += (size_t)snprintf(names + len, sizeof names - len, "%s%s", i ? "、" : "", kind->fields[i].name);
    err_set(err, ERR_INVALID, "%s没有“%.*s”这一项", kind->label, (int)utf8_head(typed, 30).len, typed.at);
    return err_hint(err, "可用：%s", names);
}

bool import_plan_set(struct import_plan *plan, size_t column, struct slice target, struct err *err)
{
    struct alias alias = {.role = IMPORT_LEFT};

    if (slice_trim(target).len && !target_find(plan->kind, target, &alias))
        return no_target(plan->kind, target, err);
    if (alias.role == IMPORT_FIELD && plan->kind->fields[alias.index].type == FIELD_MONEY && !plan->columns[column].unit) {
        err_set(err, ERR_INVALID, "“%.*s”一列不是人民币，不能当作元读入", (int)plan->columns[column].header.len,
                plan->columns[column].header.at);
        return err_hint(err, "请折算成人民币后另列一列，或不取这一列");
    }
    plan->columns[column].role = alias.role;
    plan->columns[column].index = alias.index;
    return true;
}

const char *import_plan_target(const struct import_plan *plan, size_t column)
{
    const struct import_column *at = &plan->columns[column];

    switch (at->role) {
    case IMPORT_FIELD:
        return plan->kind->fields[at->index].name;
    case IMPORT_PART:
        return import_parts[at->index].name;
    case IMPORT_OWNER:
        return "owner";
    case IMPORT_ID:
        return "id";
    default:
        return "";
    }
}

/* "left=right" */
static bool halves(struct slice typed, struct slice *left, struct slice *right, struct err *err)
{
    const char *mark = typed.len ? memchr(typed.at, '=', typed.len) : NULL;

    if (!mark)
        return err_set(err, ERR_INVALID, "“%.*s”里没有等号：写成 列名=字段", (int)utf8_head(typed, 60).len, typed.at);
    *left = slice_trim((struct slice){typed.at, (size_t)(mark - typed.at)});
    *right = slice_trim((struct slice){mark + 1, (size_t)(typed.at + typed.len - mark - 1)});
    return true;
}

static bool column_find(const struct import_plan *plan, struct slice header, size_t *column)
{
    for (size_t i = 0; i < plan->count; i++)
        if (slice_same(slice_trim(plan->columns[i].header), header)) {
            *column = i;
            return true;
        }
    return false;
}

bool import_plan_map(struct import_plan *plan, struct slice typed, struct err *err)
{
    struct slice header, target;
    size_t column;

    if (!halves(typed, &header, &target, err))
        return false;
    if (!column_find(plan, header, &column)) {
        err_set(err, ERR_INVALID, "文件里没有“%.*s”这一列", (int)utf8_head(header, 60).len, header.at);
        return err_hint(err, "列名要和表头一致");
    }
    return import_plan_set(plan, column, target, err);
}

bool import_plan_fill(struct import_plan *plan, struct slice typed, struct err *err)
{
    struct slice field, from;
    struct alias to = {0}, source = {0};

    if (!halves(typed, &field, &from, err))
        return false;
    if (!target_find(plan->kind, field, &to) || to.role != IMPORT_FIELD)
        return no_target(plan->kind, field, err);
    if (slice_is(from, "@row")) {
        plan->fills[to.index] = (struct import_fill){FILL_ROW, 0};
        return true;
    }
    if (!target_find(plan->kind, from, &source) || source.role != IMPORT_FIELD)
        return no_target(plan->kind, from, err);
    plan->fills[to.index] = (struct import_fill){FILL_FIELD, source.index};
    return true;
}

/* --- kept --- */

json_t *import_plan_json(const struct import_plan *plan)
{
    json_t *json = json_object(), *columns = json_array(), *fills = json_object();

    for (size_t i = 0; i < plan->count; i++) {
        json_t *column = json_object();

        json_put(column, "header", plan->columns[i].header);
        json_put(column, "target", slice_of(import_plan_target(plan, i)));
        json_array_append_new(columns, column);
    }
    for (size_t i = 0; i < plan->kind->count; i++)
        if (plan->fills[i].from != FILL_NOTHING)
            json_put(fills, plan->kind->fields[i].name,
                     plan->fills[i].from == FILL_ROW ? SLICE("@row")
                                                     : slice_of(plan->kind->fields[plan->fills[i].field].name));
    json_object_set_new(json, "columns", columns);
    json_object_set_new(json, "fills", fills);
    return json;
}

static bool fills_read(const json_t *fills, struct import_plan *plan, struct err *err)
{
    const char *name;
    json_t *from;

    memset(plan->fills, 0, sizeof plan->fills);
    json_object_foreach ((json_t *)fills, name, from) {
        char typed[200];

        snprintf(typed, sizeof typed, "%s=%s", name, json_is_string(from) ? json_string_value(from) : "");
        if (!import_plan_fill(plan, slice_of(typed), err))
            return false;
    }
    return true;
}

bool import_plan_read(const json_t *json, const struct kind *kind, struct arena *arena, struct import_plan *plan,
                      struct err *err)
{
    const json_t *columns = json_object_get(json, "columns");
    size_t count = json_array_size(columns);
    struct slice *headers = arena_zero(arena, count, sizeof *headers);

    for (size_t i = 0; i < count; i++)
        headers[i] = json_member(json_array_get(columns, i), "header");
    import_plan_make(kind, headers, count, arena, plan);
    for (size_t i = 0; i < count; i++)
        if (!import_plan_set(plan, i, json_member(json_array_get(columns, i), "target"), err))
            return false;
    return fills_read(json_object_get(json, "fills"), plan, err);
}
