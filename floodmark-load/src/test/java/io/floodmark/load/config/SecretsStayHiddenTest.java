package io.floodmark.load.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.postgres.Password;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsStayHiddenTest {

    private static final String SECRET = "hunter2";

    @TempDir private Path folder;

    /// Everything that a user could see of a configuration, accepted or refused.
    private static String everythingShown(Configuring given) {
        try {
            Loaded loaded = given.load();
            return loaded
                    + ConfigPrinter.text(loaded)
                    + ConfigPrinter.json(loaded)
                    + loaded.settings();
        } catch (ConfigurationException refusal) {
            StringWriter trace = new StringWriter();
            refusal.printStackTrace(new PrintWriter(trace, true));
            return refusal.lines() + trace.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://u:hunter2@h/d",
                "postgres://u:hunter2@h:0/d",
                "postgres://u:hunter2@h:99999/d",
                "postgres://u:hunter2@a,b/d",
                "postgres://u:hunter2@h/d?sslmode=no",
                "postgres://u:hunter2@h/d?password=hunter2",
                "postgres://h/d?password=hunter2",
                "postgres://h/d?user=u&password=hunter2&x=hunter2",
                "postgres://u:x?hunter2@h/d",
                "postgres://u:hunter2?x@h/d",
                "postgres://u:hunter2%@h/d",
                "postgres://u:a@hunter2@h/d",
                "postgres://u:a/hunter2@h/d",
                "postgres://u:hunter2",
                "postgres://:hunter2@h",
                "postgres//u:hunter2@h/d",
                "mysql://u:hunter2@h/d",
                "u:hunter2@h",
                "jdbc:postgresql://h/d?user=u&password=hunter2",
                "jdbc:postgresql:d?password=hunter2",
                "password=hunter2",
            })
    void in_an_address(String url) {
        assertThat(everythingShown(new Configuring(folder).flag("url", url)))
                .doesNotContain(SECRET);
        assertThat(everythingShown(new Configuring(folder).environment("DATABASE_URL", url)))
                .doesNotContain(SECRET);
        assertThat(everythingShown(new Configuring(folder).dotEnv("DATABASE_URL='" + url + "'")))
                .doesNotContain(SECRET);
        assertThat(everythingShown(new Configuring(folder).scenario("url: '" + url + "'")))
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @MethodSource("namesOfSettings")
    void in_an_address_put_into_the_wrong_setting(String name) {
        String address = "postgres://u:hunter2@h/d";

        assertThat(everythingShown(new Configuring(folder).flag(name, address)))
                .doesNotContain(SECRET);
        assertThat(everythingShown(new Configuring(folder).flag(name, address + '\0')))
                .doesNotContain(SECRET);
        assertThat(everythingShown(new Configuring(folder).scenario(name + ": " + address)))
                .doesNotContain(SECRET);
    }

    private static List<String> namesOfSettings() {
        return Settings.names();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_PASSWORD=hunter2",
                "DB_PASSWORD=hunter2\u0000",
                "DB_PASSWORD=hunter2\nRATE=-1\nDB_PORT=x",
                "DB_PASSWORD='hunter2",
                "DB_PASSWORD=\"hunter2",
                "DB_PASSWORD=''hunter2",
                "DB_PASSWORD hunter2",
                "DB_PASSWORD: hunter2",
                "DB_PASSWD=hunter2",
                "DB_PASSWORD=hunter2\nDATABASE_URL=postgres://u:p@h/d",
                "DB_PASSWORD=hunter2\nCONCURRENT_WRITERS=0\nINSERT_PERCENT=3\nhunter2",
            })
    void in_an_env_file(String text) {
        assertThat(everythingShown(new Configuring(folder).dotEnv(text))).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: hunter2",
                "password: \"hunter2",
                "password: 'hunter2",
                "password: [hunter2]",
                "password: {a: hunter2}",
                "password: &hunter2",
                "password: *hunter2",
                "password: !hunter2",
                "password: !hunter2!x y",
                "password: %hunter2",
                "password: @hunter2",
                "password: \"hunter2\\q\"",
                "password: hunter2: x",
                "password: |hunter2",
                "password: hunter2\n\tx: 1",
                "password: hunter2\npassword: hunter2",
                "password: hunter2\nrate: -1",
                "password: hunter2\n- x",
                "passwd: hunter2",
            })
    void in_a_scenario(String text) {
        assertThat(everythingShown(new Configuring(folder).scenario(text))).doesNotContain(SECRET);
    }

    @Test
    void in_flags_and_the_environment() {
        Configuring given =
                new Configuring(folder)
                        .flag("password", SECRET)
                        .flag("passwort", SECRET)
                        .environment("DB_PASSWORD", SECRET)
                        .environment("DB_PASS", SECRET);

        assertThat(everythingShown(given)).doesNotContain(SECRET);
    }

    @Test
    void a_secret_prints_as_a_mask_and_is_revealed_on_request_only() {
        Password secret = Password.of(SECRET);

        assertThat(secret).hasToString("***");
        assertThat(secret.reveal()).isEqualTo(SECRET);
        assertThat(Password.of("")).isEqualTo(Password.none()).hasToString("");
    }
}
