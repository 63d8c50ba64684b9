package dev.centime.recommendation.command.archiverecommendation;

import java.time.Instant;
import org.axonframework.modelling.annotation.TargetEntityId;

/** Its time may be over. */
public record ArchiveRecommendation(@TargetEntityId String key, String recommendationId, Instant at) {}
