package dev.centime.ingest.exports.scheduled;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.centime.ingest.event.ExportScheduled;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An export that is taken again and again.
 *
 * @param filters with the names of users
 * @param history the last times, newest first; null in a list
 */
@Schema(name = "ScheduledExport")
public record ScheduledExport(
        String id,
        String name,
        String layout,
        String format,
        @Nullable String focus,
        Map<String, List<String>> filters,

        @Schema(description = "daily, weekly or monthly: of the whole day, week or month before")
        String frequency,

        @Schema(description = "The time of day, in the organization's zone")
        String at,

        @Schema(
                description = "Without what lets one into a store",
                oneOf = {ExportScheduled.Directory.class, ExportScheduled.Bucket.class})
        ExportScheduled.Destination destination,

        String createdBy,
        Instant createdAt,
        Instant nextDue,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Run> history) {

    /**
     * One time that it fell due.
     *
     * @param state waiting, done or failed
     * @param file below the destination's directory or in its bucket, null until it is written
     * @param tries so far; 0 until it is taken
     * @param failure why the last try failed, null when it did not
     */
    @Schema(name = "ExportRun")
    public record Run(
            Instant due,
            LocalDate startDate,
            LocalDate endDate,
            String state,
            @Nullable String file,
            @Nullable Long bytes,
            int tries,
            @Nullable String failure,
            @Nullable Instant endedAt) {}

    /** @param filters with the names of users */
    static ScheduledExport of(
            ExportScheduled scheduled,
            Map<String, List<String>> filters,
            Instant createdAt,
            Instant nextDue,
            @Nullable List<Run> history) {
        return new ScheduledExport(
                scheduled.exportId(),
                scheduled.name(),
                scheduled.layout(),
                scheduled.format(),
                scheduled.focus(),
                filters,
                scheduled.frequency(),
                scheduled.at().toString(),
                scheduled.destination(),
                scheduled.createdBy(),
                createdAt,
                nextDue,
                history);
    }
}
