package io.floodmark.local;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// Main class of the engine's own JVM, which does nothing but run the library's command line: its
/// first argument is the library's file, the others are ClickHouse's. It ends when its standard
/// input does.
final class ClickHouseMain {
    private ClickHouseMain() {}

    public static void main(String[] arguments) throws Throwable {
        // Never closed: threads of the library run its code until the very end of the process.
        Arena arena = Arena.global();
        MemorySegment argv = arena.allocate(ValueLayout.ADDRESS, arguments.length);
        argv.setAtIndex(ValueLayout.ADDRESS, 0, arena.allocateFrom("clickhouse"));
        for (int i = 1; i < arguments.length; i++) {
            argv.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(arguments[i]));
        }
        Object result =
                commandLine(Path.of(arguments[0]), arena)
                        .invokeWithArguments(arguments.length, argv);
        if (result.equals(MemorySegment.NULL)) {
            throw new IllegalStateException("the engine gave no result");
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle commandLine(Path library, Arena arena) {
        SymbolLookup symbols = SymbolLookup.libraryLookup(library, arena);
        return Linker.nativeLinker()
                .downcallHandle(
                        symbols.find("chdb_query_cmdline").orElseThrow(),
                        FunctionDescriptor.of(
                                ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    }
}
