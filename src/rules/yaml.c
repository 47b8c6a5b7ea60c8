#include <yaml.h>

#include "rules/rules_int.h"

enum { DEPTH_MOST = 8, BYTES_MOST = 1 << 20, KEY_MOST = 60 };

struct parse {
    const struct reading *reading;
    yaml_parser_t parser;
    int depth;
};

const struct node *node_at(const struct node *map, const char *key)
{
    for (const struct node *member = map->first; member; member = member->next)
        if (strcmp(member->key, key) == 0)
            return member;
    return NULL;
}

static long line_of(const yaml_event_t *event)
{
    return (long)event->start_mark.line + 1;
}

static bool plain(struct parse *parse, const yaml_event_t *event, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor)
        return reading_wrong(parse->reading, line_of(event), "不能用锚点 &%.40s：每处写全", (const char *)anchor);
    if (tag)
        return reading_wrong(parse->reading, line_of(event), "不能用标签 %.40s：删去它", (const char *)tag);
    return true;
}

static bool event_next(struct parse *parse, yaml_event_t *event)
{
    if (!yaml_parser_parse(&parse->parser, event))
        return reading_wrong(parse->reading, (long)parse->parser.problem_mark.line + 1,
                             "不是 YAML：%.80s；看看缩进、冒号和引号", parse->parser.problem ? parse->parser.problem : "");
    switch (event->type) {
    case YAML_ALIAS_EVENT:
        reading_wrong(parse->reading, line_of(event), "不能用引用 *%.40s：每处写全", (const char *)event->data.alias.anchor);
        break;
    case YAML_SCALAR_EVENT:
        if (plain(parse, event, event->data.scalar.anchor, event->data.scalar.tag))
            return true;
        break;
    case YAML_SEQUENCE_START_EVENT:
        if (plain(parse, event, event->data.sequence_start.anchor, event->data.sequence_start.tag))
            return true;
        break;
    case YAML_MAPPING_START_EVENT:
        if (plain(parse, event, event->data.mapping_start.anchor, event->data.mapping_start.tag))
            return true;
        break;
    default:
        return true;
    }
    yaml_event_delete(event);
    return false;
}

static struct node *node_new(struct parse *parse, enum node_kind kind, const yaml_event_t *event)
{
    struct node *node = arena_zero(parse->reading->arena, 1, sizeof *node);

    node->kind = kind;
    node->line = line_of(event);
    if (kind == NODE_SCALAR)
        node->text = arena_copy(parse->reading->arena,
                                (struct slice){(const char *)event->data.scalar.value, event->data.scalar.length});
    return node;
}

static bool key_ok(struct parse *parse, const struct node *map, const yaml_event_t *event)
{
    const char *key = (const char *)event->data.scalar.value;
    const struct node *before;

    if (event->type != YAML_SCALAR_EVENT)
        return reading_wrong(parse->reading, line_of(event), "冒号前面要是一个词");
    if (event->data.scalar.length == 0 || event->data.scalar.length > KEY_MOST || strlen(key) != event->data.scalar.length)
        return reading_wrong(parse->reading, line_of(event), "冒号前面的词是空的或太长");
    before = node_at(map, key);
    return !before || reading_wrong(parse->reading, line_of(event), "%.60s 在第 %ld 行已经写过：删去一处", key, before->line);
}

static bool node_read(struct parse *parse, const yaml_event_t *event, struct node **out);

/* Members until the end; in a map each behind its key. */
static bool members_read(struct parse *parse, struct node *node, yaml_event_type_t end)
{
    const struct node **last = &node->first;
    bool ok = true;

    while (ok) {
        const char *key = NULL;
        long key_line = 0;
        struct node *member = NULL;
        yaml_event_t event;

        if (!event_next(parse, &event))
            return false;
        if (event.type == end) {
            yaml_event_delete(&event);
            return true;
        }
        if (node->kind == NODE_MAP) {
            ok = key_ok(parse, node, &event);
            key_line = line_of(&event);
            if (ok)
                key = arena_text(parse->reading->arena, slice_of((const char *)event.data.scalar.value));
            yaml_event_delete(&event);
            if (!ok || !event_next(parse, &event))
                return false;
        }
        ok = node_read(parse, &event, &member);
        yaml_event_delete(&event);
        if (ok) {
            member->key = key;
            member->line = key ? key_line : member->line;
            *last = member;
            last = &member->next;
            node->count++;
        }
    }
    return false;
}

static bool node_read(struct parse *parse, const yaml_event_t *event, struct node **out)
{
    bool list = event->type == YAML_SEQUENCE_START_EVENT, ok;

    if (event->type == YAML_SCALAR_EVENT) {
        *out = node_new(parse, NODE_SCALAR, event);
        return strlen((*out)->text.at) == (*out)->text.len
            || reading_wrong(parse->reading, line_of(event), "文字里有看不见的字符，重新输入这一行");
    }
    if (!list && event->type != YAML_MAPPING_START_EVENT)
        return reading_wrong(parse->reading, line_of(event), "文件是空的，或只能有一份文档");
    if (parse->depth == DEPTH_MOST)
        return reading_wrong(parse->reading, line_of(event), "嵌套超过 %d 层", DEPTH_MOST);
    *out = node_new(parse, list ? NODE_LIST : NODE_MAP, event);
    parse->depth++;
    ok = members_read(parse, *out, list ? YAML_SEQUENCE_END_EVENT : YAML_MAPPING_END_EVENT);
    parse->depth--;
    return ok;
}

/* The next event must be of this type; it is dropped. */
static bool pass(struct parse *parse, yaml_event_type_t type)
{
    yaml_event_t event;
    bool ok;

    if (!event_next(parse, &event))
        return false;
    ok = event.type == type || reading_wrong(parse->reading, line_of(&event), "文件是空的，或只能有一份文档");
    yaml_event_delete(&event);
    return ok;
}

static bool document_read(struct parse *parse, struct node **root)
{
    yaml_event_t event;
    bool ok;

    if (!pass(parse, YAML_STREAM_START_EVENT) || !pass(parse, YAML_DOCUMENT_START_EVENT) || !event_next(parse, &event))
        return false;
    ok = node_read(parse, &event, root);
    yaml_event_delete(&event);
    if (!ok || !pass(parse, YAML_DOCUMENT_END_EVENT) || !pass(parse, YAML_STREAM_END_EVENT))
        return false;
    return (*root)->kind == NODE_MAP || reading_wrong(parse->reading, (*root)->line, "第一层要写成“词: 值”");
}

bool yaml_read(const struct reading *reading, struct slice bytes, const struct node **root)
{
    struct parse parse = {.reading = reading};
    struct node *node = NULL;
    bool ok;

    if (bytes.len > BYTES_MOST)
        return reading_wrong(reading, 1, "文件超过 1 MiB");
    if (!yaml_parser_initialize(&parse.parser))
        abort();
    yaml_parser_set_encoding(&parse.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parse.parser, (const unsigned char *)bytes.at, bytes.len);
    ok = document_read(&parse, &node);
    yaml_parser_delete(&parse.parser);
    *root = node;
    return ok;
}
