package io.floodmark.bench.service;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A service with what stands behind it, both started for a benchmark. *Threads:* one at a time.
final class Site implements AutoCloseable {
    private final Backing backing;
    private final RunningService service;
    private final Drive drive;

    private Site(Backing backing, RunningService service, int batch) {
        this.backing = backing;
        this.service = service;
        this.drive = new Drive(service.address(), batch);
    }

    /// Starts a service before `backing`, which belongs to the site from then on.
    static Site start(Backing backing, int batch, List<String> javaOptions) throws Exception {
        try {
            return new Site(backing, RunningService.start(backing.start(), javaOptions), batch);
        } catch (Exception e) {
            backing.close();
            throw e;
        }
    }

    Drive drive() {
        return drive;
    }

    RunningService service() {
        return service;
    }

    /// See [Backing#settle()].
    void settle() throws Exception {
        backing.settle();
    }

    /// So that the code of service and generator is compiled.
    void warmUp(Duration length) throws Exception {
        drive.closed(length);
        takeStored();
        settle();
    }

    /// See [Backing#takeStored()].
    OptionalLong takeStored() throws Exception {
        return backing.takeStored();
    }

    /// What the processes have used so far.
    CpuTimes cpuTimes() throws IOException {
        return new CpuTimes(
                ProcStat.of(service.pid()).seconds(),
                backing.pid().isPresent() ? ProcStat.tree(backing.pid().getAsLong()) : 0,
                ProcStat.of(ProcessHandle.current().pid()).seconds());
    }

    /// What the service tells of itself.
    Meters meters() throws IOException, InterruptedException {
        return Meters.scrape(service.address());
    }

    /// Ends the service in order.
    ///
    /// @return what went wrong, if something did
    Optional<String> stop() throws InterruptedException {
        return service.stop();
    }

    @Override
    public void close() {
        service.close();
        backing.close();
    }
}
