/* `load PORT CONNECTIONS SECONDS [RATE]`: requests/s and latency, closed without a rate, open with one. */
#include <sys/resource.h>

#include "../../tests/unit/web/http_load.h"

int main(int argc, char **argv)
{
    struct load_plan plan = {.request = SLICE("GET /some/page?q=1 HTTP/1.1\r\nHost: tieqiao.test\r\nUser-Agent: load\r\n"
                                              "Accept: text/html\r\nCookie: sid=0123456789abcdef0123456789abcdef\r\n\r\n")};
    struct load_result result;
    struct rlimit files;

    if (argc < 4) {
        fprintf(stderr, "load PORT CONNECTIONS SECONDS [RATE]\n");
        return 2;
    }
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    plan.port = (unsigned)strtoul(argv[1], NULL, 10);
    plan.connections = (unsigned)strtoul(argv[2], NULL, 10);
    plan.us = (int64_t)(strtod(argv[3], NULL) * 1e6);
    plan.rate = argc > 4 ? strtod(argv[4], NULL) : 0;
    load_run(&plan, &result);
    printf("%.0f %.2f %.2f %.0f %llu\n", (double)result.good / result.seconds, (double)result.p50_us / 1000,
           (double)result.p99_us / 1000, (double)result.busy / result.seconds,
           (unsigned long long)(result.other + result.broken));
    return 0;
}
