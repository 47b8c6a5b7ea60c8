/* What the tests of match/ share: a folder of one's own, documents in a line, random texts. */
#ifndef TQ_TEST_MATCH_KIT_H
#define TQ_TEST_MATCH_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "match/match.h"

/* A new empty folder under the build's temporary folder; removed by kit_folder_end. */
char *kit_folder(void);
void kit_folder_end(char *folder);

struct match_index *kit_open(const char *folder, const struct match_options *options);

struct match_str kit_str(const char *text);

/* A document with public title and text and nothing else. */
struct kit_doc {
    struct match_doc doc;
    struct match_text texts[8];
    struct match_code codes[4];
};
void kit_doc(struct kit_doc *doc, int64_t id, unsigned kind, const char *title, const char *text);
void kit_text(struct kit_doc *doc, enum match_class class_, enum match_level level, const char *text);
void kit_code(struct kit_doc *doc, const char *tree, const char *path);

void kit_put(struct match_index *index, const struct kit_doc *doc);
void kit_put_line(struct match_index *index, int64_t id, unsigned kind, const char *title, const char *text);
void kit_drop(struct match_index *index, int64_t id);
void kit_commit(struct match_index *index, uint64_t applied);

void kit_search(struct match_index *index, const struct match_query *query, struct match_hits *hits);
/* The ids of a kind's hits as "3 1 2". */
void kit_ids(struct match_index *index, const char *text, unsigned kind, char *out, size_t size);

/* Every byte of an answer that is not an address, for comparing: free it. */
char *kit_dump(const struct match_hits *hits);
/* The same of the best k of each kind for a text. */
char *kit_answer(struct match_index *index, const char *text, const struct match_asker *asker, size_t k);

uint64_t kit_random(uint64_t *seed);
unsigned kit_below(uint64_t *seed, unsigned count); /* 0..count-1 */
/* `words` random words of Chinese and Latin, some frequent and most rare, into out. */
void kit_random_text(uint64_t *seed, unsigned words, char *out, size_t size);

/*
 * Documents of kind 0. Every second one is of one of two topics: it has the topic's twelve words, "c1w0".."c1w11" or "c2w0"..,
 * and one of fifteen for the same thing, "r1n0".."r1n14", that only every fifteenth has. So words alone do not lead from
 * "r1n3" to a document with "r1n4"; that they say the same can be learned. The others are of many words without a topic.
 */
void kit_topic(struct kit_doc *doc, int64_t id, char *text, size_t size);
void kit_put_topics(struct match_index *index, int64_t from, int64_t to);

/* Learns a model of 64 dimensions from what is in the index into folder/NAME and makes the index use it. */
void kit_learn(struct match_index *index, const char *path);
/* "FOLDER.model": beside it, so that it is none of the index's files. To be freed. */
char *kit_model_path(const char *folder);
/* All documents of the index have their vector. */
void kit_meant(struct match_index *index);

#endif
