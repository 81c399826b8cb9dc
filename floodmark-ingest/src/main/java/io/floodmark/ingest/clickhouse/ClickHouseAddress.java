package io.floodmark.ingest.clickhouse;

import java.net.URI;
import java.util.regex.Pattern;

/// Where ClickHouse's HTTP interface is, and with which credentials; its text leaves the password
/// out.
///
/// @param url `http` or `https` with host and port, without a path
/// @param user who inserts and, the first time, makes the tables
/// @param password of that user, may be empty
/// @param database that holds the tables: a letter or `_`, then letters, digits or `_`
public record ClickHouseAddress(URI url, String user, String password, String database) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    /// Checks the values.
    public ClickHouseAddress {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        boolean bare = url.getQuery() == null && url.getUserInfo() == null;
        if (!http || !bare || url.getHost() == null || url.getPath().length() > 1) {
            throw new IllegalArgumentException(
                    "the URL of ClickHouse must be like http://host:8123, without path, user and parameters");
        }
        if (user.isEmpty() || !NAME.matcher(database).matches()) {
            throw new IllegalArgumentException(
                    "ClickHouse needs a user, and a database of letters, digits and _, were '%s' and '%s'"
                            .formatted(user, database));
        }
        if ((user + password).chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "user and password of ClickHouse must be free of line feeds and other control characters");
        }
    }

    /// A name of a table, qualified and quoted.
    String table(String table) {
        return "`" + database + "`." + table;
    }

    @Override
    public String toString() {
        return user + " at " + url + ", database " + database;
    }
}
