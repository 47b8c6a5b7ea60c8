/*
 * Transfers of the past (历史补录): rows of a university's own tables (record/past.h) become deals with their papers.
 *
 *   past_check   a row of an import against itself, the rest of the file and what is there (work/import_int.h)
 *   past_put     the row, the papers made of it, the deal and where need be its achievement, in the caller's step
 *   past_words   other people's words for what a row's cells may say
 *
 * A past deal is marked (DEAL_PAST). None of today's gates is asked of it and no ruling is made up: what its rows do not show is
 * shown as not seen (pier_state.unseen), and never stands in the way of what comes after. Steps taken here later, another
 * receipt, its reward, are held to today's rules like any other; what was imported counts as dealt with in its time.
 *
 * What must not be so is an error of its row: days that have not come, a registration before its contract, more received than
 * agreed, a number twice. What ought not to have been so and may have been all the same (signed while it was still announced)
 * is a remark kept with the row.
 */
#ifndef TQ_WORK_PAST_H
#define TQ_WORK_PAST_H

#include "record/past.h"
#include "record/record.h"

/* Whose hand writes, under which request. */
struct past_hand {
    struct sql *sql;
    struct arena *arena;
    const char *request_id;
    int64_t time_ms;
    const unsigned char *actor; /* LEAF_ACTOR bytes; NULL: the program */
    int64_t account;
    uint8_t part;               /* of the next leaf; the row's is 0. From 1 */
};

/*
 * Puts `row` over `prior` (NULL: it is new) and brings the deal into line: of papers that are there only the fields in which the
 * two rows differ are written, so that what was amended here since stays. The row's id, owner and author are set by the caller.
 */
bool past_put(struct past_hand *hand, struct record *row, const struct record *prior, struct err *err);

/* Puts the words of the kind's choices in place of other people's; parts 公示起止 into its two days. */
void past_words(const struct kind *kind, struct slice typed[FIELDS_MAX], struct arena *arena);

/* One who was paid. */
struct past_share {
    struct slice name;
    int64_t fen, person; /* 0: has no number here, or not one alone */
};

enum { PAST_PEOPLE = 200 };

/*
 * "曾某（示例） 60000；贺某（示例）：4 万元", plain numbers in `unit` ("": yuan; "万元"). ERR_INVALID says at which piece it cannot be
 * read.
 */
bool past_people_read(struct slice typed, const char *unit, struct arena *arena, struct past_share *shares, size_t *count,
                      struct err *err);
/* The lines as kept with the row, read back in the unit "": "曾某（示例） 60000.00 元 #12". */
struct slice past_people_show(const struct past_share *shares, size_t count, struct arena *arena);

#endif
