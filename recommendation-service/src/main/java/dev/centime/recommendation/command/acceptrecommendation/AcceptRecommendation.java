package dev.centime.recommendation.command.acceptrecommendation;

import java.time.Instant;
import org.axonframework.modelling.annotation.TargetEntityId;
import org.jspecify.annotations.Nullable;

/** Somebody wants to follow it. @param by the caller, as id */
record AcceptRecommendation(
        @TargetEntityId String key,
        String recommendationId,
        String by,
        @Nullable String reason,
        Instant at) {}
