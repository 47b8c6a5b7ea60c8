#!/usr/bin/env bash
# The server over HTTP, on both engines (tests/web/house.mjs). TQ_BUILD names the build folder. Two parts run at a time: each has
# a city of its own; what they said is printed part by part.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
said=$(mktemp -d -t tieqiao-http.XXXXXX)
trap 'rm -rf "$said"' EXIT
failed=0

# The longest first, so that none is left over alone at the end.
parts=(indicators policy consult oai open_data assess talent fund finance audit matter bundle obstacle strength deal_access deal registry deal_bad deal_files openapi access english api import aside bad log rules simulate deal_papers deal_pack
    drop live carry forms events
    conflict flash nda past old_papers bearer examples fits feedback pilot service trial desk accounts rate bridge inbox calendar board steer steering)
export said
printf '%s\n' "${parts[@]}" | xargs -P 2 -I{} sh -c 'node tests/web/{}.mjs >"$said/{}" 2>&1 || : >"$said/{}.failed"'
for part in "${parts[@]}"; do
    cat "$said/$part"
    [ ! -e "$said/$part.failed" ] || failed=1
done
node tests/fault/kill.mjs 3 || failed=1
node tests/fault/deal.mjs || failed=1
node tests/fault/pool.mjs 2 || failed=1
node bench/drill/contend.mjs all 8 3 || failed=1
node tests/web/away.mjs || failed=1
exit "$failed"
