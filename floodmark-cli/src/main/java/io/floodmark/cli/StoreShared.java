package io.floodmark.cli;

import io.floodmark.cli.postgres.StoreTarget;
import io.floodmark.load.time.SystemTime;
import io.floodmark.store.EventStore;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What all `store` commands share: where the store is, the streams, and mistakes as one line.
final class StoreShared {
    /// Longest one call of the store may take.
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Mixin private StoreServer server = new StoreServer();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    StoreTarget target() {
        return server.target(this::progress);
    }

    EventStore open() {
        return target().open();
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /// Standard output, buffered, with its failures as exceptions: a disk that is full is noticed.
    OutputStream rawOut() {
        return new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
    }

    void progress(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    LongSupplier nanos() {
        return SystemTime.INSTANCE::nanos;
    }

    /// A mistake in the command line.
    ParameterException mistake(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    /// Runs a reading of options in which illegal values are mistakes of the user.
    <T> T checked(java.util.function.Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw mistake(String.valueOf(e.getMessage()));
        }
    }

    /// Passes a failed write on, unless it only means that the reader of our output has enough.
    static void unlessReaderLeft(IOException e) throws IOException {
        if (!String.valueOf(e.getMessage()).contains("Broken pipe")) {
            throw e;
        }
    }

    int ok() {
        out().flush();
        return CommandLine.ExitCode.OK;
    }
}
