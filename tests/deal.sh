#!/usr/bin/env bash
# A whole deal in a real browser, the clicks counted (tests/web/deal_walk.mjs).
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
exec node tests/web/deal_walk.mjs "${TQ_BUILD:-build}"
