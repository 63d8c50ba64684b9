package dev.centime.ingest.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
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

    /** Where files go. Stored with its kind as {@code type}. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Directory.class, name = Destination.DIRECTORY),
        @JsonSubTypes.Type(value = Bucket.class, name = Destination.S3)
    })
    public sealed interface Destination {
        String DIRECTORY = "directory";
        String S3 = "s3";
    }

    /** @param path below the directory that the operator sets aside for the organization; empty for that itself */
    public record Directory(String path) implements Destination {
        public Directory {
            //noinspection ConstantValue: absent in JSON when empty
            path = path == null ? "" : path;
        }
    }

    /**
     * A bucket of a store that knows the S3 protocol. The secret that belongs to the key lies sealed beside the log.
     *
     * @param endpoint of the store, as {@code https://s3.example.com}
     * @param prefix before the names of files, apart from them by a slash; empty for none
     * @param pathStyle whether the bucket is the beginning of the path, rather than of the host's name
     */
    public record Bucket(
            String endpoint, String region, String bucket, String prefix, boolean pathStyle, String accessKeyId)
            implements Destination {
        public Bucket {
            //noinspection ConstantValue: absent in JSON when empty
            prefix = prefix == null ? "" : prefix;
        }
    }
}
