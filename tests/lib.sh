# shellcheck shell=bash
# What the tests in shell share. A test prints TAP: holds … for each point, closing at the end.
number=0

# holds TITLE TEXT: nothing speaks against it, that is, TEXT is empty.
holds() {
    number=$((number + 1))
    if [ -z "$2" ]; then echo "ok $number - $1"; else printf '# %s\n' "${2//$'\n'/$'\n'# }"; echo "not ok $number - $1"; fi
}

closing() { echo "1..$number"; }

# differs WANTED FOUND: says so if they do.
differs() { [ "$1" = "$2" ] || echo "wanted '$1', found '$2'"; }

# wait_for FILE SED: what the sed script prints of the file, as soon as it prints something, 20 s at most.
wait_for() {
    local found tries
    for ((tries = 0; tries < 400; tries++)); do
        found=$(sed -n "$2" "$1" 2>/dev/null | head -n 1)
        if [ -n "$found" ]; then echo "$found"; return; fi
        sleep 0.05
    done
    return 1
}

free_port() {
    perl -MSocket -e 'socket(my $s, PF_INET, SOCK_STREAM, 0); bind($s, sockaddr_in(0, INADDR_LOOPBACK));
        print +(sockaddr_in(getsockname $s))[0]'
}

# --- commands and servers: $tieqiao is the program, $folder the test's own; its data lie in $folder/data

# ask WORDS…: what the command says in $said, its exit status in $status.
ask() {
    said=$("$tieqiao" "$@" --data "$folder/data" 2>&1)
    status=$?
}

# lacks STATUS WANTED…: says what of it was not said, and the status if it is another.
lacks() {
    local wanted
    [ "$status" = "$1" ] || echo "exit status $status: $said"
    shift
    for wanted in "$@"; do [[ $said == *"$wanted"* ]] || echo "\"$wanted\" is not in: $said"; done
}

# A server of its own, its number in $server, what it says in $folder/served.
serve() {
    "$tieqiao" serve --port 0 --data "$folder/data" 2>"$folder/served" &
    server=$!
    wait_for "$folder/served" 's/.*在 \(http:[^ ]*\) 服务.*/\1/p' >/dev/null || echo 'the server does not start'
}

# unserve SIGNAL: ends it; its status is left in $ended.
unserve() {
    kill "-$1" "$server" 2>/dev/null
    wait "$server" 2>/dev/null
    ended=$? server=
}
