#!/usr/bin/env bash
# Requests/s and p99 of the HTTP room with nothing behind it, and its goodput under four times what it can do.
# The load tool runs on the same machine. Usage: run.sh BUILD/bench/http [SECONDS]
set -euo pipefail
bin=$1 seconds=${2:-4}

serve() { # socket-threads workers work-us
    exec 3< <(exec "$bin/bench-http-serve" 0 "$@" 2>/dev/null)
    server=$!
    read -r port <&3
}
finish() { kill "$server" && wait "$server" 2>/dev/null || true; }

line() { printf '%-58s %9s/s  p50 %7s ms  p99 %7s ms\n' "$@"; }

serve 1 2 0
for connections in 1 64 1000; do
    read -r good p50 p99 _ bad < <("$bin/bench-http-load" "$port" "$connections" "$seconds")
    line "small answer, $connections connections ($bad lost)" "$good" "$p50" "$p99"
done
if command -v wrk >/dev/null; then
    wrk -t1 -c64 -d"${seconds}s" --latency "http://127.0.0.1:$port/" |
        awk '/50%/ {p50=$2} /99%/ {p99=$2} /^Requests/ {printf "%-58s %9.0f/s  p50 %10s  p99 %10s\n", "the same by wrk, 64 connections", $2, p50, p99}'
fi
finish

# 500 microseconds of CPU a request on two workers: the machine itself is the limit.
serve 1 2 500
read -r peak p50 p99 _ _ < <("$bin/bench-http-load" "$port" 16 "$seconds")
line "500 us of work a request: the peak, 16 connections" "$peak" "$p50" "$p99"
read -r good p50 p99 busy bad < <("$bin/bench-http-load" "$port" 512 "$seconds" $((peak * 4)))
line "the same, offered $((peak * 4))/s ($busy/s told 503, $bad lost)" "$good" "$p50" "$p99"
echo "goodput under 4x overload: $((good * 100 / peak)) % of the peak"
finish
