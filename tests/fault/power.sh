#!/usr/bin/env bash
# The long drill: the power goes 200 times under a city that is written to. ./check runs a short one (tests/power.sh).
#   tests/fault/power.sh [CUTS] [SEED]
set -euo pipefail
cd "$(dirname "$0")/../.."
exec node tests/fault/power.mjs "${@:-200}"
