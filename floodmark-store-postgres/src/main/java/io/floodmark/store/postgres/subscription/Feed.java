package io.floodmark.store.postgres.subscription;

import io.floodmark.store.postgres.read.LogReader;
import io.floodmark.store.postgres.schema.SubscribeSettings;
import io.floodmark.store.postgres.session.Sessions;
import java.util.function.LongSupplier;

/// What all consumers of a store share.
///
/// @param primary where progress is kept
/// @param reader reads the log
/// @param signal says when the log has grown
/// @param nanos the timer
public record Feed(
        Sessions primary,
        LogReader reader,
        HeadSignal signal,
        SubscribeSettings settings,
        LongSupplier nanos) {}
