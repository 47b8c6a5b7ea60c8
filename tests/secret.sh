#!/usr/bin/env bash
# What must stay unseen and undone, over HTTP (tests/web/secret.mjs), on SQLite and, where TQ_TEST_PG names one, PostgreSQL.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
exec node tests/web/secret.mjs
