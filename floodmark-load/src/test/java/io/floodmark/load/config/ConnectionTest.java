package io.floodmark.load.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.config.RunConfig.Connection;
import io.floodmark.load.postgres.Password;
import io.floodmark.load.postgres.SslMode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectionTest {

    @TempDir private Path folder;
    private Configuring given;

    @BeforeEach
    void begin() {
        given = new Configuring(folder);
    }

    private static Connection connection(Configuring given) {
        return given.config().connection().orElseThrow();
    }

    @Test
    void one_part_given_means_a_server_and_defaults_for_the_rest() {
        Connection connection = connection(given.environment("DB_PORT", "5678"));

        assertThat(connection)
                .isEqualTo(
                        new Connection(
                                "127.0.0.1",
                                5678,
                                "postgres",
                                Password.none(),
                                "postgres",
                                SslMode.PREFER));
        assertThat(connection.target()).isEqualTo("127.0.0.1:5678/postgres");
    }

    @Test
    void the_role_is_the_systems_user_and_the_database_has_its_name() {
        Connection connection = connection(given.flag("host", "db").environment("USER", "ada"));

        assertThat(connection.user()).isEqualTo("ada");
        assertThat(connection.database()).isEqualTo("ada");
    }

    @Test
    void an_ssl_mode_alone_does_not_name_a_server() {
        Loaded loaded = given.environment("DB_SSL_MODE", "require").load();

        assertThat(loaded.config().connection()).isEmpty();
        assertThat(loaded.notices())
                .containsExactly(
                        "ssl-mode require from environment DB_SSL_MODE has no effect on the"
                                + " embedded server; name yours with --host or --url");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://u:p@h:1/d?sslmode=require | u p h:1/d REQUIRE",
                "postgres://h | postgres  h:5432/postgres PREFER",
                "jdbc:postgresql://h/d?user=u&password=p&ssl=true | u p h:5432/d VERIFY_FULL",
                "jdbc:postgresql://h/d?ssl=false | postgres  h:5432/d DISABLE",
                "postgres://u%40x:p%3A%2f%25@[::1]:7/d%20e | u@x p:/% [::1]:7/d e PREFER",
                "postgres://u:p/a@b@h/d | u p/a@b h:5432/d PREFER",
                "postgres:///d?host=h&port=9 | postgres  h:9/d PREFER",
                "postgres://u:p+%2B@h | u p++ h:5432/u PREFER",
            })
    void an_address_is_taken_apart(String url, String parts) {
        Connection connection = connection(given.environment("DATABASE_URL", url));

        assertThat(
                        String.join(
                                " ",
                                connection.user(),
                                connection.password().reveal(),
                                connection.target(),
                                connection.sslMode().name()))
                .isEqualTo(parts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mysql://h | is not a PostgreSQL address",
                "localhost | is not a PostgreSQL address",
                "postgres://h:0/d | has a mistake: its port is out of range: 1 to 65,535",
                "postgres://h:x/d | has a mistake: its port is not a whole number",
                "postgres://a,b/d | names several hosts: give one",
                "postgres://h/d?sslmode=yes | has a mistake: its ssl-mode is not one of disable",
                "postgres://u:p?w@h/d | write a question mark itself as %3F",
                "postgres://u:100%@h/d | write a percent sign itself as %25",
                "postgres://u:%ff@h/d | write a percent sign itself as %25",
                "postgres://[::1/d | has a mistake: its host is not a host",
            })
    void a_malformed_address_is_refused_without_being_repeated(String url, String complaint) {
        assertThat(given.environment("DATABASE_URL", url).refusal())
                .singleElement()
                .asString()
                .startsWith("url: the address from environment DATABASE_URL ")
                .contains(complaint)
                .doesNotContain(url.substring(url.length() - 4));
    }

    @Test
    void parts_of_lower_sources_yield_to_the_address_but_fill_its_gaps() {
        given.environment("DATABASE_URL", "postgres://near/d");
        given.dotEnv("DB_HOST=far\nDB_PORT=5678\nDB_NAME=other\nDB_PASSWORD=pw\nDB_USER=ada");

        assertThat(connection(given))
                .isEqualTo(
                        new Connection(
                                "near", 5432, "ada", Password.of("pw"), "d", SslMode.PREFER));
    }

    @Test
    void parts_of_higher_sources_overrule_the_address() {
        given.environment("DATABASE_URL", "postgres://u:p@near:1/d");

        Loaded loaded = given.flag("database", "other").load();

        assertThat(loaded.config().connection().orElseThrow().target()).isEqualTo("near:1/other");
        assertThat(Configuring.resolved(loaded, "host").source())
                .isEqualTo(new Source.Environment("DATABASE_URL"));
        assertThat(Configuring.resolved(loaded, "database").source())
                .isEqualTo(new Source.Flag("database"));
    }

    @Test
    void parts_of_the_same_source_must_agree_with_the_address() {
        given.environment("DATABASE_URL", "postgres://u:p@near/d");
        given.environment("DB_HOST", "far").environment("DB_PASSWORD", "q");
        given.environment("DB_NAME", "d").environment("DB_PORT", "5678");

        assertThat(given.refusal())
                .containsExactly(
                        "host far from environment DB_HOST contradicts near in the address from"
                                + " environment DATABASE_URL; leave one of them out",
                        "password *** from environment DB_PASSWORD contradicts *** in the address"
                                + " from environment DATABASE_URL; leave one of them out");
    }

    @Test
    void unused_parameters_and_visible_passwords_are_noticed() {
        assertThat(given.flag("url", "postgres://u:p@h/d?application_name=x").load().notices())
                .containsExactly(
                        "url: other users of this machine can read the password in --url; set"
                                + " DATABASE_URL or DB_PASSWORD instead",
                        "url: the parameter \"application_name\" from flag --url is not used");
    }

    @Test
    void a_password_flag_is_explained() {
        assertThat(given.flag("password", "hunter2").refusal())
                .containsExactly(
                        "password: there is no flag --password, because other users of this"
                                + " machine can read command lines; set DB_PASSWORD in the"
                                + " environment or in a .env file, or password in a scenario");
    }

    @Test
    void the_address_of_a_web_service_belongs_into_another_setting() {
        assertThat(given.flag("url", "http://127.0.0.1:8080").refusal())
                .singleElement()
                .asString()
                .endsWith("is the address of a web service: give it as service");
    }
}
