#!/usr/bin/env bash
# An auditor in a real browser (tests/web/audit_walk.mjs). Over HTTP, on both engines: tests/web/audit.mjs, in tests/http.sh.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
exec node tests/web/audit_walk.mjs
