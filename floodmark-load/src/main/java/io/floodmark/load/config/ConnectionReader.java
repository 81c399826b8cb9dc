package io.floodmark.load.config;

import io.floodmark.load.config.RunConfig.Connection;
import io.floodmark.load.postgres.Password;
import io.floodmark.load.postgres.SslMode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Joins `url` and the settings of its parts into one server, part by part.
///
/// For each part the source of higher rank wins; on one rank the two must agree. A part that the
/// address does not name is taken from its own setting, except that an address with a host and
/// without a port means 5432 to lower sources.
final class ConnectionReader {

    private static final String HOST_DEFAULT = "127.0.0.1";
    private static final int PORT_DEFAULT = 5432;
    private static final String USER_DEFAULT = "postgres";

    private final SettingReader reader;
    private final Map<String, String> environment;

    ConnectionReader(SettingReader reader, Map<String, String> environment) {
        this.reader = reader;
        this.environment = environment;
    }

    /// The server, or nothing when none was named: then the embedded one is meant.
    Optional<Connection> read() {
        Optional<Value<DatabaseUrl>> url = reader.find(Settings.URL);
        var host = reader.find(Settings.HOST);
        var port = reader.find(Settings.PORT);
        var user = reader.find(Settings.USER);
        var password = reader.find(Settings.PASSWORD);
        var database = reader.find(Settings.DATABASE);
        boolean named =
                Stream.of(url, host, port, user, password, database).anyMatch(Optional::isPresent);
        if (!named) {
            embedded();
            return Optional.empty();
        }
        url.ifPresent(this::announce);
        String chosenHost = choose(Settings.HOST, host, url, DatabaseUrl::host, () -> HOST_DEFAULT);
        int chosenPort =
                choose(
                        Settings.PORT,
                        port.filter(own -> !impliedByUrl(own, url)),
                        url,
                        DatabaseUrl::port,
                        () -> PORT_DEFAULT);
        String role = choose(Settings.USER, user, url, DatabaseUrl::user, this::systemUser);
        Password secret =
                choose(
                        Settings.PASSWORD,
                        password,
                        url,
                        DatabaseUrl::password,
                        () -> Password.none());
        String name = choose(Settings.DATABASE, database, url, DatabaseUrl::database, () -> role);
        return Optional.of(
                new Connection(chosenHost, chosenPort, role, secret, name, sslMode(url)));
    }

    private void embedded() {
        Optional<Value<SslMode>> ssl = reader.find(Settings.SSL_MODE);
        ssl.ifPresent(mode ->
                reader.notice(
                        reader.told(Settings.SSL_MODE, mode)
                                + " has no effect on the embedded server; name yours with"
                                + " --host or --url"));
    }

    private void announce(Value<DatabaseUrl> url) {
        reader.show(Settings.URL, url);
        if (url.source() instanceof Source.Flag && url.value().password().isPresent()) {
            reader.notice(
                    "url: other users of this machine can read the password in --url; set"
                            + " DATABASE_URL or DB_PASSWORD instead");
        }
        url.value()
                .ignored()
                .forEach(name ->
                        reader.notice(
                                "url: the parameter "
                                        + Printable.quote(name)
                                        + " from "
                                        + url.source().label()
                                        + " is not used"));
    }

    /// A port of a lower source belongs to another host than the address names.
    private static boolean impliedByUrl(Value<Integer> own, Optional<Value<DatabaseUrl>> url) {
        return url.filter(address -> address.value().host().isPresent())
                .filter(address -> address.source().rank() > own.source().rank())
                .isPresent();
    }

    private SslMode sslMode(Optional<Value<DatabaseUrl>> url) {
        return choose(
                Settings.SSL_MODE,
                reader.find(Settings.SSL_MODE),
                url,
                DatabaseUrl::sslMode,
                () -> SettingReader.fixed(Settings.SSL_MODE));
    }

    private <T> T choose(
            Setting<T> setting,
            Optional<Value<T>> own,
            Optional<Value<DatabaseUrl>> url,
            Function<DatabaseUrl, Optional<T>> part,
            Supplier<T> fallback) {
        Optional<Value<T>> named =
                url.flatMap(address ->
                        part.apply(address.value())
                                .map(one -> new Value<>(one, address.source(), true)));
        if (own.isPresent() && named.isPresent()) {
            requireAgreement(setting, own.get(), named.get());
        }
        Value<T> chosen =
                Stream.of(named, own)
                        .flatMap(Optional::stream)
                        .reduce((first, next) -> rankOf(next) > rankOf(first) ? next : first)
                        .orElseGet(() -> Value.fallback(fallback.get()));
        reader.show(setting, chosen);
        return chosen.value();
    }

    private static int rankOf(Value<?> value) {
        return value.source().rank();
    }

    private <T> void requireAgreement(Setting<T> setting, Value<T> own, Value<T> named) {
        if (rankOf(own) == rankOf(named) && !own.value().equals(named.value())) {
            reader.problem(
                    reader.told(setting, own)
                            + " contradicts "
                            + setting.grammar().format(named.value())
                            + " in the address from "
                            + named.source().label()
                            + "; leave one of them out");
        }
    }

    private String systemUser() {
        return Stream.of("USER", "LOGNAME", "USERNAME")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(name -> !name.isBlank())
                .findFirst()
                .orElse(USER_DEFAULT);
    }
}
