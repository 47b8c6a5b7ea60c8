#!/usr/bin/env bash
# A private PostgreSQL 15 for tests, on a loopback port, in a folder of its own. As root it runs as another user.
#   tests/pg.sh          starts it (or finds it running) and prints its URL: export TQ_TEST_PG=$(tests/pg.sh)
#   tests/pg.sh stop     stops it and removes the folder
#   tests/pg.sh url      prints the URL of the one that runs, or fails
# TQ_PG_DIR (default: tq-pg-UID in the folder for temporary files) tells several apart. TQ_PG_FSYNC=off spares the disk: what is kept then
# outlives the server's own end, kill -9 too, but not the machine's. Figures are measured with it on.
set -euo pipefail
dir=${TQ_PG_DIR:-${TMPDIR:-/tmp}/tq-pg-$(id -u)}
bin=${TQ_PG_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)}
[ -x "$bin/initdb" ] || { echo "找不到 PostgreSQL 的 initdb:请安装 postgresql-15" >&2; exit 1; }
export LC_ALL=C.UTF-8

# initdb refuses to run as root.
as_user=()
if [ "$(id -u)" = 0 ]; then
    user=postgres
    if ! id "$user" >/dev/null 2>&1; then
        user=tieqiao-test
        id "$user" >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin "$user"
    fi
    as_user=(runuser -u "$user" --)
fi
run() { (cd / && "${as_user[@]}" "$@"); }

running() { [ -f "$dir/url" ] && run "$bin/pg_ctl" -D "$dir/data" status >/dev/null 2>&1; }

stop() {
    if [ -d "$dir/data" ]; then run "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true; fi
    rm -rf "$dir"
}

# A port that nobody listens on; between looking and starting another may take it, so start tries a few.
free_port() {
    local port
    for _ in $(seq 50); do
        port=$((20000 + RANDOM % 12000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then echo "$port"; return; fi
    done
    return 1
}

start() {
    rm -rf "$dir"; mkdir -p "$dir"; chmod 755 "$dir"
    [ ${#as_user[@]} = 0 ] || chown "$user" "$dir"
    run "$bin/initdb" -D "$dir/data" -U tieqiao -A trust -k --encoding=UTF8 --locale=C.UTF-8 >"$dir/initdb.log" 2>&1 \
        || { cat "$dir/initdb.log" >&2; return 1; }
    run tee -a "$dir/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = ${TQ_PG_FSYNC:-on}
full_page_writes = ${TQ_PG_FSYNC:-on}
synchronous_commit = on
shared_buffers = '64MB'
max_connections = 200
CONF
    local port
    for _ in 1 2 3; do
        port=$(free_port)
        if run "$bin/pg_ctl" -D "$dir/data" -o "-p $port" -l "$dir/data/log" -w start >/dev/null 2>&1; then
            echo "postgresql://tieqiao@127.0.0.1:$port/postgres" >"$dir/url"
            return
        fi
    done
    cat "$dir/data/log" >&2
    return 1
}

case ${1:-start} in
start) running || start; cat "$dir/url" ;;
stop) stop ;;
url) running && cat "$dir/url" ;;
*) echo "tests/pg.sh [start|stop|url]" >&2; exit 2 ;;
esac
