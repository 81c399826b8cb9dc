package io.floodmark.store.postgres.schema;

import java.util.regex.Pattern;

/// The schema of an event store and the prefix of its tables: several stores can share a database
/// or a schema.
///
/// Both match `[a-z_][a-z0-9_]{0,40}` (the prefix may be empty), and every name is quoted, so that
/// no name can become SQL. Names that PostgreSQL keeps for itself (`pg_…`) are refused.
///
/// @param schema the schema, made by [StoreSchema#init] if it is missing
/// @param prefix what each table name begins with, may be empty
public record StoreNames(String schema, String prefix) {
    /// The schema of a store when none is given.
    public static final String DEFAULT_SCHEMA = "floodmark";

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,40}");

    /// Checks the names.
    public StoreNames {
        check("schema", schema);
        if (!prefix.isEmpty()) {
            check("prefix", prefix);
        }
    }

    private static void check(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "%s must match %s, was '%s'".formatted(what, NAME, name));
        }
        if (what.equals("schema") && name.startsWith("pg_")) {
            throw new IllegalArgumentException(
                    "schema must not start with pg_, which PostgreSQL keeps, was '" + name + "'");
        }
    }

    /// Schema `floodmark`, no prefix.
    public static StoreNames defaults() {
        return new StoreNames(DEFAULT_SCHEMA, "");
    }

    /// The one row with the store's identity, layout and segment size.
    public String store() {
        return table("store");
    }

    /// The one row with the last position.
    public String logHead() {
        return table("log_head");
    }

    /// The events, partitioned by position.
    public String events() {
        return table("events");
    }

    /// Hashes of tags and promoted payload members, partitioned by position.
    public String eventTag() {
        return table("event_tag");
    }

    /// Payload keys that are indexed like tags.
    public String promotedKey() {
        return table("promoted_key");
    }

    /// Conditions of appends, kept for verification.
    public String appendCondition() {
        return table("append_condition");
    }

    /// Snapshots.
    public String snapshot() {
        return table("snapshot");
    }

    /// Subscriptions.
    public String subscription() {
        return table("subscription");
    }

    /// Consumers that live.
    public String subscriptionConsumer() {
        return table("subscription_consumer");
    }

    /// Checkpoints and leases of subscriptions.
    public String subscriptionProgress() {
        return table("subscription_progress");
    }

    /// The function that makes segments.
    public String createSegments() {
        return table("create_segments");
    }

    /// The channel, **not quoted**, on which an append engine notifies once per commit; the payload
    /// is the new head in decimal digits.
    public String channel() {
        return schema + "_" + prefix + "head";
    }

    /// `"schema"."prefixname"` for `name`, a plain name of this library.
    String table(String name) {
        return "\"" + schema + "\".\"" + prefix + name + "\"";
    }
}
