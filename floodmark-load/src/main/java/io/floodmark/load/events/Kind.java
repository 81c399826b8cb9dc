package io.floodmark.load.events;

import java.util.List;

/// What operations of the workload do.
enum Kind {
    LEND("lend"),
    RETURN("return"),
    ADD("add"),
    REMOVE("remove"),
    REGISTER("register"),
    READ("read");

    static final List<Kind> ALL = List.of(values());

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
