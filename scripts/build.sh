# Sourced by ./floodmark and the programs in bench/, after find-jdk.sh, with $root set.
# build_module MODULE: builds it, and what it depends on, if it is missing or older than its sources.

up_to_date() {
    [ -f "$1" ] && [ -z "$(find "$root" -path '*/target' -prune -o -path '*/src/test' -prune -o \
        \( -path '*/src/main/*' -o -name pom.xml \) -type f -newer "$1" -print -quit 2>/dev/null)" ]
}

build_module() {
    stamp=$root/$1/target/built
    if up_to_date "$stamp"; then
        return 0
    fi
    echo "floodmark: building (the first time takes a minute or two)" >&2
    log=$(mktemp "${TMPDIR:-/tmp}/floodmark-build.XXXXXX")
    if ! (cd "$root" && ./mvnw package -pl "$1" -am -Dmaven.test.skip=true -Dspotless.check.skip) >"$log" 2>&1; then
        grep -E '^\[ERROR\]' "$log" | head -n 20 >&2 || tail -n 20 "$log" >&2
        echo "floodmark: the build failed; the whole log is $log" >&2
        exit 1
    fi
    rm -f "$log"
    touch "$stamp"
}
