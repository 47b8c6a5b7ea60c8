#!/usr/bin/env bash
# The running program over HTTP, on SQLite and, where TQ_TEST_PG names one, on PostgreSQL (tests/web/house.mjs).
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
failed=0
for part in api english access aside drop import bad live carry forms conflict flash nda bearer openapi examples fits feedback desk accounts rate bridge log simulate deal deal_bad deal_access rules; do node "tests/web/$part.mjs" || failed=1; done
node tests/fault/kill.mjs 3 || failed=1
node tests/fault/deal.mjs || failed=1
node tests/web/away.mjs || failed=1
exit "$failed"
