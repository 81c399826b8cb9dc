package io.floodmark.load.config;

import io.floodmark.load.postgres.Password;
import io.floodmark.load.postgres.SslMode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `postgresql://`, `postgres://` and `jdbc:postgresql://` addresses, percent-decoded.
///
/// Not [java.net.URI]: passwords in the wild hold characters that it refuses, and its complaints
/// repeat the text. Here no complaint does.
final class DatabaseUrlGrammar implements Grammar<DatabaseUrl> {

    private static final int LENGTH_MAX = 4_096;
    private static final Pattern SCHEME = Pattern.compile("(?:jdbc:)?postgres(?:ql)?://");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^]]*]|[^:]*)(?::(.*))?");

    @Override
    public DatabaseUrl parse(String text) throws InvalidSetting {
        String address = text.strip();
        Matcher scheme = SCHEME.matcher(address);
        if (address.startsWith("http:") || address.startsWith("https:")) {
            throw new InvalidSetting("is the address of a web service: give it as service");
        }
        if (!scheme.lookingAt() || address.length() > LENGTH_MAX) {
            throw malformed();
        }
        String rest = address.substring(scheme.end());
        Map<String, String> parts = parameters(after(rest, rest.indexOf('?')));
        String location = before(rest, rest.indexOf('?'));
        // A raw slash or @ in a password is common: the last @ ends the password.
        int at = location.lastIndexOf('@');
        userInfo(before(location, at, ""), parts);
        String place = at < 0 ? location : location.substring(at + 1);
        put(parts, "database", after(place, place.indexOf('/')));
        hostAndPort(before(place, place.indexOf('/')), parts);
        return assemble(parts);
    }

    private static Map<String, String> parameters(String query) throws InvalidSetting {
        Map<String, String> parameters = new HashMap<>();
        if (query.isEmpty()) {
            return parameters;
        }
        for (String parameter : List.of(query.split("&", -1))) {
            int equals = parameter.indexOf('=');
            if (equals < 1) {
                // Most likely a raw question mark in the password: going on could show a part.
                throw new InvalidSetting(
                        "has a parameter without \"=\": write a question mark itself as %3F");
            }
            String name = decode(parameter.substring(0, equals));
            String alias = name.equals("dbname") ? "database" : name;
            put(parameters, alias, parameter.substring(equals + 1));
        }
        return parameters;
    }

    private static void userInfo(String info, Map<String, String> parts) throws InvalidSetting {
        int colon = info.indexOf(':');
        put(parts, "user", before(info, colon));
        put(parts, "password", after(info, colon));
    }

    private static void hostAndPort(String place, Map<String, String> parts) throws InvalidSetting {
        if (place.indexOf(',') >= 0) {
            throw new InvalidSetting("names several hosts: give one");
        }
        Matcher matcher = HOST_AND_PORT.matcher(place);
        if (!matcher.matches()) {
            throw malformed();
        }
        put(parts, "host", String.valueOf(matcher.group(1)));
        put(parts, "port", matcher.group(2) == null ? "" : String.valueOf(matcher.group(2)));
    }

    private static void put(Map<String, String> parts, String name, String encoded)
            throws InvalidSetting {
        if (!encoded.isEmpty()) {
            parts.put(name, decode(encoded));
        }
    }

    private static DatabaseUrl assemble(Map<String, String> parts) throws InvalidSetting {
        Optional<SslMode> ssl = part(parts, "sslmode", Settings.SSL_MODE);
        Optional<Boolean> tls = part(parts, "ssl", "ssl", new Texts.Switch());
        if (ssl.isEmpty() && tls.isPresent()) {
            // What the JDBC driver makes of ssl=true.
            ssl = Optional.of(tls.orElse(false) ? SslMode.VERIFY_FULL : SslMode.DISABLE);
        }
        Optional<String> host = part(parts, "host", Settings.HOST);
        Optional<Integer> port = part(parts, "port", Settings.PORT);
        Optional<String> user = part(parts, "user", Settings.USER);
        Optional<Password> password = part(parts, "password", Settings.PASSWORD);
        Optional<String> database = part(parts, "database", Settings.DATABASE);
        List<String> ignored = new ArrayList<>(parts.keySet());
        ignored.sort(null);
        return new DatabaseUrl(host, port, user, password, database, ssl, ignored);
    }

    private static <T> Optional<T> part(Map<String, String> parts, String key, Setting<T> setting)
            throws InvalidSetting {
        return part(parts, key, setting.name(), setting.grammar());
    }

    private static <T> Optional<T> part(
            Map<String, String> parts, String key, String name, Grammar<T> grammar)
            throws InvalidSetting {
        String text = parts.remove(key);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(grammar.parse(text));
        } catch (InvalidSetting problem) {
            throw new InvalidSetting("has a mistake: its " + name + " " + problem.complaint());
        }
    }

    private static String before(String text, int index) {
        return before(text, index, text);
    }

    private static String before(String text, int index, String otherwise) {
        return index < 0 ? otherwise : text.substring(0, index);
    }

    private static String after(String text, int index) {
        return index < 0 ? "" : text.substring(index + 1);
    }

    private static String decode(String text) throws InvalidSetting {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        for (int index = 0; index < encoded.length; index++) {
            if (encoded[index] == '%') {
                bytes.write(hexadecimal(encoded, index + 1) << 4 | hexadecimal(encoded, index + 2));
                index += 2;
            } else {
                bytes.write(encoded[index]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException _) {
            throw badEncoding();
        }
    }

    private static int hexadecimal(byte[] encoded, int index) throws InvalidSetting {
        int digit = index < encoded.length ? Character.digit(encoded[index], 16) : -1;
        if (digit < 0) {
            throw badEncoding();
        }
        return digit;
    }

    private static InvalidSetting badEncoding() {
        return new InvalidSetting(
                "has a % that begins no encoded character: write a percent sign itself as %25");
    }

    private static InvalidSetting malformed() {
        return new InvalidSetting(
                "is not a PostgreSQL address: expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE");
    }

    @Override
    public String range() {
        return "postgresql://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=MODE, also as postgres:// or"
                + " jdbc:postgresql://";
    }

    @Override
    public String quote(String text) {
        return "the address";
    }
}
