package dev.centime.ingest.command.updatecatalogue;

import dev.centime.ingest.ModelPrice;
import dev.centime.ingest.RepriceOffer;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a file changes in the catalogue, or would change.
 *
 * @param source {@code body}, or the address it came from
 * @param effectiveDate from which changed prices hold
 */
@Schema(name = "CatalogueUpdate")
public record CatalogueUpdate(
        boolean dryRun,
        String source,
        LocalDate effectiveDate,

        @Schema(
                description =
                        "Models that the catalogue had no price for; it holds for all their calls unless a date was given")
        List<ModelPrice> added,

        List<Changed> changed,

        @Schema(description = "Entries that say what the catalogue says")
        int unchanged,

        @Schema(description = "Models of the catalogue that the file does not name; they keep their price")
        int missing,

        @Schema(description = "Entries that are no price, and why")
        List<Refused> refused,

        @Schema(
                description =
                        "Where prices of the past were set: calls that keep what they cost, and how to price them again")
        @Nullable
        RepriceOffer reprice) {

    @Schema(name = "ChangedPrice")
    public record Changed(ModelPrice before, ModelPrice after) {}

    /** @param entry its key, or {@code line N} */
    @Schema(name = "RefusedPrice")
    public record Refused(String entry, String field, String reason) {}
}
