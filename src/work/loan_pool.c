/* What a risk pool does when a loan moves. A loan that no pool covers moves by itself. */
#include "work/loan.h"

bool loan_pool_signed(struct matter_draft *draft, struct err *err)
{
    (void)draft, (void)err;
    return true;
}

bool loan_pool_drawn(struct matter_draft *draft, int64_t amount, struct err *err)
{
    (void)draft, (void)amount, (void)err;
    return true;
}

bool loan_pool_repaid(struct matter_draft *draft, int64_t amount, struct err *err)
{
    (void)draft, (void)amount, (void)err;
    return true;
}

bool loan_pool_claimed(struct matter_draft *draft, int64_t amount, struct err *err)
{
    (void)draft, (void)amount, (void)err;
    return true;
}
