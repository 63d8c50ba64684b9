package dev.centime.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

class StoredInstantTest {
    @Property
    void readsWhatIsWritten(
            @ForAll @LongRange(min = -62_167_219_200L, max = 253_402_300_799L) long second,
            @ForAll @IntRange(max = 999_999_999) int nanos) {
        var instant = Instant.ofEpochSecond(second, nanos);

        assertThat(StoredInstant.of(instant.toString())).isEqualTo(instant);
    }

    @Property
    void neverReadsWhatIsNone(
            @ForAll @LongRange(min = 0, max = 4_102_444_800L) long second,
            @ForAll @IntRange(max = 19) int at,
            @ForAll char other) {
        var text = new StringBuilder(Instant.ofEpochSecond(second).toString());
        text.setCharAt(at, other);

        var read = StoredInstant.of(text.toString());

        assertThat(read).satisfiesAnyOf(none -> assertThat(none).isNull(), some -> assertThat(some)
                .isEqualTo(parsed(text.toString())));
    }

    @Example
    void leavesWhatIsOfAnotherForm() {
        for (var text : new String[] {
            "",
            "2026-11-20",
            "2026-11-20T10:15:30",
            "2026-11-20T10:15:30+01:00",
            "2026-11-20T10:15:30.Z",
            "2026-11-20T24:00:00Z",
            "2026-11-20T10:15:60Z",
            "2026-02-30T10:15:30Z",
            "+12026-11-20T10:15:30Z",
            "2026-11-20T10:15:30.1234567890Z"
        }) {
            assertThat(StoredInstant.of(text)).as(text).isNull();
        }
    }

    private static @Nullable Instant parsed(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
