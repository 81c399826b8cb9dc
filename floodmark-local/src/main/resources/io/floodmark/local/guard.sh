# Guards a server: $1 is its folder, $2 whether that is kept. The owner holds our standard input open; its
# end without a word means that the owner is gone, however it ended, so the server goes too, and the folder
# unless it is kept.
trap '' HUP INT QUIT TERM
cd / || exit 1
IFS= read -r word && exit 0

folder=$1
keep=$2
data=$folder/data

# The server's id, if the process of that id really serves this folder, and the signal that ends it.
server() {
    halt=QUIT
    pid=$(head -n 1 "$data/postmaster.pid" 2>/dev/null)
    if [ -z "$pid" ]; then
        [ "$keep" = keep ] && halt=TERM || halt=KILL
        pid=$(head -n 1 "$data/broker.pid" 2>/dev/null)
    fi
    if [ -z "$pid" ]; then
        # An engine whose data stay ends in order by itself: its input ended with the owner.
        [ "$keep" = keep ] && halt=CONT || halt=KILL
        pid=$(head -n 1 "$data/engine.pid" 2>/dev/null)
    fi
    [ -n "$pid" ] || return 1
    { tr '\0' ' ' <"/proc/$pid/cmdline" || ps -o command= -p "$pid"; } 2>/dev/null | grep -qF -- "$data"
}

family() {
    echo "$1"
    cat "/proc/$1/task/$1/children" 2>/dev/null || ps -A -o pid=,ppid= | awk -v p="$1" '$2 == p { print $1 }'
}

# A start may be under way: give it a second to show.
tries=0
until server || [ "$tries" -ge 10 ]; do
    sleep 0.1
    tries=$((tries + 1))
done

if server; then
    kill -s CONT $(family "$pid") 2>/dev/null
    kill -s "$halt" "$pid" 2>/dev/null
    tries=0
    while server && [ "$tries" -lt 50 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    server && kill -s KILL $(family "$pid") 2>/dev/null
fi
[ "$keep" = keep ] || rm -rf -- "$folder"
