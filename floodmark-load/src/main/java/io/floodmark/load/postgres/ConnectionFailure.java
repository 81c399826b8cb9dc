package io.floodmark.load.postgres;

import static io.floodmark.load.postgres.SqlFailures.anyCause;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/// Why the server cannot be used, in one line for the user: what, which value, what next.
///
/// The message never holds the password; the driver's exception is the cause.
public final class ConnectionFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// What stands between us and the server.
    public enum Kind {
        UNKNOWN_HOST,
        REFUSED,
        TIMEOUT,
        WRONG_PASSWORD,
        ROLE,
        DATABASE,
        TLS_NOT_OFFERED,
        TLS_NOT_VERIFIED,
        TLS_DEMANDED,
        NOT_ALLOWED,
        TOO_MANY_CONNECTIONS,
        STARTING_UP,
        OTHER
    }

    private final Kind kind;

    private ConnectionFailure(Kind kind, String sentence, SQLException cause) {
        super(sentence, cause);
        this.kind = kind;
    }

    /// Explains a failure to connect to `target`, or of a connection to it.
    public static ConnectionFailure of(ConnectionTarget target, SQLException failure) {
        Kind kind = kindOf(target, failure);
        return new ConnectionFailure(kind, sentence(kind, target, failure), failure);
    }

    public Kind kind() {
        return kind;
    }

    /// The explanation without the exception.
    public String sentence() {
        return String.valueOf(getMessage());
    }

    private static Kind kindOf(ConnectionTarget target, SQLException failure) {
        String state = SqlFailures.firstState(failure).orElse("");
        return switch (state) {
            case "28P01" -> Kind.WRONG_PASSWORD;
            case "3D000" -> Kind.DATABASE;
            case "53300" -> Kind.TOO_MANY_CONNECTIONS;
            case "57P03" -> Kind.STARTING_UP;
            case "28000" -> authorization(target.sslMode(), text(failure));
            default -> network(failure);
        };
    }

    /// The texts are the server's, in its own language; another language ends in `NOT_ALLOWED`.
    private static Kind authorization(SslMode sslMode, String text) {
        // In every other mode the driver has tried TLS, too, so that TLS is not what is missing.
        if (sslMode == SslMode.DISABLE && text.contains("no encryption")) {
            return Kind.TLS_DEMANDED;
        }
        return text.contains("role \"") ? Kind.ROLE : Kind.NOT_ALLOWED;
    }

    private static Kind network(SQLException failure) {
        String text = text(failure);
        if (anyCause(failure, UnknownHostException.class::isInstance)) {
            return Kind.UNKNOWN_HOST;
        }
        if (text.contains("does not support ssl")) {
            return Kind.TLS_NOT_OFFERED;
        }
        if (anyCause(failure, SSLException.class::isInstance)
                || text.contains("root certificate")
                || text.contains("hostnameverifier")) {
            return Kind.TLS_NOT_VERIFIED;
        }
        if (text.contains("no password was provided")
                || text.contains("password is an empty string")) {
            return Kind.WRONG_PASSWORD;
        }
        if (anyCause(failure, SocketTimeoutException.class::isInstance)) {
            return Kind.TIMEOUT;
        }
        return anyCause(failure, java.net.ConnectException.class::isInstance)
                ? Kind.REFUSED
                : Kind.OTHER;
    }

    private static String sentence(Kind kind, ConnectionTarget target, SQLException failure) {
        String what = explanation(kind, target, failure);
        return "cannot use PostgreSQL at %s: %s".formatted(target.describe(), what);
    }

    private static String explanation(Kind kind, ConnectionTarget target, SQLException failure) {
        String user = target.user();
        return switch (kind) {
            case UNKNOWN_HOST ->
                    "the host name '%s' is unknown; check its spelling (DB_HOST)"
                            .formatted(target.host());
            case REFUSED ->
                    "nothing listens on port %d of %s; start the server or correct DB_HOST and DB_PORT"
                            .formatted(target.port(), target.host());
            case TIMEOUT ->
                    "no answer in time from port %d of %s; check the network, the firewall and whether the server hangs"
                            .formatted(target.port(), target.host());
            case WRONG_PASSWORD -> password(target);
            case ROLE ->
                    "the server does not let the role '%s' log in (%s); create it with LOGIN or correct DB_USER"
                            .formatted(user, firstLine(failure));
            case DATABASE ->
                    "there is no database '%s'; create it or correct DB_NAME"
                            .formatted(target.database());
            case TLS_NOT_OFFERED ->
                    "SSL mode '%s' demands TLS and the server offers none; switch its ssl on or lower DB_SSL_MODE"
                            .formatted(target.sslMode().label());
            case TLS_NOT_VERIFIED ->
                    "the server's certificate does not pass SSL mode '%s' (%s); put its authority into ~/.postgresql/root.crt, use the host name of the certificate, or lower DB_SSL_MODE"
                            .formatted(target.sslMode().label(), firstLine(failure));
            case TLS_DEMANDED ->
                    "the server takes user '%s' only over TLS and SSL mode is '%s'; raise DB_SSL_MODE to require"
                            .formatted(user, target.sslMode().label());
            case NOT_ALLOWED ->
                    "the server does not let user '%s' in (%s); check its pg_hba.conf"
                            .formatted(user, firstLine(failure));
            case TOO_MANY_CONNECTIONS ->
                    "all its connections are taken (%s); close some or raise max_connections or the limit of role or database"
                            .formatted(firstLine(failure));
            case STARTING_UP ->
                    "it starts up, shuts down or recovers (%s); try again in a moment"
                            .formatted(firstLine(failure));
            case OTHER ->
                    "%s (SQLSTATE %s)"
                            .formatted(
                                    firstLine(failure),
                                    SqlFailures.firstState(failure).orElse("none"));
        };
    }

    private static String password(ConnectionTarget target) {
        return target.password().isEmpty()
                ? "it wants a password for user '%s' and none is set; set DB_PASSWORD"
                        .formatted(target.user())
                : "the password for user '%s' is wrong; correct DB_PASSWORD or DB_USER"
                        .formatted(target.user());
    }

    private static String text(SQLException failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    }

    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no message");
    }
}
