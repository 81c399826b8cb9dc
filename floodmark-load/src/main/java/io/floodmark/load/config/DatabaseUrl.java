package io.floodmark.load.config;

import io.floodmark.load.postgres.Password;
import io.floodmark.load.postgres.SslMode;
import java.util.List;
import java.util.Optional;

/// The parts that an address such as `postgresql://user:pw@host:port/db?sslmode=require` names.
///
/// @param ignored names of parameters that are not used here
public record DatabaseUrl(
        Optional<String> host,
        Optional<Integer> port,
        Optional<String> user,
        Optional<Password> password,
        Optional<String> database,
        Optional<SslMode> sslMode,
        List<String> ignored) {

    public DatabaseUrl {
        ignored = List.copyOf(ignored);
    }

    /// The address with its password masked.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("postgresql://");
        user.ifPresent(text::append);
        password.ifPresent(secret -> text.append(':').append(secret));
        if (user.isPresent() || password.isPresent()) {
            text.append('@');
        }
        text.append(host.map(DatabaseUrl::bracketed).orElse(""));
        port.ifPresent(number -> text.append(':').append(number));
        database.ifPresent(name -> text.append('/').append(name));
        sslMode.ifPresent(mode -> text.append("?sslmode=").append(mode.label()));
        return text.toString();
    }

    static String bracketed(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }
}
