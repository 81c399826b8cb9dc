package io.floodmark.load.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The workloads that have settings of their own, and their kinds of operation.
enum WorkloadKinds {
    EVENTS(
            "events",
            "lend,return,add,remove,register,read",
            "lend=40,return=40,add=5,remove=5,register=5,read=5"),
    INGEST("ingest", "single,batch,ndjson,slow", "single=20,batch=80"),
    TABLE("table", "insert,update,read,transaction", "insert=63,update=27,read=10");

    private final String label;
    private final String kinds;
    private final String usualMix;

    WorkloadKinds(String label, String kinds, String usualMix) {
        this.label = label;
        this.kinds = kinds;
        this.usualMix = usualMix;
    }

    String label() {
        return label;
    }

    List<String> kinds() {
        return List.of(kinds.split(",", -1));
    }

    /// The mix when the user gives none.
    String usualMix() {
        return usualMix;
    }

    static Optional<WorkloadKinds> named(String label) {
        return Arrays.stream(values()).filter(one -> one.label.equals(label)).findFirst();
    }

    /// The workloads that have every kind of `mix`.
    static List<WorkloadKinds> fitting(Mix mix) {
        return Arrays.stream(values())
                .filter(one -> one.kinds().containsAll(mix.shares().keySet()))
                .toList();
    }

    static List<String> allKinds() {
        return Arrays.stream(values()).flatMap(one -> one.kinds().stream()).distinct().toList();
    }

    /// `lend, ..., register and read (events), or insert, ... and transaction (table)`.
    static String words() {
        return Arrays.stream(values())
                .map(one -> joined(one.kinds()) + " (" + one.label + ")")
                .collect(Collectors.joining(" or "));
    }

    private static String joined(List<String> words) {
        return String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }
}
