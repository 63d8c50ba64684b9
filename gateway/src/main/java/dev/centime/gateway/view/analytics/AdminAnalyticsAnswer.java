package dev.centime.gateway.view.analytics;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Everybody's spend, and the limits of those on the page. Each part is null where its service is unavailable. */
public record AdminAnalyticsAnswer(
        Instant asOf,
        @Schema(ref = "AdminAnalytics") JsonNode usage,

        @Schema(
                type = SchemaType.ARRAY,
                description = "UsedLimits of the persons on the page, in its order; empty where nobody is shown")
        JsonNode limits,

        @Schema(description = "Services that did not answer")
        List<String> unavailable) {}
