# Runs the private PostgreSQL of one data folder while at least one process uses it. Each user of the server starts this script.
# Arguments: the data folder, the folder of the server programs, free ports to choose from, and more settings for the server.
# POSTGRES_PASSWORD becomes the superuser's password. The script prints "ready PORT" and waits for the end of its standard input, which
# also ends when the user is killed. Then it stops the server, unless there is another user.
set -eu
umask 077
home=$1 bin=$2 ports=$3 settings=$4
account=nobody
log=$home/start.log

# PostgreSQL refuses to run as root. The server does not inherit standard input and the locks.
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

# Ctrl-C in a terminal reaches the whole process group, but the server must run until the current requests have ended.
trap '' INT TERM HUP
cd /

# Lock 8 protects starting and stopping: without it, one process could start the server while another stops it. It is held while the
# server starts or stops. A process that waits for it then finds the server running or stopped.
# Lock 9 is held shared by each user for as long as it uses the server.
exec 8>"$home/start.lock" 9>"$home/users.lock"
flock 8
flock --shared 9

cluster=$home/postgres
mkdir -p "$cluster"
if [ "$(id -u)" = 0 ]; then
    chown "$account" "$cluster"
    # The account may have no access to a folder of root's. Then another folder has the cluster and a copy of the programs.
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
            if ! [ -d "$elsewhere/programs" ]; then
                (
                    umask 022
                    rm -rf "$elsewhere/new"
                    cp -R "$(dirname "$bin")" "$elsewhere/new"
                    mv "$elsewhere/new" "$elsewhere/programs"
                )
            fi
            bin=$elsewhere/programs/bin
        fi
    fi
fi

# If the server was killed, another program may have its process id now.
pidfile=$cluster/data/postmaster.pid
if [ -f "$pidfile" ] && [ "$(readlink "/proc/$(head -n 1 "$pidfile")/cwd")" != "$(realpath "$cluster/data")" ]; then
    rm "$pidfile"
fi

if ! server "$bin/pg_ctl" status -D "$cluster/data" >"$log" 2>&1; then
    if [ ! -d "$cluster/data" ]; then
        # The cluster is created under another name first, so that an incomplete one is never used.
        server sh -c 'umask 077; rm -rf "$1/new"; printf %s "$POSTGRES_PASSWORD" >"$1/password"' sh "$cluster"
        server "$bin/initdb" -D "$cluster/new" -U postgres --pwfile="$cluster/password" -A scram-sha-256 -E UTF8 --no-locale \
            >"$log" 2>&1 || fail
        rm "$cluster/password"
        mv "$cluster/new" "$cluster/data"
    fi

    port=
    # Tries the last port first, so that a service whose server was killed can reach the new one.
    for candidate in $(cat "$home/port" 2>/dev/null) $ports; do
        options="-p $candidate -c listen_addresses=127.0.0.1 -c unix_socket_directories='' $settings"
        server "$bin/pg_ctl" start -w -D "$cluster/data" -l "$cluster/server.log" -o "$options" >"$log" 2>&1 && port=$candidate && break
    done
    if [ -z "$port" ]; then
        tail -n 20 "$cluster/server.log" >>"$log"
        fail
    fi
fi

port=$(sed -n 4p "$pidfile")
echo "$port" >"$home/port"
flock --unlock 8
echo "ready $port"

cat >/dev/null

# Only the last user gets lock 9 exclusively. Without lock 8, two users that leave at once could each see the other, and the server would
# keep running.
flock 8
if flock --exclusive --nonblock 9; then
    server "$bin/pg_ctl" stop -D "$cluster/data" -m fast >"$log" 2>&1 || fail
fi
