package dev.centime.ingest.event;

import dev.centime.contracts.Scope;
import dev.centime.contracts.StoredAs;
import java.time.Instant;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * An export is to be taken again and again.
 *
 * @param name what its files begin with
 * @param layout calls, sessions or cost-tracking
 * @param format csv, json, ndjson or parquet
 * @param focus the version of FOCUS whose columns calls are told in, null for Centime's own
 * @param filters with users as subject ids
 * @param frequency daily, weekly or monthly: of the day, week or month before
 * @param at the time of day, in the organization's zone
 * @param destination where its files go
 * @param createdBy a key or an account
 * @param firstDue when it is taken first
 */
@StoredAs(name = "export-scheduled")
public record ExportScheduled(
        String exportId,
        String name,
        String layout,
        String format,
        @Nullable String focus,
        Scope filters,
        String frequency,
        LocalTime at,
        Destination destination,
        String createdBy,
        Instant firstDue) {

    public ExportScheduled {
        //noinspection ConstantValue: absent in JSON when empty
        filters = filters == null ? Scope.ORGANIZATION : filters;
    }

    /**
     * Where files go.
     *
     * @param type directory
     * @param path below the directory that the operator sets aside for the organization; empty for that itself
     */
    public record Destination(String type, String path) {}
}
