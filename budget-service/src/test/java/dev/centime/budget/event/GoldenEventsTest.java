package dev.centime.budget.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Contracts;
import dev.centime.contracts.StoredAs;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stored events are for ever: the file of each version must load, and the newest be written as it is. */
class GoldenEventsTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                AlertAcknowledged.class,
                SpendReserved.class,
                ReservationReleased.class,
                ReservationExpired.class,
                LimitLifted.class,
                LimitRestored.class,
                UserLimitsSet.class,
                IncreaseRequested.class,
                IncreaseDecided.class,
                AlertSettingsSet.class,
                NotificationPreferencesSet.class
            })
    void readsAndWritesItsGoldenFileUnchanged(Class<?> type) throws IOException {
        var stored = type.getAnnotation(StoredAs.class);
        unchanged(type, stored.name() + ".v" + stored.version() + ".json");
    }

    @Test
    void readsAndWritesWhatCameLater() throws IOException {
        unchanged(AlertSettingsSet.class, "alert-settings-set.v1-weekly-report.json");
    }

    private static void unchanged(Class<?> type, String file) throws IOException {
        var mapper = Contracts.mapper();
        try (var in = GoldenEventsTest.class.getResourceAsStream("/golden/" + file)) {
            var golden = mapper.readTree(in);
            var read = mapper.treeToValue(golden, type);
            assertThat(mapper.readTree(mapper.writeValueAsBytes(read))).isEqualTo(golden);
        }
    }
}
