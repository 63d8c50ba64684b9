package dev.centime.ingest.exports.scheduled;

import dev.centime.contracts.Scope;
import dev.centime.ingest.event.ExportScheduled;
import dev.centime.ingest.exports.ExportFormat;
import dev.centime.ingest.exports.ExportLayout;
import dev.centime.ingest.exports.FocusVersion;
import dev.centime.kit.Filters;
import dev.centime.kit.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What {@code POST /exports} takes. */
@Schema(name = "ScheduleExport")
record ScheduleBody(
        @Schema(description = "What its files begin with: letters, digits, space, _ . and -", required = true) @Nullable
        String name,

        @Schema(description = "calls (default), sessions or cost-tracking") @Nullable
        String layout,

        @Schema(description = "csv (default), json, ndjson or parquet") @Nullable
        String format,

        @Schema(description = "1.2 or 1.4, with calls only") @Nullable
        String focus,

        @Schema(description = "As in every read of cost: values by dimension") @Nullable
        Map<String, List<String>> filters,

        @Schema(description = "daily (default), weekly or monthly: of the whole day, week or month before") @Nullable
        String frequency,

        @Schema(description = "The time of day in the organization's zone, 02:00 by default") @Nullable
        String at,

        @Schema(description = "Where its files go", required = true) @Nullable
        DestinationBody destination) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9 _.-]{0,79}");
    private static final int MAX_VALUES = 100;
    private static final int MAX_LENGTH = 1024;
    private static final LocalTime AT = LocalTime.of(2, 0);

    /** What is wrong with it, by field. @throws Problem 422 */
    void check() {
        if (name == null || !NAME.matcher(name).matches()) {
            throw Problem.unprocessable(
                    "name", "must be 1 to 80 letters, digits, spaces, _ . or -, and begin with a letter, digit or _");
        }
        read("layout", layout, ExportLayout::of);
        read("format", format, ExportFormat::of);
        read("focus", focus, FocusVersion::of);
        if (focus != null && !layout().equals(ExportLayout.CALLS.text())) {
            throw Problem.unprocessable("focus", "can be given with layout calls only");
        }
        read("frequency", frequency, Frequency::of);
        read("at", at, ScheduleBody::time);
        filters().forEach(ScheduleBody::checkFilter);
        checkDestination();
    }

    private static void checkFilter(String name, List<String> values) {
        if (!Filters.isFilter(name) || name.equals("tag.")) {
            throw Problem.unprocessable("filters." + name, "is no dimension");
        }
        //noinspection ConstantValue: JSON may say null
        if (values == null || values.isEmpty() || values.size() > MAX_VALUES) {
            throw Problem.unprocessable("filters." + name, "must have 1 to " + MAX_VALUES + " values");
        }
        if (values.stream()
                .anyMatch(value -> value == null || value.length() > MAX_LENGTH || value.indexOf('\0') >= 0)) {
            throw Problem.unprocessable(
                    "filters." + name, "must have values of at most " + MAX_LENGTH + " characters, without NUL");
        }
    }

    private void checkDestination() {
        if (destination == null) {
            throw Problem.unprocessable("destination", "is required");
        }
        destination.check();
    }

    ExportScheduled scheduled(String id, Scope scope, String createdBy, Instant firstDue) {
        return new ExportScheduled(
                id,
                String.valueOf(name),
                layout(),
                format == null ? ExportFormat.CSV.text() : format,
                focus,
                scope,
                every().text(),
                time(),
                Objects.requireNonNull(destination).destination(),
                createdBy,
                firstDue);
    }

    @Override
    public Map<String, List<String>> filters() {
        return filters == null ? Map.of() : filters;
    }

    @Override
    public String layout() {
        return layout == null ? ExportLayout.CALLS.text() : layout;
    }

    Frequency every() {
        return frequency == null ? Frequency.DAILY : Frequency.of(frequency);
    }

    LocalTime time() {
        return at == null ? AT : time(at);
    }

    private static LocalTime time(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a time of day such as 06:30", e);
        }
    }

    private static void read(String field, @Nullable String text, Consumer<String> reader) {
        if (text != null) {
            try {
                reader.accept(text);
            } catch (IllegalArgumentException e) {
                throw Problem.unprocessable(field, String.valueOf(e.getMessage()));
            }
        }
    }
}
