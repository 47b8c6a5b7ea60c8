#include "../base/cases.h"

#include "work/chain.h"

static const struct {
    const char *lines;
    int64_t fen;
    const char *bodies; /* asked at this amount, parted by blanks; NULL: not accepted */
} chains[] = {
    {"", 1, "单位领导班子集体决策"},
    {"院系\n\n校长办公会 500万元以上", 499999999, "院系"},
    {"院系\n校长办公会 500万元以上", 500000000, "院系 校长办公会"},
    {"Faculty\nBoard from 5000000", 499999999, "Faculty"},
    {"Faculty\nBoard from 5000000", 500000000, "Faculty Board"},
    {"校长办公会 很多以上", 1, NULL},
    {"500万元以上", 1, NULL},
    {"Board from above", 1, NULL},
};

static void a_chain_asks_those_from_whose_amount_on_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(chains); i++) {
        struct slice rest = slice_of(chains[i].bodies ? chains[i].bodies : ""), body;
        struct chain chain;
        struct err err;
        bool read = chain_read(slice_of(chains[i].lines), chains[i].fen, &chain, &err);

        assert_int_equal(read, chains[i].bodies != NULL);
        if (!read) {
            assert_string_equal(err.field, "approvals");
            continue;
        }
        for (size_t b = 0; b < chain.count; b++) {
            assert_true(slice_cut(&rest, ' ', &body));
            assert_true(slice_same(body, chain.bodies[b]));
        }
        assert_int_equal(rest.len, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_chain_asks_those_from_whose_amount_on_it_is)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
