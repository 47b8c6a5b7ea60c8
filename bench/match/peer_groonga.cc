// Groonga: the tokens parted at blanks, the index made after the documents, as Groonga advises; its tf-idf, the cheapest of its scorers.
#include <cstdlib>
#include <cstring>
#include <string>

#include <groonga.h>

#include "peer.h"

namespace {
const size_t TERMS_MOST = 20000;
grn_ctx ctx;
grn_obj *db, *table, *column;

std::string say(const std::string &command)
{
    char *answer = nullptr;
    unsigned len = 0;
    int flags;

    grn_ctx_send(&ctx, command.data(), static_cast<unsigned>(command.size()), 0);
    grn_ctx_recv(&ctx, &answer, &len, &flags);
    peer_must(ctx.rc == GRN_SUCCESS, ctx.errbuf);
    return std::string(answer, len);
}

std::string start(const char *folder)
{
    peer_must(grn_init() == GRN_SUCCESS && grn_ctx_init(&ctx, 0) == GRN_SUCCESS, "groonga does not start");
    return std::string(folder) + "/db";
}

// The rows of [[count],[names],[id,score],...].
size_t read_rows(const std::string &answer, size_t k, struct peer_hit *hits)
{
    const char *names_end = std::strstr(answer.c_str(), "]],"), *row = names_end ? std::strchr(names_end + 3, '[') : nullptr;
    size_t count = 0;

    for (; row && count < k; row = std::strchr(row + 1, '[')) {
        char *rest;
        int64_t id = std::strtoll(row + 1, &rest, 10);

        peer_must(*rest == ',', "no row");
        hits[count++] = peer_hit{id - 1, std::strtod(rest + 1, nullptr)};
    }
    return count;
}
} // namespace

void peer_begin(const char *folder)
{
    db = grn_db_create(&ctx, start(folder).c_str(), nullptr);
    peer_must(db != nullptr, ctx.errbuf);
    say("table_create D TABLE_NO_KEY");
    say("column_create D b COLUMN_SCALAR Text");
    say("table_create T TABLE_PAT_KEY ShortText --default_tokenizer TokenDelimit");
    table = grn_ctx_get(&ctx, "D", 1);
    column = grn_ctx_get(&ctx, "D.b", 3);
}

// Documents come in the order of their numbers, so a record's id is its document's number + 1.
void peer_put(int64_t doc, const char *tokens)
{
    grn_id id = grn_table_add(&ctx, table, nullptr, 0, nullptr);
    grn_obj value;

    peer_must(id == static_cast<grn_id>(doc + 1), "a document out of order");
    GRN_TEXT_INIT(&value, GRN_OBJ_DO_SHALLOW_COPY);
    GRN_TEXT_SET_REF(&value, tokens, std::strlen(tokens));
    grn_obj_set_value(&ctx, column, id, &value, GRN_OBJ_SET);
    GRN_OBJ_FIN(&ctx, &value);
}

void peer_end(void)
{
    say("column_create T i COLUMN_INDEX D b");
    peer_close();
}

void peer_open(const char *folder)
{
    db = grn_db_open(&ctx, start(folder).c_str());
    peer_must(db != nullptr, ctx.errbuf);
}

void peer_close(void)
{
    grn_obj_close(&ctx, db);
    grn_ctx_fin(&ctx);
    grn_fin();
}

size_t peer_ask(char *tokens, size_t k, struct peer_hit *hits)
{
    static char *terms[TERMS_MOST];
    size_t count = peer_split(tokens, terms, TERMS_MOST);
    std::string command = "select D --match_columns \"scorer_tf_idf(b)\" --sort_keys -_score --output_columns _id,_score --cache no --limit "
        + std::to_string(k) + " --query \"";

    for (size_t t = 0; t < count; t++)
        command += std::string(t ? " OR " : "") + terms[t];
    return read_rows(say(command + "\""), k, hits);
}
