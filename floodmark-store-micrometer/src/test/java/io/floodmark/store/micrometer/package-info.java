/// The listener on real stores, with Micrometer's own registry and with OpenTelemetry behind it.
@NullMarked
package io.floodmark.store.micrometer;

import org.jspecify.annotations.NullMarked;
