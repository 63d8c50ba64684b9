package dev.centime.ingest.exports.scheduled;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.ingest.event.ExportScheduled;
import org.jspecify.annotations.Nullable;

/** What a try has begun to write, and what is to be removed when it did not live to end it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Leftover.PartOfFile.class, name = "file"),
    @JsonSubTypes.Type(value = Leftover.PartsInStore.class, name = "upload")
})
sealed interface Leftover {
    ObjectMapper MAPPER = Contracts.mapper();

    /** @param path of the folder, as in the destination */
    record PartOfFile(String path, String name) implements Leftover {
        public PartOfFile {
            //noinspection ConstantValue: absent in JSON when empty
            path = path == null ? "" : path;
        }
    }

    record PartsInStore(ExportScheduled.Bucket bucket, String key, String uploadId) implements Leftover {}

    /** Is told what there is to remove; null for nothing any more. */
    interface Noted {
        void left(@Nullable Leftover leftover);
    }

    static @Nullable Leftover read(@Nullable String json) {
        try {
            return json == null ? null : MAPPER.readValue(json, Leftover.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what an export left cannot be read", e);
        }
    }

    default String json() {
        try {
            return MAPPER.writerFor(Leftover.class).writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
