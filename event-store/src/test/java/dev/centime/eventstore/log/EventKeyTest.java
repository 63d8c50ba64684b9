package dev.centime.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventKeyTest {
    @Test
    void keepsTheTimeOfAUuidV7_andOfAUlid() {
        assertThat(EventKey.timeMs("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")).isEqualTo(0x017f22e279b0L);
        assertThat(EventKey.timeMs("01ARZ3NDEKTSV4RRFFQ69G5FAV")).isEqualTo(1469922850259L);
        assertThat(EventKey.of("o", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f").getMostSignificantBits() >>> 16)
                .isEqualTo(0x017f22e279b0L);
    }

    @Test
    void seesNoTime_whereThereIsNone() {
        assertThat(EventKey.timeMs(UUID.randomUUID().toString())).isEqualTo(-1);
        assertThat(EventKey.timeMs("call-1")).isEqualTo(-1);
        assertThat(EventKey.timeMs("81ARZ3NDEKTSV4RRFFQ69G5FAV")).isEqualTo(-1);
        assertThat(EventKey.timeMs("017f22e2-79bz-7cc3-98c4-dc0c0c07398f")).isEqualTo(-1);
        assertThat(EventKey.timeMs("01ARZ3NDEKTSV4RRFFQ69G5FAU")).isEqualTo(-1);
    }

    /** The form is stored: if this fails, every id in every log is forgotten. */
    @Test
    void isForEverTheSame() {
        assertThat(EventKey.of("acme", "call-1")).isEqualTo(UUID.fromString("8dc38194-429e-a217-60dc-bd9e9ad9669d"));
        assertThat(EventKey.of("acme", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"))
                .isEqualTo(UUID.fromString("017f22e2-79b0-6d08-f895-d5711546f564"));
    }

    @Test
    void differsByOrganization() {
        assertThat(EventKey.of("a", "1")).isNotEqualTo(EventKey.of("b", "1"));
        assertThat(EventKey.of("ab", "c")).isNotEqualTo(EventKey.of("a", "bc"));
    }
}
