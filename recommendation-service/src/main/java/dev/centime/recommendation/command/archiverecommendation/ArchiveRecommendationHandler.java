package dev.centime.recommendation.command.archiverecommendation;

import dev.centime.recommendation.Story;
import dev.centime.recommendation.Story.Told;
import dev.centime.recommendation.policy.Lifecycle;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.commandhandling.configuration.CommandHandlingModule;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

/** Archives a recommendation whose time is over. */
public class ArchiveRecommendationHandler {
    public static void configure(EventSourcingConfigurer configurer) {
        configurer.registerCommandHandlingModule(CommandHandlingModule.named("archive-recommendation")
                .commandHandlers()
                .annotatedCommandHandlingComponent(config -> new ArchiveRecommendationHandler()));
    }

    @CommandHandler
    Told handle(ArchiveRecommendation command, @InjectEntity Story story, EventAppender events) {
        return Told.by(Lifecycle.expire(story.state(), command.recommendationId(), command.at()), events);
    }
}
