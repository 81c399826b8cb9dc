package io.floodmark.load.time;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What Linux lets a thread ask for itself, without privileges, so that it runs soon after it was
/// woken: no timer slack, and short time slices.
///
/// A thread that asks for short slices takes the processor at once from one in the middle of a long
/// slice (a compiler thread of the JVM, a backend of PostgreSQL), instead of waiting 3 ms for its
/// end; it gets no larger share of the processor. From Linux 6.12 on (`sched_runtime` of a normal
/// thread, sched_setattr(2)); older kernels ignore it.
final class LinuxScheduling {

    private static final long SLICE_NANOS = 100_000; // the shortest that Linux grants
    private static final int CALLING_THREAD = 0;

    /// The system calls sched_setattr and sched_getattr, by `os.arch`.
    private static final Map<String, long[]> CALLS =
            Map.of("amd64", new long[] {314, 315}, "aarch64", new long[] {274, 275});

    /// `struct sched_attr` as of its first version.
    private static final StructLayout ATTRIBUTES =
            MemoryLayout.structLayout(
                    ValueLayout.JAVA_INT.withName("size"),
                    ValueLayout.JAVA_INT.withName("policy"),
                    ValueLayout.JAVA_LONG.withName("flags"),
                    ValueLayout.JAVA_INT.withName("nice"),
                    ValueLayout.JAVA_INT.withName("priority"),
                    ValueLayout.JAVA_LONG.withName("runtime"),
                    ValueLayout.JAVA_LONG.withName("deadline"),
                    ValueLayout.JAVA_LONG.withName("period"));

    private static final long RUNTIME = ATTRIBUTES.byteOffset(PathElement.groupElement("runtime"));

    private static final Optional<MethodHandle> SYSCALL = syscall();

    private LinuxScheduling() {}

    static void dropTimerSlack() {
        try {
            Path self = Path.of("/proc/thread-self").toRealPath();
            Files.writeString(
                    Path.of("/proc", self.getFileName().toString(), "timerslack_ns"), "1");
        } catch (IOException | RuntimeException _) {
            // Not Linux, or not permitted: the default slack stays.
        }
    }

    /// Asks for short slices for the calling thread.
    ///
    /// @return whether it now has them
    static boolean shortenSlice() {
        long[] calls = CALLS.get(System.getProperty("os.arch"));
        if (calls == null || SYSCALL.isEmpty()) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES);
            // Read first, so that niceness and policy stay as they are.
            if (call(calls[1], attributes, (int) ATTRIBUTES.byteSize()) != 0) {
                return false;
            }
            attributes.set(ValueLayout.JAVA_LONG, RUNTIME, SLICE_NANOS);
            return call(calls[0], attributes, 0) == 0
                    && call(calls[1], attributes, (int) ATTRIBUTES.byteSize()) == 0
                    && attributes.get(ValueLayout.JAVA_LONG, RUNTIME) == SLICE_NANOS;
        }
    }

    /// Both calls have the form (thread, attributes, number, flags); the set call knows no fourth.
    private static long call(long number, MemorySegment attributes, int third) {
        try {
            return (long)
                    SYSCALL.orElseThrow().invokeExact(number, CALLING_THREAD, attributes, third, 0);
        } catch (Throwable e) {
            throw new IllegalStateException("syscall " + number + " could not be called", e);
        }
    }

    @SuppressWarnings("restricted")
    private static Optional<MethodHandle> syscall() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor form =
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT);
        return linker.defaultLookup()
                .find("syscall")
                .map(at -> linker.downcallHandle(at, form, Linker.Option.firstVariadicArg(1)));
    }
}
