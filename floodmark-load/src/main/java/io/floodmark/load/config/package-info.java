/// Typed, validated configuration: where each value came from, and every mistake at once.
/// [io.floodmark.load.config.Settings] lists what can be set, [io.floodmark.load.config.Grammar]
/// says how a value is written, [io.floodmark.load.config.ConfigLoader] joins flags, environment,
/// `.env` file, scenario and defaults (in this order) into a [io.floodmark.load.config.RunConfig].
/// Secrets never reach a message or a printed form.
@NullMarked
package io.floodmark.load.config;

import org.jspecify.annotations.NullMarked;
