# Sourced by the programs in this folder: run_benchmark CLASS ARGUMENT... builds floodmark-bench if
# needed and runs a class of it, with 512 MB and the collector that has no threads of its own.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$(readlink -f -- "$0" 2>/dev/null || echo "$0")")/.." && pwd)
. "$root/scripts/find-jdk.sh"
. "$root/scripts/build.sh"

run_benchmark() {
    build_module floodmark-bench
    class=$1
    shift
    exec "$JAVA_HOME/bin/java" -Xmx512m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
        ${FLOODMARK_JAVA_OPTIONS:-} -cp "$root/floodmark-bench/target/lib/*" "io.floodmark.bench.$class" "$@"
}
