/*
 * How long many policies over many enterprises take: made-up rules of at least four conditions and eight comparisons over 60 facts, of
 * which 12 % are not known; the trace of every row is made and hashed.
 *
 *   bench-rules CALENDAR RULES ROWS ONE [SEED]   ONE: how many rows are asked one by one beside it, for the ratio and byte by byte
 *
 * Prints seconds of reading the rules, loading the facts, asking with the trace; then one by one; then the ratio.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "rules/bulk.h"
#include "seal/seal.h"

enum { FACTS = 60, NAME = 16, TODAY = 20785 /* 2026-11-28 */, CONDITIONS = 4, TRACE = 2 + CONDITIONS + 9 };

static uint64_t seed;

static uint64_t next(void)
{
    uint64_t z = (seed += UINT64_C(0x9e3779b97f4a7c15));

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static unsigned draw(unsigned below)
{
    return (unsigned)(next() % below);
}

/* --- the files: facts m0… are money, n… numbers, d… days, y… yes, c… codes --- */

static const struct {
    char letter;
    const char *kind;
    enum fact_kind is;
    unsigned count;
} sorts[] = {{'m', "money", FACT_MONEY, 22}, {'n', "number", FACT_NUMBER, 14}, {'d', "day", FACT_DAY, 8}, {'y', "yes", FACT_YES, 10},
             {'c', "code", FACT_CODE, 6}};

static void file_write(const char *folder, const char *name, const struct text *text)
{
    char path[200];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "w");
    if (!file || fwrite(text->at, 1, text->len, file) != text->len || fclose(file) != 0)
        exit(fprintf(stderr, "%s: cannot be written\n", path));
}

static void dictionary_write(const char *folder)
{
    struct text out;

    text_init(&out);
    for (size_t s = 0; s < sizeof sorts / sizeof *sorts; s++)
        for (unsigned i = 0; i < sorts[s].count; i++)
            text_print(&out, "%c%u: {kind: %s, label: %c%u%s}\n", sorts[s].letter, i, sorts[s].kind, sorts[s].letter, i,
                       sorts[s].is == FACT_CODE ? ", choices: {a: 甲, b: 乙, c: 丙}" : "");
    text_puts(&out, "today: {kind: day, label: 当日}\n");
    file_write(folder, "facts/all.yaml", &out);
    text_release(&out);
}

/* Shaped as the policies in rules/lanzhou are: figures with a floor, a share of a base, a status, a period, something not held against it. */
static void rule_write(const char *folder, unsigned serial)
{
    unsigned m = draw(22), base = (m + 1 + draw(21)) % 22, n = draw(14), d = draw(8), y = draw(10), z = (y + 1 + draw(9)) % 10, c = draw(6);
    char name[40];
    struct text out;

    text_init(&out);
    text_print(&out, "rule: P%u\ntitle: 政策 %u\nsummary: 示例\nregion: 100000\nvalid_from: 2026-01-01\nsource: unverified\narticles:\n"
               "  - {document: 示例, source: unverified}\nparameters:\n  floor: {label: 下限, value: %u万元, source: unverified}\n"
               "  part: {label: 比例, value: %u%%, source: unverified}\n  rate: {label: 补助比例, value: %u%%, source: unverified}\n"
               "  cap: {label: 上限, value: %u万元, source: unverified}\n  people: {label: 人数, value: %u, source: unverified}\n"
               "  months: {label: 月, value: %u, source: unverified}\n", serial, serial, 10 + draw(400), 2 + draw(6), 5 + draw(30),
               20 + draw(200), 5 + draw(200), 12 + draw(24));
    text_print(&out, "facts: [m%u, m%u, n%u, d%u, y%u, y%u, c%u, today]\napplies: y%u = 1\nconditions:\n", m, base, n, d, y, z, c, y);
    text_print(&out, "  - {name: size, says: 规模, holds: \"m%u >= $floor and n%u >= $people and n%u <= 5000\"}\n", m, n, n);
    text_print(&out, "  - {name: share, says: 占比, holds: \"iif(m%u > 0, share_ge(m%u, m%u, $part), 0) or m%u > $cap\"}\n", base, m, base,
               base);
    text_print(&out, "  - {name: status, says: 资质, holds: \"c%u in ('a', 'b') or (c%u = 'c' and n%u > 100)\"}\n", c, c, n);
    text_print(&out, "  - {name: clean, says: 期限与信用, holds: \"y%u = 0 and today <= months_after(d%u, $months) and today >= d%u\"}\n", z,
               d, d);
    text_print(&out, "results:\n  amount: {kind: money, label: 金额, value: \"least(part(m%u, $rate), $cap)\"}\n"
               "examples:\n  - {name: 空, answer: unknown, why: 示例}\n", m);
    snprintf(name, sizeof name, "national/P%u.yaml", serial);
    file_write(folder, name, &out);
    text_release(&out);
}

/* --- the facts --- */

static void facts_draw(struct fact facts[FACTS + 1], char (*names)[NAME], int32_t today)
{
    static const char *const codes[] = {"a", "b", "c"};
    size_t at = 0;

    for (size_t s = 0; s < sizeof sorts / sizeof *sorts; s++)
        for (unsigned i = 0; i < sorts[s].count; i++, at++) {
            struct fact *fact = &facts[at];

            *fact = (struct fact){.name = names[at], .kind = sorts[s].is, .known = draw(100) >= 12};
            if (fact->kind == FACT_MONEY)
                fact->value = (int64_t)(next() % 2000000000);
            else if (fact->kind == FACT_NUMBER)
                fact->value = draw(600);
            else if (fact->kind == FACT_DAY)
                fact->value = today - (int64_t)draw(1500);
            else if (fact->kind == FACT_YES)
                fact->value = draw(2);
            else
                fact->code = slice_of(codes[draw(3)]);
        }
    facts[at] = (struct fact){.name = "today", .kind = FACT_DAY, .known = true, .value = today};
}

/* --- the trace: a row's verdict, each truth, each result --- */

static void trace_put(unsigned char *at, unsigned char verdict, unsigned char applies, const unsigned char *truths, bool known, int64_t value)
{
    at[0] = verdict;
    at[1] = applies;
    memcpy(at + 2, truths, CONDITIONS);
    at[2 + CONDITIONS] = known;
    memcpy(at + 3 + CONDITIONS, &value, sizeof value);
}

struct tally {
    unsigned char *kept;      /* of the first `rows` rows, by rule */
    size_t rows, rules, rule; /* rule: which comes next */
    int64_t verdicts[4], amount;
    uint64_t hash;
};

static bool tell(void *arg, const struct rule_rows *rows, struct err *err)
{
    struct tally *tally = arg;
    unsigned char trace[TRACE];

    (void)err;
    for (size_t i = 0; i < rows->count; i++) {
        const unsigned char truths[CONDITIONS] = {rows->conditions[0][i], rows->conditions[1][i], rows->conditions[2][i],
                                                  rows->conditions[3][i]};
        uint64_t words[2] = {0, 0};

        if (rows->wrong[i])
            exit(fprintf(stderr, "a row is wrong\n"));
        trace_put(trace, rows->verdicts[i], rows->applies[i], truths, rows->known[0][i], rows->results[0][i]);
        memcpy(words, trace, TRACE);
        tally->hash = (tally->hash ^ words[0]) * UINT64_C(0x9e3779b97f4a7c15);
        tally->hash = ((tally->hash >> 29) ^ words[1]) * UINT64_C(0xbf58476d1ce4e5b9);
        tally->verdicts[rows->verdicts[i]]++;
        tally->amount += rows->verdicts[i] == RULE_YES ? rows->results[0][i] : 0;
        if (rows->from + i < tally->rows)
            memcpy(tally->kept + ((rows->from + i) * tally->rules + tally->rule) * TRACE, trace, TRACE);
    }
    tally->rule = (tally->rule + 1) % tally->rules;
    return true;
}

/* Asked one by one: the rest of what rule_ask makes is made too. Returns how many bytes differ. */
static size_t one_by_one(struct rulebook *book, const struct rule *const *rules, const struct tally *tally, char (*names)[NAME], int32_t today,
                         uint64_t from_seed)
{
    struct fact facts[FACTS + 1];
    struct arena arena;
    size_t differ = 0;
    struct err err;

    seed = from_seed;
    arena_init(&arena);
    for (size_t row = 0; row < tally->rows; row++) {
        facts_draw(facts, names, today);
        for (size_t r = 0; r < tally->rules; r++) {
            unsigned char trace[TRACE], truths[CONDITIONS];
            struct answer answer;

            if (!rule_ask(book, rules[r], facts, FACTS + 1, &arena, &answer, &err))
                exit(fprintf(stderr, "%s\n", err.message));
            for (size_t c = 0; c < CONDITIONS; c++)
                truths[c] = (unsigned char)answer.conditions[c];
            trace_put(trace, (unsigned char)answer.verdict, (unsigned char)answer.applies, truths, answer.results[0].value.known,
                      answer.results[0].value.known ? answer.results[0].value.number : 0);
            differ += memcmp(trace, tally->kept + (row * tally->rules + r) * TRACE, TRACE) != 0;
            arena_reset(&arena);
        }
    }
    arena_release(&arena);
    return differ;
}

static double since(int64_t start)
{
    return (double)(clock_steady_us() - start) / 1e6;
}

static struct rulebook *book_make(const char *calendar_folder, const char *folder, unsigned count, struct calendar **calendar)
{
    struct rulebook *book;
    struct err err;
    char command[300];

    snprintf(command, sizeof command, "mkdir -p '%s/facts' '%s/national'", folder, folder);
    if (system(command) != 0)
        exit(1);
    dictionary_write(folder);
    for (unsigned i = 0; i < count; i++)
        rule_write(folder, i);
    if (!seal_start(&err) || !calendar_load(calendar_folder, calendar, &err) || !rulebook_load(folder, *calendar, &book, &err))
        exit(fprintf(stderr, "%s\n", err.message));
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0)
        exit(1);
    return book;
}

static void names_make(char (*names)[NAME])
{
    size_t at = 0;

    for (size_t s = 0; s < sizeof sorts / sizeof *sorts; s++)
        for (unsigned i = 0; i < sorts[s].count; i++)
            snprintf(names[at++], sizeof *names, "%c%u", sorts[s].letter, i);
}

static struct fact_table *table_make(const struct rule *const *rules, size_t count, size_t rows, char (*names)[NAME], int32_t today,
                                     double *drawing)
{
    struct fact_table *table = fact_table_new(rules, count);
    struct fact (*facts)[FACTS + 1] = malloc(1000 * sizeof *facts);
    struct err err;

    *drawing = 0;
    for (size_t from = 0; from < rows; from += 1000) {
        int64_t start = clock_steady_us();

        for (size_t i = 0; i < 1000; i++)
            facts_draw(facts[i], names, today);
        *drawing += since(start);
        for (size_t i = 0; i < 1000 && from + i < rows; i++)
            if (!fact_table_add(table, (int64_t)(from + i), facts[i], FACTS + 1, &err))
                exit(fprintf(stderr, "%s\n", err.message));
    }
    free(facts);
    return table;
}

struct run {
    const struct rule **rules;
    size_t count, rows, differ;
    double reading, loading, asking, single;
    long memory; /* KiB at most, before it is asked one by one */
    struct tally tally;
};

static void report(const struct run *run)
{
    const struct tally *tally = &run->tally;
    double together = run->loading + run->asking, pairs = (double)run->count * (double)run->rows;

    printf("rules %zu, rows %zu, facts %d: reading the rules %.2f s, loading the facts %.2f s, asking with the trace %.2f s, together %.2f s\n",
           run->count, run->rows, FACTS, run->reading, run->loading, run->asking, together);
    printf("no %lld, yes %lld, unknown %lld, not applicable %lld; due %lld fen; trace %016llx; %ld MiB at most\n",
           (long long)tally->verdicts[RULE_NO], (long long)tally->verdicts[RULE_YES], (long long)tally->verdicts[RULE_UNKNOWN],
           (long long)tally->verdicts[RULE_NOT_APPLICABLE], (long long)tally->amount, (unsigned long long)tally->hash, run->memory / 1024);
    printf("%.1f million rules × firms a second", pairs / together / 1e6);
    if (tally->rows)
        printf("; one by one %.3f million; %.0f times; %zu of %zu rows differ", (double)run->count * (double)tally->rows / run->single / 1e6,
               (double)run->rows * run->single / (double)tally->rows / together, run->differ, tally->rows * run->count);
    printf("\n");
}

static void measure(struct run *run, struct rulebook *book, uint64_t first)
{
    char names[FACTS][NAME];
    struct fact_table *table;
    struct rusage used;
    int64_t start;
    double drawing;
    struct err err;

    names_make(names);
    seed = first;
    start = clock_steady_us();
    table = table_make(run->rules, run->count, run->rows, names, TODAY, &drawing);
    run->loading = since(start) - drawing;
    start = clock_steady_us();
    if (!rule_ask_all(book, run->rules, run->count, table, tell, &run->tally, &err))
        exit(fprintf(stderr, "%s\n", err.message));
    run->asking = since(start);
    getrusage(RUSAGE_SELF, &used);
    run->memory = used.ru_maxrss;
    start = clock_steady_us();
    run->differ = one_by_one(book, run->rules, &run->tally, names, TODAY, first);
    run->single = since(start);
    fact_table_free(table);
}

int main(int argc, char **argv)
{
    size_t count = argc > 2 ? strtoul(argv[2], NULL, 10) : 0, rows = argc > 3 ? strtoul(argv[3], NULL, 10) : 0;
    struct run run = {.rules = calloc(count + 1, sizeof *run.rules), .count = count, .rows = rows,
                      .tally = {.rows = argc > 4 ? strtoul(argv[4], NULL, 10) : 0, .rules = count}};
    uint64_t first = argc > 5 ? strtoull(argv[5], NULL, 10) : 1;
    char folder[] = "/tmp/tq-bench-rules-XXXXXX";
    struct calendar *calendar;
    struct rulebook *book;
    int64_t start = clock_steady_us();

    if (argc < 5 || !count || !rows || run.tally.rows > rows || !mkdtemp(folder))
        return fprintf(stderr, "bench-rules CALENDAR RULES ROWS ONE [SEED]\n"), 2;
    seed = first * 7919;
    book = book_make(argv[1], folder, (unsigned)count, &calendar);
    run.reading = since(start);
    for (size_t i = 0; i < count; i++)
        run.rules[i] = rulebook_at(book, i);
    run.tally.kept = calloc(run.tally.rows * count + 1, TRACE);
    measure(&run, book, first);
    report(&run);
    rulebook_free(book);
    calendar_free(calendar);
    free(run.tally.kept);
    free(run.rules);
    return run.differ ? 1 : 0;
}
