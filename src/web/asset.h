/* Style sheets, scripts and pictures, read once at start: at most 512 files, 8 MiB. */
#ifndef TQ_WEB_ASSET_H
#define TQ_WEB_ASSET_H

#include "base/err.h"
#include "base/slice.h"

struct assets;

/* Everything under dir, two folders deep. */
bool assets_open(const char *dir, struct assets **assets, struct err *err);
void assets_close(struct assets *assets);

/* path: below /assets/. type: a Content-Type; tag: an ETag with its quotes. false: no such file. */
bool asset_find(const struct assets *assets, struct slice path, struct slice *bytes, const char **type,
                const char **tag);

#endif
