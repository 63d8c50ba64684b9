package dev.centime.ingest.accept;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Moments as other programs write them. */
final class Moments {
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(Instant.MAX.getEpochSecond());
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);
    private static final String REASON = "must be an instant such as 2026-11-22T13:00:00Z, or seconds since 1970";

    private Moments() {}

    /** Seconds since 1970, or text with or without an offset, with a T or a space between date and time. */
    static @Nullable Instant read(Fields fields, String field) throws IOException {
        var text = fields.scalar(field, REASON);
        if (text == null) {
            return null;
        }
        try {
            return fields.within(field, of(text));
        } catch (DateTimeException | NumberFormatException e) {
            fields.error(field, REASON);
            return null;
        }
    }

    private static Instant of(String text) {
        if (text.indexOf(':') < 0) {
            return ofSeconds(new BigDecimal(text));
        }
        var iso = text.replace(' ', 'T');
        var offset = iso.endsWith("Z") || iso.indexOf('+') > 0 || iso.lastIndexOf('-') > iso.indexOf('T');
        return offset
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }

    private static Instant ofSeconds(BigDecimal seconds) {
        if (Math.abs((long) seconds.scale()) > 60 || seconds.abs().compareTo(LAST_SECOND) >= 0) {
            throw new DateTimeException("out of range");
        }
        var whole = seconds.setScale(0, RoundingMode.FLOOR);
        return Instant.ofEpochSecond(
                whole.longValueExact(), seconds.subtract(whole).multiply(NANOS).longValue());
    }
}
