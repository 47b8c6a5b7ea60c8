#!/usr/bin/env bash
# The long drill: a server killed 40 times in the middle of writes, on each engine. ./check runs a short one (tests/http.sh).
#   tests/fault/kill.sh [KILLS]
set -euo pipefail
cd "$(dirname "$0")/../.."
exec node tests/fault/kill.mjs "${1:-40}"
