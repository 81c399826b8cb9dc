# Guards a throw-away PostgreSQL server: $1 is its folder. The owner holds our standard input open; its
# end without a word means that the owner is gone, however it ended, so server and folder go too.
trap '' HUP INT QUIT TERM
cd / || exit 1
IFS= read -r word && exit 0

folder=$1
data=$folder/data

# The postmaster's id, if the process of that id really serves this folder.
server() {
    pid=$(head -n 1 "$data/postmaster.pid" 2>/dev/null)
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
    kill -s QUIT "$pid" 2>/dev/null
    tries=0
    while server && [ "$tries" -lt 50 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    server && kill -s KILL $(family "$pid") 2>/dev/null
fi
rm -rf -- "$folder"
