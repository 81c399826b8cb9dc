package io.floodmark.store.postgres.tune;

/// A setting as a running server has it.
///
/// @param name its name
/// @param value as `pg_settings` stores it, in its unit
/// @param unit that unit, empty when there is none
/// @param shown as `SHOW` prints it
/// @param source where the value comes from, in PostgreSQL's words
/// @param activation what a change needs
/// @param waitsForRestart whether a changed value is in the files and not yet in force
/// @param alterable whether our role may change it with `ALTER SYSTEM`
public record PresentSetting(
        String name,
        String value,
        String unit,
        String shown,
        String source,
        Activation activation,
        boolean waitsForRestart,
        boolean alterable) {}
