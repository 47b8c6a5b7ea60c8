/*
 * An Office file is a ZIP package of XML parts. Opened in memory, judged before anything is inflated, and read part
 * by part in pieces, counting: no entry of it is trusted about its size. A package inside the package is never opened.
 */
#ifndef TQ_READ_PACKAGE_H
#define TQ_READ_PACKAGE_H

#include "base/slice.h"
#include "file/reader_code.h"

enum {
    PACKAGE_PARTS_MOST = 1000,
    PACKAGE_BYTES_MOST = 50 << 20,  /* inflated, all parts together */
    PACKAGE_RATIO_MOST = 100,       /* inflated to packed, of a part ... */
    PACKAGE_RATIO_FLOOR = 4 << 20   /* ... that inflates to more than this */
};

struct package;

enum reader_code package_open(struct slice bytes, struct package **package);
void package_close(struct package *package);

/*
 * Reads a part; `take` gets its bytes piece by piece (last: the part has ended) and stops it by another code than
 * READER_DONE. READER_BROKEN if there is no such part or its bytes are not what the package says.
 */
typedef enum reader_code package_take(void *arg, struct slice piece, bool last);
enum reader_code package_read(struct package *package, const char *name, package_take *take, void *arg);

bool package_has(struct package *package, const char *name);

#endif
