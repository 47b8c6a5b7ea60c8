#!/usr/bin/env bash
# The command line, by itself and on a served city (tests/web/commands.mjs), on SQLite and, where TQ_TEST_PG names one, PostgreSQL.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
exec node tests/web/commands.mjs
