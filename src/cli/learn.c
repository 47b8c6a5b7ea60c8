/* tieqiao learn: what a city makes of its own judgements. */
#include "cli/learn.h"

int verb_learn(int argc, char **argv, const struct where *where)
{
    if (flag_take(&argc, argv, "--rating"))
        return learn_rating(argc, argv, where);
    return verb_usage("用法：tieqiao learn --rating …；tieqiao learn --help 有说明");
}
