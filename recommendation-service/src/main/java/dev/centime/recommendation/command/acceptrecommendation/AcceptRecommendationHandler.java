package dev.centime.recommendation.command.acceptrecommendation;

import dev.centime.recommendation.Story;
import dev.centime.recommendation.Story.Told;
import dev.centime.recommendation.policy.Lifecycle;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.commandhandling.configuration.CommandHandlingModule;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

/** Accepts a recommendation that waits for an answer. */
public class AcceptRecommendationHandler {
    public static void configure(EventSourcingConfigurer configurer) {
        configurer.registerCommandHandlingModule(CommandHandlingModule.named("accept-recommendation")
                .commandHandlers()
                .annotatedCommandHandlingComponent(config -> new AcceptRecommendationHandler()));
    }

    @CommandHandler
    Told handle(AcceptRecommendation command, @InjectEntity Story story, EventAppender events) {
        return Told.by(
                Lifecycle.accept(
                        story.state(), command.recommendationId(), command.by(), command.reason(), command.at()),
                events);
    }
}
