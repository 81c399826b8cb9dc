package io.floodmark.local;

import java.nio.file.Path;

/// The PostgreSQL programs that a throw-away server runs.
public sealed interface ServerPrograms {
    /// PostgreSQL 18, from the jar on the class path.
    record Bundled() implements ServerPrograms {}

    /// Another version, 15 or newer, from a jar of the same kind that is not on the class path: all
    /// versions have their programs under the same name.
    ///
    /// @param file the jar, built for this system
    record InJar(Path file) implements ServerPrograms {}
}
