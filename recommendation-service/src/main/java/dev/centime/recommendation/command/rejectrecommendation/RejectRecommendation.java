package dev.centime.recommendation.command.rejectrecommendation;

import java.time.Instant;
import org.axonframework.modelling.annotation.TargetEntityId;

/** Somebody does not want to follow it. @param by the caller, as id */
record RejectRecommendation(
        @TargetEntityId String key, String recommendationId, String by, String reason, Instant at) {}
