package io.floodmark.store.postgres.tune;

/// What a recommendation is about; the order is the order of display.
public enum Topic {
    DURABILITY("Durability: acknowledged means stored"),
    CONNECTIONS("Connections and locks"),
    MEMORY("Memory"),
    WAL("Log and checkpoints"),
    VACUUM("Vacuum and statistics, driven by inserts"),
    PLANNER("Planner"),
    OBSERVATION("Observation"),
    REPLICA("Reads on the replica");

    private final String title;

    Topic(String title) {
        this.title = title;
    }

    /// The heading.
    public String title() {
        return title;
    }
}
