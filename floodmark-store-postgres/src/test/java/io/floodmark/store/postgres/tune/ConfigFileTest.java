package io.floodmark.store.postgres.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.local.LocalPostgres;
import io.floodmark.local.LocalReplica;
import io.floodmark.store.postgres.schema.StoreNames;
import java.sql.DriverManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The printed files, on real servers.
final class ConfigFileTest {

    private static final TuningFacts PRIMARY = TuningFacts.of(Role.PRIMARY, 8L << 30, 4);
    private static final TuningFacts REPLICA = TuningFacts.of(Role.REPLICA, 8L << 30, 4);
    private static final Pattern LINE = Pattern.compile("(?m)^([a-z_]+) = '([^']*)'$");

    private static Map<String, String> settings(TuningFacts facts) {
        Map<String, String> settings = new LinkedHashMap<>();
        LINE.matcher(ConfigFile.of(facts, "test"))
                .results()
                .forEach(line -> settings.put(line.group(1), line.group(2)));
        return settings;
    }

    private static LocalPostgres start(Map<String, String> settings) {
        LocalPostgres.Options options = LocalPostgres.Options.defaults();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            options = options.with(setting.getKey(), setting.getValue());
        }
        return LocalPostgres.start(options);
    }

    private static void has(
            LocalPostgres server, String url, TuningFacts facts, Map<String, String> settings) {
        Connections connections =
                () -> DriverManager.getConnection(url, server.user(), server.password());
        try (TunedServer tuned = TunedServer.open(connections, StoreNames.defaults())) {
            ServerProfile profile = tuned.profile();
            settings.forEach((name, value) -> {
                PresentSetting present = profile.setting(name).orElseThrow();
                assertThat(SettingValue.same(present.value(), value, present.unit()))
                        .as(name + " = " + present.shown() + ", wanted " + value)
                        .isTrue();
            });
            assertThat(Advisor.compare(facts, profile).settings())
                    .hasSize(settings.size())
                    .allMatch(line -> line.standing() instanceof Advice.Standing.Fine);
        }
    }

    @Test
    void primary_starts_with_its_file_and_has_every_value() {
        Map<String, String> settings = settings(PRIMARY);
        assertThat(settings).hasSizeGreaterThan(30);

        try (LocalPostgres server = start(settings)) {
            has(server, server.url(), PRIMARY, settings);
        }
    }

    @Test
    void replica_starts_with_its_file_and_has_every_value() {
        Map<String, String> settings = settings(REPLICA);

        try (LocalPostgres server = start(settings);
                LocalReplica replica = LocalReplica.start(server, "configured")) {
            has(server, replica.url(), REPLICA, settings);
        }
    }

    @Test
    void file_says_which_lines_need_a_restart_and_which_wait_for_a_promotion() {
        String replica = ConfigFile.of(REPLICA, "test");

        assertThat(replica.indexOf("shared_buffers"))
                .isLessThan(replica.indexOf("Without effect on a replica"));
        assertThat(replica.indexOf("autovacuum_naptime"))
                .isGreaterThan(replica.indexOf("Without effect on a replica"));
        assertThat(ConfigFile.of(PRIMARY, "test"))
                .containsPattern("\\(needs a restart\\)\nshared_buffers = '2GB'")
                .doesNotContain("Without effect");
        assertThat(ConfigFile.of(PRIMARY, "test").lines()).allMatch(line -> line.length() <= 100);
    }
}
