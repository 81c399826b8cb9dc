package io.floodmark.bench.service;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Nothing: the service says of every event that it is stored, and stores none.
final class NoBacking implements Backing {

    @Override
    public Start start() {
        return new Start(SinklessService.class.getName(), List.of(), Map.of());
    }

    @Override
    public OptionalLong pid() {
        return OptionalLong.empty();
    }

    @Override
    public void settle() {}

    @Override
    public OptionalLong takeStored() {
        return OptionalLong.empty();
    }

    @Override
    public void close() {}
}
