/*
 * What takes long is set aside: its handler runs on threads of its own, so that the workers, for whom everybody waits, stay
 * free. Handlers need not know, but for one thing: there they begin without a snapshot and take one with request_look when
 * what takes long is over.
 *
 *   documents   PDF, DOCX and XLSX that people drop (read by tieqiao-read, up to ten seconds of a processor each): a room for
 *               visitors and one for those signed in, so that no stranger stands in a member's way
 *   attachments files for a deal or a pilot job: put into the database by parts, each behind what others write meanwhile
 *   sheets      patents, facts, a bank's decisions, counts, results that come back to a registration agency: a file of thousands of
 *               rows, each of which is judged (a member's room)
 *   exports     what is taken out as a file: a list (a million rows take a minute), a deal's papers, its attachments, its pack
 *   open data   the files that everybody may take out, so that no stranger stands in a member's way
 *   audits      what an auditor asks is computed over every deal there is
 *   surveys     what officers ask of all firms or results of their place: R&D by firm, whom policies reach, what blocks results
 *
 * In each room two work and a few wait; who finds it full is told so at once (ERR_BUSY), and nobody else notices.
 */
#ifndef TQ_WEB_ASIDE_H
#define TQ_WEB_ASIDE_H

#include "web/request.h"

struct aside;

bool aside_open(struct aside **aside, struct err *err);

/* From now on what has not begun is refused; before http_stop, which waits for what is under way. */
void aside_stop(struct aside *aside);

/* Ends what is under way. NULL: nothing to close. */
void aside_close(struct aside *aside);

/* Is this request to be set aside? */
bool aside_wanted(const struct request *request);

/* Keeps the request and queues its handler, which is answered for like one on a worker. */
bool aside_handle(struct request *request, struct err *err);

#endif
