package io.floodmark.bench.service;

import io.floodmark.bench.harness.SetupFailure;
import java.time.Duration;
import java.util.function.Consumer;

/// The highest rate that a service follows.
///
/// A closed loop says about where it ends, because its connections send as fast as they are
/// answered. From a little above that, rates that are due whatever the service does go down in
/// steps of 5 % until one is followed: 99 % of the requests due in its time are done in its time.
///
/// @param events a second
/// @param closedLoop events a second that were acknowledged in the closed loop
record Capacity(double events, double closedLoop) {
    private static final double FOLLOWED = 0.99;
    private static final double START = 1.05;
    private static final double STEP = 0.95;
    private static final int TRIES_MAX = 16;

    /// How to look.
    ///
    /// @param warmUp before anything counts, in the closed loop
    /// @param closed length of the closed loop
    /// @param rate length of each rate; at least 4 s, as [Goodput] leaves out beginning and end
    record Search(Duration warmUp, Duration closed, Duration rate) {}

    static Capacity find(Site site, Search search, Consumer<String> tell) throws Exception {
        tell.accept("warming up, and looking for the capacity");
        site.warmUp(search.warmUp());
        Driven closed = site.drive().closed(search.closed());
        site.takeStored();
        double closedLoop = closed.acknowledgedPerSecond();
        tell.accept("closed loop: %,.0f events/s".formatted(closedLoop));
        double rate = closedLoop * START;
        for (int tried = 0; tried < TRIES_MAX; tried++, rate *= STEP) {
            Goodput goodput = new Goodput(search.rate());
            Driven driven = site.drive().open(rate, search.rate(), goodput);
            site.takeStored();
            boolean followed = goodput.ratio() >= FOLLOWED && driven.result().booksClosed();
            tell.accept(
                    "%,.0f events/s offered: %.1f %% done in time"
                            .formatted(rate, 100 * goodput.ratio()));
            if (followed) {
                return new Capacity(rate, closedLoop);
            }
        }
        throw new SetupFailure(
                "the service follows no rate, down to %,.0f events/s".formatted(rate));
    }
}
