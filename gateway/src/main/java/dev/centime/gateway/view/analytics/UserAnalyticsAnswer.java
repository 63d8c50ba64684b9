package dev.centime.gateway.view.analytics;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A person's spend and limits. Each part is the answer of the service it comes from, null where that is unavailable. */
public record UserAnalyticsAnswer(
        Instant asOf,
        @Schema(ref = "UserAnalytics") JsonNode usage,
        @Schema(ref = "UsedLimits") JsonNode limits,

        @Schema(description = "Services that did not answer")
        List<String> unavailable) {}
