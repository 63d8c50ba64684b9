package dev.centime.recommendation.command.rejectrecommendation;

import dev.centime.recommendation.Story;
import dev.centime.recommendation.Story.Told;
import dev.centime.recommendation.policy.Lifecycle;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.commandhandling.configuration.CommandHandlingModule;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

/** Rejects a recommendation that waits for an answer. */
public class RejectRecommendationHandler {
    public static void configure(EventSourcingConfigurer configurer) {
        configurer.registerCommandHandlingModule(CommandHandlingModule.named("reject-recommendation")
                .commandHandlers()
                .annotatedCommandHandlingComponent(config -> new RejectRecommendationHandler()));
    }

    @CommandHandler
    Told handle(RejectRecommendation command, @InjectEntity Story story, EventAppender events) {
        return Told.by(
                Lifecycle.reject(
                        story.state(), command.recommendationId(), command.by(), command.reason(), command.at()),
                events);
    }
}
