/* The choice lists of an area stand in a file of its own (choice_AREA.c) and are found by choice.c. */
#ifndef TQ_RECORD_CHOICE_INT_H
#define TQ_RECORD_CHOICE_INT_H

#include "record/choice.h"

#define LIST(array_name, list_name) {list_name, array_name, sizeof array_name / sizeof *array_name}

struct choice_area {
    const struct choice_list *lists;
    size_t count;
};

/* How many lists there are is said here, and held against the array where it is defined. */
enum { CHOICES_MATTER = 1 };
extern const struct choice_list choices_matter[CHOICES_MATTER];
/* policy */
enum { CHOICES_POLICY = 1 };
extern const struct choice_list choices_policy[CHOICES_POLICY];
/* finance */
enum { CHOICES_FINANCE = 8 };
extern const struct choice_list choices_finance[CHOICES_FINANCE];
/* fund */
enum { CHOICES_FUND = 11 };
extern const struct choice_list choices_fund[CHOICES_FUND];
/* talent */
enum { CHOICES_TALENT = 10 };
extern const struct choice_list choices_talent[CHOICES_TALENT];
/* pilot */
enum { CHOICES_PILOT = 17 };
extern const struct choice_list choices_pilot[CHOICES_PILOT];
/* service */
enum { CHOICES_SERVICE = 7 };
extern const struct choice_list choices_service[CHOICES_SERVICE];
/* board */
enum { CHOICES_BOARD = 9 };
extern const struct choice_list choices_board[CHOICES_BOARD];
/* view */
enum { CHOICES_BUNDLE = 3 };
extern const struct choice_list choices_bundle[CHOICES_BUNDLE];
/* consult */
enum { CHOICES_CONSULT = 10 };
extern const struct choice_list choices_consult[CHOICES_CONSULT];
/* steer */
enum { CHOICES_STEER = 8 };
extern const struct choice_list choices_steer[CHOICES_STEER];

#endif
