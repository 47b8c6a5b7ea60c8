/*
 * One engine among others, under one harness: each peer_*.c defines these functions and is linked with peer.c.
 * Texts are tokens parted by blanks, of letters and digits alone, so that every engine has the same terms.
 */
#ifndef TQ_BENCH_MATCH_PEER_H
#define TQ_BENCH_MATCH_PEER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct peer_hit {
    int64_t doc;
    double score;
};

/* Ends the program with a message when `good` is false. */
void peer_must(int good, const char *message);

/* A new index in an empty folder; peer_end leaves it as small and fast as the engine makes it. */
void peer_begin(const char *folder);
void peer_put(int64_t doc, const char *tokens);
void peer_end(void);

void peer_open(const char *folder);
void peer_close(void);

/* The k best of an OR of the tokens, which may be cut up. hits: k of them. */
size_t peer_ask(char *tokens, size_t k, struct peer_hit *hits);

/*
 * For engines that take a query as terms: the tokens, ascending, cut up in place; at most `most`. Where time is measured each
 * different one once, which is less to do; where quality is, as often as it stands in the query: it counts for more.
 */
size_t peer_split(char *tokens, char **list, size_t most);

#ifdef __cplusplus
}
#endif

#endif
