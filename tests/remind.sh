#!/usr/bin/env bash
# Reminders on their way out, to a little gateway and a little mail server (tests/remind.mjs). Both engines at once: most of the time
# they wait.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
said=$(mktemp -t tieqiao-remind.XXXXXX)
trap 'rm -f "$said"' EXIT
TQ_ENGINES=sqlite node tests/remind.mjs >"$said" 2>&1 &
sqlite=$!
failed=0
[ -z "${TQ_TEST_PG-}" ] || TQ_ENGINES=pg node tests/remind.mjs || failed=1
wait "$sqlite" || failed=1
cat "$said"
exit "$failed"
