package io.floodmark.bench.service;

import io.floodmark.bench.harness.SetupFailure;
import java.time.Duration;
import java.util.function.Consumer;

/// The highest rate that a service follows.
///
/// A closed loop says about where it ends, because its connections send as fast as they are
/// answered. From a little above that, rates that are due whatever the service does go down in
/// steps of 5 % to the first that is followed, or up in steps of 10 % to the last: 99 % of the
/// requests due in its time are done in its time.
///
/// @param events a second
/// @param closedLoop events a second that were acknowledged in the closed loop
record Capacity(double events, double closedLoop) {
    private static final double FOLLOWED = 0.99;
    private static final double START = 1.05;
    private static final double DOWN = 0.95;
    private static final double UP = 1.1;
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
        site.settle();
        double closedLoop = closed.acknowledgedPerSecond();
        tell.accept("closed loop: %,.0f events/s".formatted(closedLoop));
        double rate = closedLoop * START;
        boolean up = follows(site, rate, search.rate(), tell);
        double step = up ? UP : DOWN;
        for (int tried = 1; tried < TRIES_MAX; tried++) {
            double next = rate * step;
            boolean followed = follows(site, next, search.rate(), tell);
            if (followed != up) {
                return new Capacity(up ? rate : next, closedLoop);
            }
            rate = next;
        }
        throw new SetupFailure(
                "no end was found after %d rates, the last %,.0f events/s"
                        .formatted(TRIES_MAX, rate));
    }

    private static boolean follows(Site site, double rate, Duration length, Consumer<String> tell)
            throws Exception {
        Goodput goodput = new Goodput(length);
        Driven driven = site.drive().open(rate, length, goodput);
        site.takeStored();
        site.settle();
        tell.accept(
                "%,.0f events/s offered: %.1f %% done in time"
                        .formatted(rate, 100 * goodput.ratio()));
        return goodput.ratio() >= FOLLOWED && driven.result().booksClosed();
    }
}
