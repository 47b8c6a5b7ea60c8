#!/usr/bin/env bash
# People walk through the served example city in a real browser. Prints TAP. TQ_BUILD names the build folder.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
exec node tests/web/run.js "${TQ_BUILD-build}"
