package dev.centime.ingest.view.calls;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One call, and what was corrected about it.
 *
 * @param corrections in the order in which they were made; empty when what was recorded holds
 * @param correctionsComplete whether these are all of them
 */
@Schema(name = "CallWithCorrections")
public record CallWithCorrections(
        @JsonUnwrapped UsageCall call,
        List<CostCorrection> corrections,

        @Schema(
                description =
                        "false where calls of that time are no longer kept: then the last correction alone is told")
        boolean correctionsComplete) {}
