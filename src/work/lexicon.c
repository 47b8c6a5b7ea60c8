#include "work/lexicon.h"

#include <limits.h>
#include <unistd.h>

#include "base/log.h"

enum { FILES = 2 };

static bool has_any(const struct city *city)
{
    struct match_stats stats;

    match_stats(city->index, &stats);
    return stats.lexicon_pairs > 0;
}

void lexicon_bring(struct city *city)
{
    char paths[FILES][PATH_MAX];
    const char *files[FILES];
    struct match_err problem;
    size_t count = 0;

    snprintf(paths[0], PATH_MAX, "%s/words/cc_cedict/lexicon.tsv", city->share);
    snprintf(paths[1], PATH_MAX, "%s/lexicon.tsv", city->data);
    for (size_t f = 0; f < FILES; f++)
        if (access(paths[f], F_OK) == 0)
            files[count++] = paths[f];
    if (match_lexicon(city->index, files, count, &problem))
        return;
    log_warn("lexicon: %s; the index goes on with what it had", problem.message);
    snprintf(city->unread_words, sizeof city->unread_words, "%s", problem.message);
    /* A new index had nothing: a slip in the city's own words is not to cost it the dictionary that comes along. */
    if (count == FILES && !has_any(city) && !match_lexicon(city->index, files, 1, &problem))
        log_warn("lexicon: %s", problem.message);
}
