package dev.centime.ingest.accept.file;

import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a file states of itself against what its rows add up to.
 *
 * @param file within an archive, else null
 * @param what the name of the total, as the file has it
 */
@Schema(name = "ImportDifference")
public record Difference(@Nullable String file, String what, BigDecimal stated, BigDecimal counted) {
    /** The same, in a file of an archive. */
    public Difference in(@Nullable String name) {
        return new Difference(name, what, stated, counted);
    }
}
