#!/usr/bin/env bash
# Every page over its example in a real browser (tests/web/pages.mjs), and every text of the pages in English. Drawn by the faster
# build where there are two: the engine of templates has its sanitizers in tests/unit/web.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
exec node tests/web/pages.mjs "${TQ_BUILD_PG:-${TQ_BUILD:-build}}/tests/unit/web/preview"
