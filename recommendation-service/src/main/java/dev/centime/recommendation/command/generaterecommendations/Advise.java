package dev.centime.recommendation.command.generaterecommendations;

import dev.centime.recommendation.event.Advice;
import java.time.Instant;
import org.axonframework.modelling.annotation.TargetEntityId;

/** This is to be advised on some calls. */
record Advise(@TargetEntityId String key, Advice advice, Instant at) {}
