package dev.centime.recommendation.command.generaterecommendations;

import dev.centime.recommendation.Story;
import dev.centime.recommendation.Story.Told;
import dev.centime.recommendation.policy.Lifecycle;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.commandhandling.configuration.CommandHandlingModule;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

/** Recommends something new, or says otherwise what was recommended before. */
public class AdviseHandler {
    public static void configure(EventSourcingConfigurer configurer) {
        configurer.registerCommandHandlingModule(CommandHandlingModule.named("advise")
                .commandHandlers()
                .annotatedCommandHandlingComponent(config -> new AdviseHandler()));
    }

    @CommandHandler
    Told handle(Advise command, @InjectEntity Story story, EventAppender events) {
        return Told.by(Lifecycle.advise(story.state(), command.advice(), command.at()), events);
    }
}
