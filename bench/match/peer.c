/*
 *   peer build DOCUMENTS FOLDER             "documents seconds"
 *   peer time FOLDER QUERIES K FROM COUNT SECONDS   "asked seconds median p99" of these queries, again and again for so long
 *   peer run FOLDER QUERIES K               "query<TAB>document<TAB>score" lines
 *
 * DOCUMENTS: number<TAB>tokens; QUERIES: id<TAB>tokens. Seconds are CPU times: building that of the process, its background
 * threads included, asking that of the thread. The parsing of a query counts.
 */
#include "peer.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { QUERIES_MOST = 20000, ASKED_MOST = 200000 };

void peer_must(int good, const char *message)
{
    if (good)
        return;
    fprintf(stderr, "%s\n", message);
    exit(1);
}

static bool repeats; /* peer_split keeps them */

static double seconds(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int by_text(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

size_t peer_split(char *tokens, char **list, size_t most)
{
    size_t count = 0, kept = 0;
    char *rest = tokens, *token;

    while (count < most && (token = strsep(&rest, " ")))
        if (*token)
            list[count++] = token;
    qsort(list, count, sizeof *list, by_text);
    for (size_t i = 0; i < count; i++)
        if (repeats || kept == 0 || strcmp(list[kept - 1], list[i]) != 0)
            list[kept++] = list[i];
    return kept;
}

/* The next line without its end, cut at the tab: *text is what stands behind it. NULL: the end. */
static char *line_next(FILE *file, char **line, char **text)
{
    size_t room = 0;

    free(*line);
    *line = NULL;
    if (getline(line, &room, file) < 0)
        return NULL;
    (*line)[strcspn(*line, "\n")] = '\0';
    *text = strchr(*line, '\t');
    peer_must(*text != NULL, "a line without a tab");
    *(*text)++ = '\0';
    return *line;
}

static void build(const char *documents, const char *folder)
{
    FILE *file = fopen(documents, "re");
    char *line = NULL, *tokens;
    double began = seconds(CLOCK_PROCESS_CPUTIME_ID);
    long count = 0;

    peer_must(file != NULL, documents);
    peer_begin(folder);
    for (; line_next(file, &line, &tokens); count++)
        peer_put(strtoll(line, NULL, 10), tokens);
    peer_end();
    printf("%ld %.4f\n", count, seconds(CLOCK_PROCESS_CPUTIME_ID) - began);
    free(line);
    fclose(file);
}

struct queries {
    char *lines[QUERIES_MOST], *texts[QUERIES_MOST];
    size_t count;
};

static struct queries *queries_read(const char *path)
{
    struct queries *queries = calloc(1, sizeof *queries);
    FILE *file = fopen(path, "re");

    peer_must(file && queries, path);
    while (queries->count < QUERIES_MOST
           && line_next(file, &queries->lines[queries->count], &queries->texts[queries->count]))
        queries->count++;
    fclose(file);
    return queries;
}

static void queries_free(struct queries *queries)
{
    for (size_t q = 0; q < queries->count; q++)
        free(queries->lines[q]);
    free(queries);
}

static size_t ask(const char *text, size_t k, struct peer_hit *hits, double *time)
{
    char *own = strdup(text);
    double began = seconds(CLOCK_THREAD_CPUTIME_ID);
    size_t count;

    peer_must(own != NULL, "no memory");
    count = peer_ask(own, k, hits);
    *time = seconds(CLOCK_THREAD_CPUTIME_ID) - began;
    free(own);
    return count;
}

static int ascending(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

static void time_queries(const struct queries *queries, size_t k, size_t from, size_t count, double most)
{
    double *times = calloc(ASKED_MOST, sizeof *times), total = 0, ignored;
    struct peer_hit *hits = calloc(k, sizeof *hits);
    size_t asked = 0;

    peer_must(times && hits && from + count <= queries->count && count > 0, "so many queries are not there");
    ask(queries->texts[from], k, hits, &ignored); /* opens what is opened at the first query */
    while (asked < ASKED_MOST && (asked < count || total < most)) {
        ask(queries->texts[from + asked % count], k, hits, &times[asked]);
        total += times[asked++];
    }
    qsort(times, asked, sizeof *times, ascending);
    printf("%zu %.6f %.9f %.9f\n", asked, total, times[asked / 2], times[asked * 99 / 100]);
    free(times);
    free(hits);
}

static void run_queries(const struct queries *queries, size_t k)
{
    struct peer_hit *hits = calloc(k, sizeof *hits);
    double ignored;

    peer_must(hits != NULL, "no memory");
    repeats = true;
    for (size_t q = 0; q < queries->count; q++) {
        size_t count = ask(queries->texts[q], k, hits, &ignored);

        for (size_t h = 0; h < count; h++)
            printf("%s\t%lld\t%.9g\n", queries->lines[q], (long long)hits[h].doc, hits[h].score);
    }
    free(hits);
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "build") == 0) {
        build(argv[2], argv[3]);
    } else if ((argc == 8 && strcmp(argv[1], "time") == 0) || (argc == 5 && strcmp(argv[1], "run") == 0)) {
        struct queries *queries = queries_read(argv[3]);
        size_t k = strtoul(argv[4], NULL, 10);

        peer_open(argv[2]);
        if (argc == 8)
            time_queries(queries, k, strtoul(argv[5], NULL, 10), strtoul(argv[6], NULL, 10), strtod(argv[7], NULL));
        else
            run_queries(queries, k);
        peer_close();
        queries_free(queries);
    } else {
        fprintf(stderr, "usage: peer build DOCUMENTS FOLDER | time FOLDER QUERIES K FROM COUNT SECONDS | run FOLDER QUERIES K\n");
        return 2;
    }
    return 0;
}
