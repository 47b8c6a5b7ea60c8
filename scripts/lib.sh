# shellcheck shell=bash
# What ./start and ./check share: speaking, installing what is missing, building. Sourced by bash, from the repository's root.

export LC_ALL=C.UTF-8
export PATH="$PATH:/usr/sbin:/sbin"
[ -d /usr/lib/ccache ] && PATH="/usr/lib/ccache:$PATH"

say() { printf '%s\n' "$*" >&2; }

# One sentence that says what is wrong and what to do; then the end.
fail() { printf '✗ %s\n' "$*" >&2; exit 1; }

# The packages of a list, without its comments.
packages_of() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$@" | tr -d ' \t'; }

# packages_missing PACKAGE…: those that are not installed.
packages_missing() {
    [ $# -gt 0 ] || return 0
    # shellcheck disable=SC2016 # the braces are for dpkg-query
    comm -23 <(printf '%s\n' "$@" | sort -u) \
        <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' | sort -u)
}

# A machine may have a node of its own, beside which Debian's npm cannot be installed.
packages_of_node() {
    command -v node >/dev/null || echo nodejs
    command -v npm >/dev/null || echo npm
}

# Turns apt's status lines ("dlstatus:1:42.0:…", "pmstatus:gcc:42.0:…") into one line that moves.
show_apt() {
    local kind percent rest
    while IFS=: read -r kind _ percent rest; do
        case $kind in
        dlstatus) [ -t 2 ] && printf '\r  下载 %3.0f%%  ' "$percent" >&2 ;;
        pmstatus) [ -t 2 ] && printf '\r  安装 %3.0f%%  ' "$percent" >&2 ;;
        esac
    done
    if [ -t 2 ]; then printf '\r              \r' >&2; fi
}

# run_apt LOG COMMAND…: as root, quietly, the progress shown, all that apt says kept in LOG.
run_apt() {
    local log=$1 root=()
    shift
    [ "$(id -u)" = 0 ] || root=(sudo)
    # sudo passes no descriptor above 2, so that the status comes by way of standard output.
    # shellcheck disable=SC2016 # for the inner shell
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive sh -c 'exec apt-get "$@" 3>&1 >&2' sh \
        -y -o APT::Status-Fd=3 -o Dpkg::Use-Pty=0 "$@" 2>>"$log" </dev/null | show_apt
}

# install_packages PACKAGE…: installs what is missing; asks nothing of apt when nothing is.
install_packages() {
    local missing names log
    mapfile -t missing < <(packages_missing "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    names=${missing[*]}
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null \
            || fail "缺少软件包：$names；安装需要管理员权限，而这里没有 sudo。请以 root 运行：apt-get install $names"
        sudo -v || fail "缺少软件包：$names；安装需要管理员权限，而 sudo 没有通过。请让管理员运行：apt-get install $names"
    fi
    say "安装缺少的 Debian 软件包：$names"
    log=$(mktemp -t tieqiao-apt.XXXXXX)
    # Lists may be missing or old: asked for only when the first try fails.
    if ! run_apt "$log" install --no-install-recommends "${missing[@]}" \
        && ! { run_apt "$log" update && run_apt "$log" install --no-install-recommends "${missing[@]}"; }; then
        mapfile -t missing < <(packages_missing "${missing[@]}")
        fail "装不上软件包：${missing[*]}。软件源里没有，或连不上软件源：请检查 /etc/apt/sources.list 与网络后再试(apt 的原话在 $log)"
    fi
    rm -f "$log"
}

# install_npm OPTION…: the packages that package-lock.json pins, unless those are what is there. The mark of those without --omit=dev
# stands for less than the other.
install_npm() {
    local log mark=node_modules/.installed
    if cmp -s package-lock.json "$mark"; then return; fi
    [ "$1" != --omit=dev ] || mark+=-without-dev
    if cmp -s package-lock.json "$mark"; then return; fi
    log=$(mktemp -t tieqiao-npm.XXXXXX)
    say '安装 package-lock.json 里的 npm 软件包'
    npm ci --ignore-scripts "$@" >"$log" 2>&1 </dev/null \
        || { tail -n 5 "$log" >&2; fail "npm ci 没有成功：请检查能否连上 npm 软件源后再试；npm 的原话在 $log"; }
    mkdir -p node_modules
    cp package-lock.json "$mark"
    rm -f "$log"
}

# place_charts: what draws charts, from its package to where the program serves it, and `meson install` takes it along. Of the builds that
# the package ships it is the smallest that draws SVG. Its licences lie beside it and are not served.
place_charts() {
    local from=node_modules/echarts to=assets/vendor/echarts
    [ -f "$from/dist/echarts.common.min.js" ] || return 0
    if cmp -s "$from/dist/echarts.common.min.js" "$to.js"; then return; fi
    mkdir -p assets/vendor
    cat "$from/LICENSE" "$from/NOTICE" "$from"/licenses/* node_modules/zrender/LICENSE node_modules/tslib/LICENSE.txt >"$to.licences" 2>/dev/null
    cp "$from/dist/echarts.common.min.js" "$to.js.new" && mv "$to.js.new" "$to.js"
}

# build_in FOLDER MESON-OPTION…: sets up once, and again when the options change; then builds. MAKE=target… builds only those.
build_in() {
    local folder=$1 log
    shift
    log=$folder/build.log
    if [ ! -f "$folder/build.ninja" ] || [ "$(cat "$folder/.options" 2>/dev/null)" != "$*" ]; then
        rm -rf "$folder"
        mkdir -p "$folder"
        meson setup "$folder" "$@" >"$log" 2>&1 || { tail -n 20 "$log" >&2; return 1; }
        printf '%s\n' "$*" >"$folder/.options"
    fi
    if [ -t 2 ]; then
        # shellcheck disable=SC2086
        NINJA_STATUS='  编译 [%f/%t] ' ninja -C "$folder" ${MAKE-} >&2
    else
        # shellcheck disable=SC2086
        ninja -C "$folder" ${MAKE-} >"$log" 2>&1 || { grep -v '^\[' "$log" >&2; return 1; }
    fi
}
