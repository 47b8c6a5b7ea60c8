/* Choices of what all sides do together (record/matter.c). */
#include "record/choice_int.h"

static const struct choice contact_outcome[] = {
    {"talks", "继续商谈", "Talks go on"},
    {"agreed", "达成合作", "Agreed to work together"},
    {"none", "没有谈成", "Came to nothing"},
};

const struct choice_list choices_matter[CHOICES_MATTER] = {
    LIST(contact_outcome, "contact_outcome"),
};
