package dev.centime.gateway.view.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done.
 *
 * @param id of the event
 * @param at when the log took it
 * @param organizationId whose business it is
 * @param entity what it was done to, as {@code kind/id}
 * @param type the kind of event
 * @param from null where nobody asked for it, or where it is not the reader's to know
 * @param changes the fields that became other than they were; all of them where there was nothing before
 */
@Schema(name = "AuditEntry")
public record AuditEntry(
        String id,
        Instant at,
        String organizationId,
        String entity,
        String type,
        Actor actor,
        @Nullable From from,
        List<Change> changes) {

    /**
     * Who did it.
     *
     * @param id of the key, or the name of the service that did it by itself
     * @param name of the key; null for a service, and for a key that is gone
     * @param user the person whose key it is; null for a program's
     */
    @Schema(name = "AuditActor")
    public record Actor(
            String id, @Nullable String name, @Nullable String user) {}

    /** From where; address and program are null once they were erased. */
    @Schema(name = "AuditFrom")
    public record From(
            @Nullable String address,
            @Nullable String userAgent,
            @Nullable String requestId) {}

    /** @param field with dots, as it stands in the event */
    @Schema(name = "AuditChange")
    public record Change(
            String field,
            @Nullable JsonNode before,
            @Nullable JsonNode after) {}
}
