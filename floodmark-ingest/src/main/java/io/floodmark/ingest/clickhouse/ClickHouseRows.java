package io.floodmark.ingest.clickhouse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads the rows of a query as they come, however many they are, with a limit on silence.
///
/// ClickHouse may break off after it has answered 200. Its `JSONCompact` tells the number of rows
/// at the end, so half an answer is never taken for a whole one.
///
/// @param address whom to ask
record ClickHouseRows(ClickHouseAddress address) {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int SILENCE_MILLIS = 60_000;
    private static final int SENTENCE_BYTES_MAX = 4_096;
    private static final JsonFactory JSON = new JsonFactory();

    /// Takes rows.
    interface Taker {

        /// Takes one, its columns as texts.
        void row(List<String> columns) throws IOException;
    }

    /// Runs a query.
    ///
    /// @param sql without a format
    /// @param parameters values of its `{name:Type}`, each under `param_name`
    /// @return how many rows there were
    /// @throws IOException when the taker fails, ClickHouse refuses, or the answer breaks off
    long read(String sql, Map<String, String> parameters, Taker taker) throws IOException {
        HttpURLConnection connection = open(parameters);
        try {
            byte[] query = (sql.strip() + " FORMAT JSONCompact").getBytes(StandardCharsets.UTF_8);
            connection.setFixedLengthStreamingMode(query.length);
            try (var out = connection.getOutputStream()) {
                out.write(query);
            }
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException(
                        "ClickHouse (%s) refused: %s".formatted(address, sentence(connection)));
            }
            try (JsonParser json = JSON.createParser(connection.getInputStream())) {
                return rows(json, taker);
            }
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "the answer of ClickHouse (%s) broke off: %s"
                            .formatted(address, e.getOriginalMessage()),
                    e);
        } catch (java.net.SocketException | java.net.SocketTimeoutException e) {
            throw new IOException(
                    "ClickHouse (%s) cannot be read: %s".formatted(address, e.getMessage()), e);
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection open(Map<String, String> parameters) throws IOException {
        String query =
                parameters.entrySet().stream()
                        .map(one ->
                                one.getKey()
                                        + "="
                                        + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        var connection =
                (HttpURLConnection) address.url().resolve("/?" + query).toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(SILENCE_MILLIS);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("X-ClickHouse-User", address.user());
        connection.setRequestProperty("X-ClickHouse-Key", address.password());
        return connection;
    }

    private static String sentence(HttpURLConnection connection) throws IOException {
        String status = "status " + connection.getResponseCode();
        try (InputStream error = connection.getErrorStream()) {
            if (error == null) {
                return status;
            }
            String text = new String(error.readNBytes(SENTENCE_BYTES_MAX), StandardCharsets.UTF_8);
            return text.lines().findFirst().orElse(status);
        }
    }

    private long rows(JsonParser json, Taker taker) throws IOException {
        long read = 0;
        long promised = -1;
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "data" -> read = data(json, taker);
                case "rows" -> promised = json.getLongValue();
                case "exception" ->
                        throw new IOException(
                                "ClickHouse (%s) broke off: %s".formatted(address, json.getText()));
                default -> json.skipChildren();
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT || promised != read) {
            throw new IOException(
                    "the answer of ClickHouse (%s) broke off after %,d rows"
                            .formatted(address, read));
        }
        return read;
    }

    private static long data(JsonParser json, Taker taker) throws IOException {
        long rows = 0;
        while (json.nextToken() == JsonToken.START_ARRAY) {
            List<String> columns = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                columns.add(json.getValueAsString(""));
            }
            taker.row(columns);
            rows++;
        }
        return rows;
    }
}
