#!/usr/bin/env bash
# Every page over its example in a real browser (tests/web/pages.mjs), and every text of the pages in English.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
exec node tests/web/pages.mjs "${TQ_BUILD:-build}/tests/unit/web/preview"
