package io.floodmark.load.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigPrinterTest {

    @TempDir private Path folder;

    private Loaded loaded() {
        return new Configuring(folder)
                .environment("DATABASE_URL", "postgres://ada:pw@h/d")
                .environment("DB_HOSTS", "x")
                .flag("rate", "1k/s")
                .flag("workload", "table")
                .load();
    }

    @Test
    void the_text_has_three_columns_and_the_notices() {
        // The mix is the widest value.
        assertThat(ConfigPrinter.text(loaded()).lines())
                .contains(
                        "url                   postgresql://ada:***@h/d     environment"
                                + " DATABASE_URL",
                        "host                  h                            environment"
                                + " DATABASE_URL",
                        "password              ***                          environment"
                                + " DATABASE_URL",
                        "rate                  1000/s                       flag --rate",
                        "mix                   insert=63,update=27,read=10  default",
                        "threshold             -                            default",
                        "note: environment DB_HOSTS sets nothing; did you mean DB_HOST?");
    }

    @Test
    void the_json_form_has_the_same_values() throws IOException {
        JsonNode root = new ObjectMapper().readTree(ConfigPrinter.json(loaded()));

        assertThat(root.get("settings")).hasSize(Settings.ALL.size());
        assertThat(root.at("/settings/0/value").asText()).isEqualTo("postgresql://ada:***@h/d");
        assertThat(root.at("/settings/0/source").asText()).isEqualTo("environment DATABASE_URL");
        assertThat(root.get("settings"))
                .anySatisfy(entry -> {
                    assertThat(entry.get("name").asText()).isEqualTo("threshold");
                    assertThat(entry.get("value").isNull()).isTrue();
                });
        assertThat(root.get("notices")).hasSize(1);
    }
}
