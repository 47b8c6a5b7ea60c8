/* Xapian's glass, compacted, BM25 with k1 = 1.2 and b = 0.75. */
#include <string>
#include <vector>

#include <xapian.h>

#include "peer.h"

namespace {
const size_t TERMS_MOST = 20000;
Xapian::WritableDatabase making;
std::string made, compacted;
Xapian::Database database;
} // namespace

void peer_begin(const char *folder)
{
    made = std::string(folder) + "/made";
    compacted = std::string(folder) + "/db";
    making = Xapian::WritableDatabase(made, Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS);
}

void peer_put(int64_t doc, const char *tokens)
{
    Xapian::Document document;
    std::string text(tokens);

    for (size_t from = 0, to; from < text.size(); from = to + 1) {
        to = text.find(' ', from);
        if (to == std::string::npos)
            to = text.size();
        if (to > from)
            document.add_term(text.substr(from, to - from));
    }
    making.replace_document(static_cast<Xapian::docid>(doc + 1), document);
}

void peer_end(void)
{
    making.commit();
    making.close();
    Xapian::Database(made).compact(compacted);
}

void peer_open(const char *folder)
{
    database = Xapian::Database(std::string(folder) + "/db");
}

void peer_close(void)
{
    database.close();
}

size_t peer_ask(char *tokens, size_t k, struct peer_hit *hits)
{
    static char *terms[TERMS_MOST];
    size_t count = peer_split(tokens, terms, TERMS_MOST), found = 0;
    Xapian::Enquire enquire(database);

    enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.75, 0));
    enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, terms, terms + count));
    Xapian::MSet set = enquire.get_mset(0, static_cast<Xapian::doccount>(k));
    for (Xapian::MSetIterator at = set.begin(); at != set.end(); ++at)
        hits[found++] = peer_hit{static_cast<int64_t>(*at) - 1, at.get_weight()};
    return found;
}
