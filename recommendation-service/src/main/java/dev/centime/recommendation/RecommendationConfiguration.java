package dev.centime.recommendation;

import dev.centime.contracts.Contracts;
import dev.centime.contracts.StoredAs;
import dev.centime.eventstore.axon.CentimeAxon;
import dev.centime.eventstore.axon.CentimeEventStorageEngine;
import dev.centime.eventstore.axon.Commands;
import dev.centime.eventstore.axon.EventTags;
import dev.centime.eventstore.log.About;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.recommendation.command.acceptrecommendation.AcceptRecommendationHandler;
import dev.centime.recommendation.command.archiverecommendation.ArchiveRecommendationHandler;
import dev.centime.recommendation.command.generaterecommendations.AdviseHandler;
import dev.centime.recommendation.command.rejectrecommendation.RejectRecommendationHandler;
import dev.centime.recommendation.event.RecommendationEvent;
import dev.centime.recommendation.policy.Lifecycle;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.configuration.EventSourcedEntityModule;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/** The table of contents: the events that this service reads and writes, and the commands that it handles. */
public class RecommendationConfiguration {
    /** By which decisions find the events of a story. */
    static final String STORY_TAG = "recommendations";

    /** Every slice that decides, on an engine. */
    static EventSourcingConfigurer slices(EventStorageEngine engine) {
        var configurer = CentimeAxon.configurer(engine, types(), tags())
                .registerEntity(EventSourcedEntityModule.autodetected(String.class, Story.class));
        AdviseHandler.configure(configurer);
        AcceptRecommendationHandler.configure(configurer);
        RejectRecommendationHandler.configure(configurer);
        ArchiveRecommendationHandler.configure(configurer);
        return configurer;
    }

    private static EventTags tags() {
        return EventTags.builder()
                .tag(RecommendationEvent.Made.class, STORY_TAG, RecommendationConfiguration::key)
                .tag(RecommendationEvent.Revised.class, STORY_TAG, RecommendationConfiguration::key)
                .tag(RecommendationEvent.Accepted.class, STORY_TAG, RecommendationConfiguration::key)
                .tag(RecommendationEvent.Rejected.class, STORY_TAG, RecommendationConfiguration::key)
                .tag(RecommendationEvent.Archived.class, STORY_TAG, RecommendationConfiguration::key)
                .build();
    }

    private static String key(RecommendationEvent event) {
        return Lifecycle.keyOf(event.recommendationId());
    }

    private static About about(RecommendationEvent event) {
        return new About("recommendation/" + event.recommendationId());
    }

    private static EventTypes types() {
        var types = EventTypes.with(Contracts.mapper());
        Stream.concat(Contracts.EVENTS.stream(), RecommendationEvent.KINDS.stream())
                .forEach(type -> {
                    var stored = type.getAnnotation(StoredAs.class);
                    types.add(type, stored.name(), stored.version());
                });
        types.about(RecommendationEvent.Made.class, RecommendationConfiguration::about)
                .about(RecommendationEvent.Revised.class, RecommendationConfiguration::about)
                .about(RecommendationEvent.Accepted.class, RecommendationConfiguration::about)
                .about(RecommendationEvent.Rejected.class, RecommendationConfiguration::about)
                .about(RecommendationEvent.Archived.class, RecommendationConfiguration::about);
        return types.build();
    }

    @Produces
    @Singleton
    EventTypes eventTypes() {
        return types();
    }

    @Produces
    @Singleton
    Commands commands(EventLog log, EventTypes types) {
        var engine = new CentimeEventStorageEngine(log, types);
        return Commands.start(slices(engine), engine);
    }

    void close(@Disposes Commands commands) {
        commands.close();
    }
}
