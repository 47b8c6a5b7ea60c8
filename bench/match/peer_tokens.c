/*
 * The terms that libtqmatch makes of texts, for engines that take theirs ready made.
 *
 *   peer_tokens TEXTS.jsonl             "number<TAB>tokens" of each line's title and text; a token is x and the term's number
 *   peer_tokens --ids TEXTS.jsonl       "_id<TAB>tokens"
 */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "judged.h"
#include "match/token.h"

struct writing {
    long number;
    bool ids;
};

static void write_text(const char *text)
{
    struct tokens *tokens = tokens_mine();

    if (!text)
        return;
    tokens_read(tokens, (struct match_str){text, strlen(text)}, false);
    for (size_t t = 0; t < tokens->count; t++)
        printf(" x%llx", (unsigned long long)tokens->list[t].term);
}

static void write_line(void *arg, json_t *object)
{
    struct writing *writing = arg;
    const json_t *id = json_object_get(object, "_id");

    if (!writing->ids)
        printf("%ld\t", writing->number++);
    else if (json_is_integer(id))
        printf("%lld\t", (long long)json_integer_value(id));
    else
        printf("%s\t", json_string_value(id));
    write_text(json_string_value(json_object_get(object, "title")));
    write_text(json_string_value(json_object_get(object, "text")));
    putchar('\n');
}

int main(int argc, char **argv)
{
    struct writing writing = {.ids = argc == 3 && strcmp(argv[1], "--ids") == 0};

    if (argc != 2 + writing.ids) {
        fprintf(stderr, "usage: peer_tokens [--ids] TEXTS.jsonl\n");
        return 2;
    }
    jsonl_each(argv[argc - 1], write_line, &writing);
    return 0;
}
