#!/usr/bin/env bash
# tieqiao-verify against tampering, and against a second verifier (tests/verify.mjs).
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
exec node tests/verify.mjs
