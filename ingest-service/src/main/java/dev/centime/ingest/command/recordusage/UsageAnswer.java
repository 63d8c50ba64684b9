package dev.centime.ingest.command.recordusage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.centime.contracts.Cost;
import dev.centime.contracts.Money;
import dev.centime.kit.Problem.FieldError;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of a body's records, in order; each is judged by itself. */
@Schema(name = "UsageAnswer")
public record UsageAnswer(int accepted, int duplicates, List<Rejected> rejected, List<RecordAnswer> records) {

    /** @param index of the record in the body, from 0 */
    public record Rejected(int index, List<FieldError> errors) {}

    /** How it went. */
    public enum Result {
        ACCEPTED,
        DUPLICATE,
        REJECTED;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One record's answer. The cost's lines add up to its total.
     *
     * @param id null when a rejected record had none
     * @param costSource null when the record was rejected
     * @param totalCost null when it was rejected or has no price
     * @param differs true when a record with this id but other content counts already; absent otherwise
     */
    @Schema(name = "UsageRecordAnswer")
    public record RecordAnswer(
            int index,
            @Nullable String id,
            Result result,

            @Schema(description = "calculated, reported or unpriced")
            Cost.@Nullable Source costSource,

            @Nullable Money totalCost,
            @Nullable Money inputCost,
            @Nullable Money outputCost,
            @Nullable Money cacheReadCost,
            @Nullable Money cacheWriteCost,
            @Nullable Money otherCost,
            @Nullable Money cacheSavings,
            @Nullable String priceId,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean differs) {

        static RecordAnswer of(int index, String id, Result result, Cost cost, boolean differs) {
            var known = cost.total() != null;
            return new RecordAnswer(
                    index,
                    id,
                    result,
                    cost.source(),
                    cost.total(),
                    known ? cost.input() : null,
                    known ? cost.output() : null,
                    known ? cost.cacheRead() : null,
                    known ? cost.cacheWrite() : null,
                    known ? cost.other() : null,
                    known ? cost.cacheSavings() : null,
                    cost.priceId(),
                    differs ? true : null);
        }

        static RecordAnswer rejected(int index, @Nullable String id) {
            return new RecordAnswer(
                    index, id, Result.REJECTED, null, null, null, null, null, null, null, null, null, null);
        }
    }
}
