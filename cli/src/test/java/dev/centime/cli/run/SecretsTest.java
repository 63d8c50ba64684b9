package dev.centime.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path place;

    @Test
    void drawsThemOnce_forTheirOwnerAlone() throws IOException {
        var directory = DataDirectory.at(place.resolve("data")).create();
        var made = new AtomicInteger();

        var key = Secrets.of(directory).adminKey(made::incrementAndGet);
        var password = Secrets.of(directory).password("centime_ingest");

        assertThat(Secrets.of(directory).adminKey(made::incrementAndGet)).isEqualTo(key);
        assertThat(Secrets.of(directory).password("centime_ingest")).isEqualTo(password);
        assertThat(made).hasValue(1);
        for (var file : new Path[] {directory.adminKey(), directory.databasePasswords(), directory.channelKeys()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void givesEveryLoginAPasswordOfItsOwn() {
        var secrets = Secrets.of(DataDirectory.at(place.resolve("data")).create());

        assertThat(secrets.password("centime_budget"))
                .isNotEqualTo(secrets.password("centime_budget_runner"))
                .isNotEqualTo(secrets.password("postgres"));
    }
}
