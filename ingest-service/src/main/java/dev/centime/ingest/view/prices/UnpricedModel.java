package dev.centime.ingest.view.prices;

import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A model that calls of an organization were made to whose price nobody knows.
 *
 * @param tokens of those calls, every kind once
 * @param firstDay of such calls, by UTC
 * @param lastDay of such calls, by UTC
 */
@Schema(name = "UnpricedModel")
public record UnpricedModel(
        String organizationId,
        @Nullable String provider,
        String model,
        long requests,
        long tokens,
        LocalDate firstDay,
        LocalDate lastDay) {}
