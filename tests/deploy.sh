#!/usr/bin/env bash
# As in production: installed by meson, behind nginx with TLS as deploy/nginx.conf has it, run as deploy/tieqiao.service says.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
build=${TQ_BUILD:-build}
folder=$(mktemp -d)
server='' nginx=''
trap 'kill $server $nginx 2>/dev/null; wait 2>/dev/null; rm -rf "$folder"' EXIT

DESTDIR=$folder meson install -C "$build" --no-rebuild >"$folder/install.log" 2>&1
tieqiao=$folder/usr/local/bin/tieqiao
holds 'meson install puts the program and what it reads in place' "$(
    [ ! -e assets/vendor/echarts.js ] || [ -e "$folder/usr/local/share/tieqiao/assets/vendor/echarts.js" ] || echo 'what draws charts is missing'
    for path in bin/tieqiao libexec/tieqiao/tieqiao-read share/tieqiao/{schema,codes,rules/calendar,pages,assets,po,example,words}; do
        [ -e "$folder/usr/local/$path" ] || echo "$path is missing"
    done)"

# The unit's own command lines, so that an option they no longer take is found here.
words_of() { sed -n "s/^$1=[^ ]* //p" deploy/tieqiao.service | sed "s|/var/lib/tieqiao|$folder/data|"; }
words=$(words_of ExecStart)
# shellcheck disable=SC2046
"$tieqiao" $(words_of ExecStartPre) >"$folder/init.log" 2>&1
holds 'the first passwords are in a file for their owner, and in no log' "$(
    differs 600 "$(stat -c %a "$folder/data/first-sign-in.txt")"
    grep -F "$(awk '$1 == "system" {print $2}' "$folder/data/first-sign-in.txt")" "$folder/init.log")"
# shellcheck disable=SC2086
(cd / && exec "$tieqiao" $words --port 0) 2>"$folder/server.log" &
server=$!
port=$(wait_for "$folder/server.log" 's|.*http://127.0.0.1:\([0-9]*\).*|\1|p')
holds 'installed, it serves by the command of the unit' "$([ -n "$port" ] || cat "$folder/init.log" "$folder/server.log")"

unit_complaints() {
    local unit
    command -v systemd-analyze >/dev/null || return
    for unit in tieqiao.service tieqiao-backup.service tieqiao-backup.timer; do
        sed "s|/usr/local/bin/tieqiao|$tieqiao|" "deploy/$unit" >"$folder/$unit"
    done
    systemd-analyze verify "$folder"/tieqiao{.service,-backup.service,-backup.timer} 2>&1
}
holds 'systemd has nothing to say against the units' "$(unit_complaints)"

words=$(sed -n 's/^ExecStart=[^ ]* //p' deploy/tieqiao-backup.service)
words=${words//\/var\/lib\/tieqiao/$folder/data}
mkdir "$folder/data-backup"
# shellcheck disable=SC2086
holds 'the backup by the command of its unit' "$(cd / && "$tieqiao" $words 2>"$folder/backup.log" || cat "$folder/backup.log"
    ls "$folder/data-backup" | grep -q '^tieqiao-.*\.db$' || echo 'there is none')"

http=$(free_port) https=$(free_port)
openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -keyout "$folder/key.pem" -out "$folder/certificate.pem" 2>/dev/null
sed -e "s/server 127.0.0.1:8080/server 127.0.0.1:$port/" -e '/listen \[::\]/d' -e "s/listen 80;/listen 127.0.0.1:$http;/" \
    -e "s/listen 443 /listen 127.0.0.1:$https /" -e "s|/etc/ssl/tieqiao|$folder|" -e "s|/var/log/nginx|$folder|" \
    deploy/nginx.conf >"$folder/tieqiao.conf"
printf '%s\n' "pid $folder/nginx.pid;" 'daemon off;' 'events {}' 'http {' "include $folder/tieqiao.conf;" '}' >"$folder/nginx.conf"
holds 'nginx takes its configuration' "$(nginx -t -e stderr -c "$folder/nginx.conf" 2>&1 | grep -vE 'syntax is ok|is successful|alert.*user')"
nginx -e "$folder/error.log" -c "$folder/nginx.conf" 2>/dev/null &
nginx=$!
wait_for "$folder/nginx.pid" '/[0-9]/p' >/dev/null

ask() { curl -sk --max-time 10 -o /dev/null -w "$1" "${@:2}"; }
holds 'the home page comes over HTTP/2 and TLS' "$(differs '200 2' "$(ask '%{http_code} %{http_version}' "https://127.0.0.1:$https/")")"
holds 'plain HTTP is sent to TLS' "$(differs 301 "$(ask '%{http_code}' "http://127.0.0.1:$http/")")"
holds 'the box answers a long text' "$(differs 200 "$(ask '%{http_code}' "https://127.0.0.1:$https/match" --data-urlencode "q=$(printf '轴承寿命%.0s' {1..2000})")")"
holds 'an export goes the same way' "$(differs "303 https://127.0.0.1:$https/sign-in" \
    "$(ask '%{http_code} %{redirect_url}' "https://127.0.0.1:$https/needs/export?format=csv" | sed 's/?.*//')")"
ask '' "https://127.0.0.1:$https/match?q=secret-of-the-box"
holds 'what was typed into the box is in no log' "$(grep -l secret-of-the-box "$folder"/*.log)"
ask '' "https://127.0.0.1:$https/calendar/$(printf 'c0ffee%.0s' {1..10})abcd.ics"
holds 'nor is the key in a calendar'"'"'s address' "$(grep -l c0ffee "$folder"/*.log)"
page=$(curl -sk "https://127.0.0.1:$https/" | grep -o '/assets/css/[^"]*')
holds 'assets are compressed, pages are not' "$(
    differs gzip "$(curl -sk --compressed -D - -o /dev/null "https://127.0.0.1:$https$page" | sed -n 's/^content-encoding: \(.*\)\r/\1/p')"
    differs '' "$(curl -sk --compressed -D - -o /dev/null "https://127.0.0.1:$https/" | sed -n 's/^content-encoding: \(.*\)\r/\1/p')")"
holds '/readyz answers the machine itself' "$(differs 200 "$(ask '%{http_code}' "https://127.0.0.1:$https/readyz")")"
holds 'a session cookie would go over TLS only' "$(
    curl -sk -D - -o /dev/null "https://127.0.0.1:$https/sign-in" | grep -i '^set-cookie' | grep -vi secure)"
kill -TERM "$server"
wait "$server"
holds 'SIGTERM ends it in order' "$(differs 0 $?)"
closing
