# Runs the private PostgreSQL of one data folder for as long as anybody uses it; every user of the server has one of these.
# Arguments: data folder, folder of the server programs, free ports to choose from, further settings of the server.
# POSTGRES_PASSWORD becomes the superuser's password. Prints "ready PORT", then waits for the end of its standard input,
# which also comes when its user is killed, and stops the server when no other user is left.
set -eu
umask 077
home=$1 bin=$2 ports=$3 settings=$4
account=nobody
log=$home/start.log

# PostgreSQL refuses to run as root. Standard input and the locks stay with this script.
server() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid "$account" --regid "$(id -g "$account")" --clear-groups "$@" </dev/null 8>&- 9>&-
    else
        "$@" </dev/null 8>&- 9>&-
    fi
}

fail() {
    cat "$log" >&2
    exit 1
}

# Ctrl-C in a terminal reaches the whole process group, but the server must outlive the requests in flight.
trap '' INT TERM HUP
cd /

# Lock 8 makes starting and stopping take turns; lock 9 is shared by the users.
exec 8>"$home/start.lock" 9>"$home/users.lock"
flock 8
flock --shared 9

cluster=$home/postgres
mkdir -p "$cluster"
if [ "$(id -u)" = 0 ]; then
    chown "$account" "$cluster"
    # The account may have no way into a folder of root's; then the cluster, and a copy of the programs, live elsewhere.
    if ! server test -w "$cluster" || ! server test -x "$bin/postgres"; then
        if ! [ -d "$(cat "$home/elsewhere" 2>/dev/null)" ]; then
            mktemp -d /var/tmp/gameimages.XXXXXX >"$home/elsewhere"
            chmod 755 "$(cat "$home/elsewhere")"
        fi
        elsewhere=$(cat "$home/elsewhere")
        if ! server test -w "$cluster"; then
            cluster=$elsewhere/postgres
            mkdir -p "$cluster"
            chown "$account" "$cluster"
        fi
        if ! server test -x "$bin/postgres"; then
            [ -d "$elsewhere/programs" ] || (umask 022; rm -rf "$elsewhere/new"; cp -R "$(dirname "$bin")" "$elsewhere/new"; mv "$elsewhere/new" "$elsewhere/programs")
            bin=$elsewhere/programs/bin
        fi
    fi
fi

# After a kill, its process id may be another program's by now.
if [ -f "$cluster/data/postmaster.pid" ] && [ "$(readlink "/proc/$(head -n 1 "$cluster/data/postmaster.pid")/cwd")" != "$(realpath "$cluster/data")" ]; then
    rm "$cluster/data/postmaster.pid"
fi

if ! server "$bin/pg_ctl" status -D "$cluster/data" >"$log" 2>&1; then
    if [ ! -d "$cluster/data" ]; then
        # Under another name first, so that a half made cluster is never taken for a whole one.
        server sh -c 'umask 077; rm -rf "$1/new"; printf %s "$POSTGRES_PASSWORD" >"$1/password"' sh "$cluster"
        server "$bin/initdb" -D "$cluster/new" -U postgres --pwfile="$cluster/password" -A scram-sha-256 -E UTF8 --no-locale >"$log" 2>&1 || fail
        rm "$cluster/password"
        mv "$cluster/new" "$cluster/data"
    fi

    port=
    # The one that it had last first: a service that outlived its server gets it back.
    for candidate in $(cat "$home/port" 2>/dev/null) $ports; do
        options="-p $candidate -c listen_addresses=127.0.0.1 -c unix_socket_directories='' $settings"
        server "$bin/pg_ctl" start -w -D "$cluster/data" -l "$cluster/server.log" -o "$options" >"$log" 2>&1 && port=$candidate && break
    done
    if [ -z "$port" ]; then
        tail -n 20 "$cluster/server.log" >>"$log"
        fail
    fi
fi

port=$(sed -n 4p "$cluster/data/postmaster.pid")
echo "$port" >"$home/port"
flock --unlock 8
echo "ready $port"

cat >/dev/null

# Whoever is last gets lock 9 alone. Without taking turns, two that leave at once would each see the other and leave it running.
flock 8
if flock --exclusive --nonblock 9; then
    server "$bin/pg_ctl" stop -D "$cluster/data" -m fast >"$log" 2>&1 || fail
fi
