package io.floodmark.load.postgres;

import static io.floodmark.load.postgres.SqlFailures.anyCause;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;

/// Why the server cannot be used, in one line for the user: what, which value, what next.
///
/// The message never holds the password; the driver's exception is the cause.
public final class ConnectionFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// What stands between us and the server, and what to do about it.
    public enum Kind {
        UNKNOWN_HOST("the host name '%1$s' is unknown; check its spelling (DB_HOST)"),
        REFUSED(
                "nothing listens on port %2$d of %1$s; start the server or correct DB_HOST and"
                        + " DB_PORT"),
        TIMEOUT(
                "no answer in time from port %2$d of %1$s; check the network, the firewall and"
                        + " whether the server hangs"),
        NO_PASSWORD("it wants a password for user '%4$s' and none is set; set DB_PASSWORD"),
        WRONG_PASSWORD("the password for user '%4$s' is wrong; correct DB_PASSWORD or DB_USER"),
        ROLE(
                "the server does not let the role '%4$s' log in (%6$s); create it with LOGIN or"
                        + " correct DB_USER"),
        DATABASE("there is no database '%3$s'; create it or correct DB_NAME"),
        TLS_NOT_OFFERED(
                "SSL mode '%5$s' demands TLS and the server offers none; switch its ssl on or lower"
                        + " DB_SSL_MODE"),
        TLS_NOT_VERIFIED(
                "the server's certificate does not pass SSL mode '%5$s' (%6$s); put its authority"
                        + " into ~/.postgresql/root.crt, use the host name of the certificate, or"
                        + " lower DB_SSL_MODE"),
        TLS_DEMANDED(
                "the server takes user '%4$s' only over TLS and SSL mode is '%5$s'; raise"
                        + " DB_SSL_MODE to require"),
        NOT_ALLOWED("the server does not let user '%4$s' in (%6$s); check its pg_hba.conf"),
        TOO_MANY_CONNECTIONS(
                "all its connections are taken (%6$s); close some or raise max_connections or the"
                        + " limit of role or database"),
        TOO_SLOW(
                "it did not end a statement in the time that it had for it (%6$s); look in"
                        + " pg_stat_activity for what holds it up"),
        STARTING_UP("it starts up, shuts down or recovers (%6$s); try again in a moment"),
        OTHER("%6$s (SQLSTATE %7$s)");

        /// Host, port, database, user, SSL mode, the server's words, SQLSTATE.
        private final String explanation;

        Kind(String explanation) {
            this.explanation = explanation;
        }

        private String explain(ConnectionTarget target, SQLException failure) {
            return explanation.formatted(
                    target.host(),
                    target.port(),
                    target.database(),
                    target.user(),
                    target.sslMode().label(),
                    firstLine(failure),
                    SqlFailures.firstState(failure).orElse("none"));
        }
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

    /// As [#of], where each answer had to come within `answerMax`: the sentence names this limit
    /// when it was passed.
    static ConnectionFailure within(
            Duration answerMax, ConnectionTarget target, SQLException failure) {
        Kind kind = kindOf(target, failure);
        String sentence = sentence(kind, target, failure);
        boolean passed = kind == Kind.TIMEOUT || kind == Kind.TOO_SLOW;
        String limit =
                passed ? "; the limit for an answer is %d ms".formatted(answerMax.toMillis()) : "";
        return new ConnectionFailure(kind, sentence + limit, failure);
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
            case "57014" -> Kind.TOO_SLOW;
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
            return Kind.NO_PASSWORD;
        }
        if (anyCause(failure, SocketTimeoutException.class::isInstance)) {
            return Kind.TIMEOUT;
        }
        return anyCause(failure, java.net.ConnectException.class::isInstance)
                ? Kind.REFUSED
                : Kind.OTHER;
    }

    private static String sentence(Kind kind, ConnectionTarget target, SQLException failure) {
        return "cannot use PostgreSQL at %s: %s"
                .formatted(target.describe(), kind.explain(target, failure));
    }

    private static String text(SQLException failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    }

    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no message");
    }
}
