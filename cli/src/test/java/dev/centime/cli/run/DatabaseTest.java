package dev.centime.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.centime.cli.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
    @Test
    void readsAnAddress() {
        assertThat(Database.of("postgresql://me:p%40ss+w@db.example:6432/costs"))
                .isEqualTo(new Database("db.example", 6432, "costs", "me", "p@ss+w"));
        assertThat(Database.of("jdbc:postgres://me@localhost"))
                .isEqualTo(new Database("localhost", 5432, "centime", "me", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "mysql://me@localhost/x",
                "postgresql://localhost/x",
                "postgresql://me:se cret@h/x"
            })
    void refusesWhatIsNone_withoutRepeatingThePassword(String url) {
        assertThatThrownBy(() -> Database.of(url))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--postgres-url must look like")
                .hasMessageNotContaining("cret");
    }
}
