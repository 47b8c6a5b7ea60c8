#!/usr/bin/env bash
# The charts of the indicators in a real browser, with ECharts and without. Prints TAP. TQ_BUILD names the build folder.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
exec node tests/web/charts.mjs "${TQ_BUILD-build}"
