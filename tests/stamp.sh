#!/usr/bin/env bash
# Time stamps from outside on checkpoints (tests/stamp.mjs).
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
exec node tests/stamp.mjs
