#!/usr/bin/env bash
# The power goes ten times (tests/fault/power.mjs); tests/fault/power.sh does so 200 times.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
exec node tests/fault/power.mjs 10
