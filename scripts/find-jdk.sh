# Sourced by ./floodmark and ./mvnw: sets JAVA_HOME to a JDK 25, or explains what to install and exits 1.

is_jdk_25() {
    [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25' "$1/release" 2>/dev/null
}

find_jdk_25() {
    path_java=$(command -v javac 2>/dev/null) && path_java=$(readlink -f "$path_java" 2>/dev/null) || true
    mac_java=$([ -x /usr/libexec/java_home ] && /usr/libexec/java_home -v 25 2>/dev/null) || true
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/25* \
        "${path_java%/bin/javac}" "$mac_java"; do
        if is_jdk_25 "$home"; then
            JAVA_HOME=$home
            export JAVA_HOME
            return 0
        fi
    done
    echo "floodmark: needs a JDK 25 and found none in JAVA_HOME, /usr/lib/jvm or on the PATH;" \
        "install one (Temurin 25, or your system's openjdk-25-jdk package) or set JAVA_HOME." >&2
    exit 1
}

find_jdk_25
