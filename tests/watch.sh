#!/usr/bin/env bash
# tieqiao monitor and tieqiao witness (tests/watch.mjs).
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
exec node tests/watch.mjs
