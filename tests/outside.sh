#!/usr/bin/env bash
# An embedding service beside the city (tests/web/embed.mjs).
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
exec node tests/web/embed.mjs
