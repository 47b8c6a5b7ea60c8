/* A time stamp from outside over a checkpoint. */
#include "base/clock.h"
#include "seal/stamp.h"
#include "verify/verify.h"

bool verify_stamp(const struct wanted *wanted, const char *path, struct text *said, struct err *err)
{
    struct checkpoint checkpoint;
    struct text bytes, reply;
    char when[CLOCK_TEXT];
    int64_t time_ms;
    bool ok;

    if (!wanted->reply || !wanted->ca)
        return err_set(err, ERR_INVALID, "要用 --reply 给出时间戳的应答，用 --ca 给出信任的证书");
    text_init(&bytes);
    text_init(&reply);
    ok = verify_read(path, &bytes, err) && verify_read(wanted->reply, &reply, err)
         && verify_signed(wanted, text_slice(&bytes), &checkpoint, said, err)
         && seal_stamp_read(text_slice(&reply), text_slice(&bytes), -1, wanted->ca, &time_ms, err);
    if (ok)
        text_print(said, "；信任的时间戳服务证明它在 %s 已经有了", clock_show_minute(time_ms, when));
    text_release(&bytes);
    text_release(&reply);
    return ok;
}
