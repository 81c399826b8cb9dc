/// What a setting is worth: its values tried in interleaved rounds on the parts that it is about,
/// one command for each row of `docs/seed-audit.md`.
@NullMarked
package io.floodmark.bench.settings;

import org.jspecify.annotations.NullMarked;
