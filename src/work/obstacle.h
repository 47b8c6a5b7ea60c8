/*
 * What blocks a result (不敢转、不愿转、不会转、缺资金、缺人才、缺场景): signs read from the records, each with the record that shows it and where
 * it is mended. A sign is one statement over the open achievements; asked for one achievement or for all, it is the same statement, so
 * that the map counts what the pages show.
 *
 *   obstacle_signs    of one achievement
 *   obstacle_survey   of all that lie in the actor's scope, read once
 *   obstacle_map      of a survey, by field (GB/T 4754, divisions)
 *   obstacle_list     of a survey, those behind one cell of the map
 *
 * A sign is no judgement of people: it says what the records show, or what they do not.
 */
#ifndef TQ_WORK_OBSTACLE_H
#define TQ_WORK_OBSTACLE_H

#include "work/may.h"

enum obstacle { OBSTACLE_DARE, OBSTACLE_WANT, OBSTACLE_KNOW, OBSTACLE_MONEY, OBSTACLE_TALENT, OBSTACLE_SCENE, OBSTACLE_COUNT };

struct obstacle_text {
    const char *code, *label, *label_en;
};
const struct obstacle_text *obstacle_text(enum obstacle obstacle);
bool obstacle_by_code(struct slice code, enum obstacle *obstacle);

struct obstacle_sort {
    const char *code;
    enum obstacle obstacle;
    const char *says;        /* one line, "%lld" where there is a number */
    const char *remedy;      /* what to do */
    const char *remedy_path; /* "%lld": the evidence's id; NULL: the evidence's own page */
    const struct kind *evidence;
    const char *statement;   /* ?1 achievement or 0, ?2 now in ms, ?3 today; gives achievement, number, evidence's id */
};
extern const struct obstacle_sort obstacle_sorts[];
extern const size_t obstacle_sort_count;

struct obstacle_sign {
    const struct obstacle_sort *sort;
    int64_t achievement, number, evidence;
};

enum { OBSTACLE_SIGNS = 40 };
/* In the order of the obstacles. */
bool obstacle_signs(struct sql *sql, int64_t achievement, int64_t now_ms, struct obstacle_sign list[OBSTACLE_SIGNS], size_t *count, struct err *err);

/* May the actor see what blocks an achievement: its own unit, officers in whose scope it lies, auditors. */
bool obstacle_may(struct sql *sql, const struct actor *actor, const struct record *achievement, bool *let, struct err *err);
/* And the map: officers, the leader, his secretary, auditors. */
bool obstacle_may_map(const struct actor *actor);

/* In the arena, as are the texts of what is made of it. */
struct obstacle_survey;
bool obstacle_survey(struct sql *sql, const struct actor *actor, int64_t now_ms, struct arena *arena, struct obstacle_survey **survey, struct err *err);

struct obstacle_row {
    struct slice field;                /* division of GB/T 4754; "": achievements that name none */
    int64_t achievements;              /* open ones of the field; one that names several counts in each */
    int64_t blocked[OBSTACLE_COUNT];   /* of them, with a sign of the obstacle */
};
/* Most achievements first. *all: achievements in scope; each once. */
bool obstacle_map(struct sql *sql, const struct obstacle_survey *survey, struct obstacle_row **rows, size_t *count, struct obstacle_row *all,
                  struct err *err);

/* Achievements of a field (NULL: of all) that show a sign of the obstacle, the newest first, at most `most`. */
bool obstacle_list(struct sql *sql, const struct obstacle_survey *survey, const char *field, enum obstacle obstacle, struct obstacle_sign *list,
                   size_t most, size_t *count, struct err *err);

#endif
