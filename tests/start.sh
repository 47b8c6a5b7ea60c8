#!/usr/bin/env bash
# ./start when something is in the way: each time one clear sentence, and a status that is not 0.
# It runs in a copy of the house that holds no source, on a machine whose id, apt-get, dpkg-query and meson are played.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
folder=$(mktemp -d)
listener=''
trap '[ -z "$listener" ] || kill "$listener" 2>/dev/null; rm -rf "$folder"' EXIT
number=0 said='' status=0

# play NAME LINE…: the program NAME is, on this machine, a shell script of these lines.
play() {
    local name=$1
    shift
    rm -f "$folder/bin/$name"
    printf '#!/bin/bash\n' >"$folder/bin/$name"
    printf '%s\n' "$@" >>"$folder/bin/$name"
    chmod +x "$folder/bin/$name"
}

# A machine where everything is as it should be, except that nothing gets built.
machine() {
    rm -rf "${folder:?}"/*
    mkdir "$folder/house" "$folder/bin"
    cp -r start scripts "$folder/house"
    printf 'gcc # compiles\nlibnew-dev # is new\n' >"$folder/house/apt.txt"
    printf 'gcc\nlibnew-dev\n' >"$folder/there"
    cp -rs /usr/bin/. "$folder/bin"
    rm -f "$folder/bin/sudo"
    play id 'echo 0'
    play dpkg-query "sed 's/^/installed /' '$folder/there'"
    play apt-get "echo \"\$@\" | grep -oE '(install|update).*' >>'$folder/apt'" 'exit 100'
    play meson 'echo "this machine builds nothing"; exit 1'
}

start() {
    said=$(PATH=$folder/bin "$folder/house/start" "$@" 2>&1 </dev/null)
    status=$?
}

# seen TITLE TEXT [COMMAND…]: start has ended with a failure, said TEXT, and COMMAND holds.
seen() {
    local title=$1 text=$2
    shift 2
    number=$((number + 1))
    if [ "$status" -ne 0 ] && grep -qF -- "$text" <<<"$said" && "${@:-true}"; then
        echo "ok $number - $title"
    else
        printf '# %s\n' "${said//$'\n'/$'\n'# }"
        echo "# status $status; apt was asked: $(apt_asked)"
        echo "not ok $number - $title"
    fi
}

apt_asked() { [ ! -e "$folder/apt" ] || paste -sd ';' "$folder/apt"; }
one_sentence() { [ "$(wc -l <<<"$said")" = 1 ] && [[ $said == ✗* ]]; }
apt_was_asked() { [ "$(apt_asked)" = "$1" ]; }
nothing_built() { [ ! -e "$folder/house/build-release/build.ninja" ]; }

# Listens on a port of its own choosing, which it writes down.
listen() {
    perl -MSocket -e 'socket(my $s, PF_INET, SOCK_STREAM, 0); bind($s, sockaddr_in(0, INADDR_LOOPBACK)); listen($s, 5);
        print +(sockaddr_in(getsockname $s))[0], "\n"; close STDOUT; sleep 60' >"$folder/port" &
    listener=$!
    until [ -s "$folder/port" ]; do sleep 0.05; done
    cat "$folder/port"
}

machine
for db in foo mysql://x ''; do
    start --db "$db"
    seen "--db '$db' is no database, and no folder either" '--db 后面要写 PostgreSQL 的地址' one_sentence
done

# shellcheck disable=SC2016 # for the played cat to expand
play cat '[ "$1" = /proc/sys/net/ipv4/ip_unprivileged_port_start ] && echo 1024 && exit' 'exec /usr/bin/cat "$@"'
play id 'echo 1000'
start --port 80
seen 'a port that is for the administrator alone is refused before anything is built, with one that is not' \
    '端口 80 只有管理员能用(1024 以下的都是)。换一个端口，例如：./start --port 8080' one_sentence

machine
touch "$folder/house/build-release"
start --data /proc/tieqiao
seen 'source that cannot be written is named first: another data folder would not help' '请把源码复制到自己可写的文件夹里再运行' one_sentence

machine
mkdir -p "$folder/house/data/index" "$folder/house/build-release/src/cli"
for lock in LOCK index/LOCK; do
    exec 9>"$folder/house/data/$lock"
    flock 9
    rm -f "$folder/house/build-release/src/cli/tieqiao"
    start
    seen "a folder that another program has ($lock) is named, with the ways out" \
        '数据文件夹 data 正被另一个程序使用。等它做完；若是服务，停掉它：build-release/src/cli/tieqiao stop --data data；要另开一个：' one_sentence
    printf '#!/bin/bash\necho "账本 9 条;在 http://127.0.0.1:4711 服务" >&2\n' >"$folder/house/build-release/src/cli/tieqiao"
    chmod +x "$folder/house/build-release/src/cli/tieqiao"
    start
    seen "and where it is served ($lock)" '正在被服务，用浏览器打开 http://127.0.0.1:4711 就是。要停掉它：' one_sentence
    exec 9>&-
done

machine
start --port "$(listen)"
seen 'a taken port is named, with the next one to try' '已被别的程序占用。换一个端口，例如：./start --port' one_sentence

start --data /proc/tieqiao
seen 'a folder that cannot be written is named, with another to try' '文件夹 /proc/tieqiao 不能写' one_sentence

echo gcc >"$folder/there"
start
seen 'a package that no source has is named' '装不上软件包：libnew-dev。' nothing_built
seen 'its name was tried again with fresh lists, and no other' '软件源' apt_was_asked 'install --no-install-recommends libnew-dev;update'

machine
echo gcc >"$folder/there"
play id 'echo 1000'
start
seen 'without sudo it says what root should install' '这里没有 sudo。请以 root 运行：apt-get install libnew-dev' one_sentence

play sudo 'exit 1'
start
seen 'where sudo refuses it says what to ask for' 'sudo 没有通过。请让管理员运行：apt-get install libnew-dev' one_sentence

# shellcheck disable=SC2016 # for the played sudo to expand
play sudo '[ "$1" = -v ] || exec "$@"'
play apt-get "echo \"\$@\" | grep -oE '(install|update).*' >>'$folder/apt'" \
    "case \"\$*\" in *update) : >'$folder/fresh' ;; *install*) [ -e '$folder/fresh' ] && echo libnew-dev >>'$folder/there' ;; esac"
start
seen 'with sudo, what is missing is installed, after asking for fresh lists' '编译没有成功' \
    apt_was_asked 'install --no-install-recommends libnew-dev;update;install --no-install-recommends libnew-dev'

machine
start
seen 'where nothing is missing apt is not asked' '编译没有成功' apt_was_asked ''
seen 'what the build said is shown' 'this machine builds nothing'

# What draws charts comes by npm, which notes down what it was asked.
charts() {
    machine
    cp package.json package-lock.json "$folder/house"
    play node 'exit 0'
    play npm "echo \"\$@\" >>'$folder/npm'" 'rm -rf node_modules' 'mkdir -p node_modules/echarts/dist' 'echo draws >node_modules/echarts/dist/echarts.common.min.js'
}

npm_was_asked() { [ "$(cat "$folder/npm" 2>/dev/null)" = "$1" ]; }
charts_are_there() { [ "$(cat "$folder/house/assets/vendor/echarts.js" 2>/dev/null)" = draws ]; }

charts
start
seen 'the packages of the pages are asked for, those of the tests are not' '编译没有成功' npm_was_asked 'ci --ignore-scripts --omit=dev --fetch-retries=1'
seen 'what draws charts is put where it is served from' '编译没有成功' charts_are_there
start
seen 'they are not asked for again' '编译没有成功' npm_was_asked 'ci --ignore-scripts --omit=dev --fetch-retries=1'
rm "$folder/npm"
said=$(cd "$folder/house" && PATH=$folder/bin bash -c '. scripts/lib.sh; for what in include include omit; do install_npm --$what=dev; done; false' 2>&1)
status=$?
seen 'the tests then ask for theirs, once, and the pages have them too' '' npm_was_asked 'ci --ignore-scripts --include=dev'

charts
start --no-charts
seen 'who wants no charts needs no npm' '编译没有成功' npm_was_asked ''

charts
play npm 'echo "no such host"; exit 1'
start
seen 'where npm cannot be had it says so, and goes on' '指标页没有图，数都在表里，别的照常。不再试：./start --no-charts'
seen 'to the building' '编译没有成功'

charts
rm "$folder/bin/npm"
start
seen 'nor can Debian'"'"'s npm keep a city from starting' '编译没有成功' apt_was_asked 'install --no-install-recommends npm;update'

for port in 0 65536 80x ''; do
    start --port "$port"
    seen "port '$port' is refused by name" "端口 $port 不对" one_sentence
done
start --data
seen 'an option without its value is refused' '选项 --data 后面要有值' one_sentence
start --dta x
seen 'an option that does not exist is refused' '不认识选项 --dta' one_sentence
echo "1..$number"
