package dev.centime.eventstore.axon;

import dev.centime.eventstore.log.EventTypes;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.axonframework.conversion.Converter;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.core.ConfigurationApplicationContext;
import org.axonframework.messaging.core.MessageTypeResolver;
import org.axonframework.messaging.core.correlation.CorrelationDataProviderRegistry;
import org.axonframework.messaging.core.correlation.DefaultCorrelationDataProviderRegistry;
import org.axonframework.messaging.core.unitofwork.SimpleUnitOfWorkFactory;
import org.axonframework.messaging.core.unitofwork.UnitOfWorkFactory;
import org.axonframework.update.UpdateCheckerConfigurationEnhancer;

/**
 * Where a service's Axon begins: units of work on virtual threads, stored names instead of class names, tags and payloads without
 * reflection, and no calls home. Slices add themselves to it, and {@link Commands#start} runs it.
 */
public final class CentimeAxon {
    private static final Executor WORKERS = Executors.newVirtualThreadPerTaskExecutor();

    private CentimeAxon() {}

    /**
     * @param engine the log; in fast tests Axon's engine in memory, all else being as in production
     * @param types of the events that handlers append or read
     * @param tags by which decisions find events
     */
    public static EventSourcingConfigurer configurer(EventStorageEngine engine, EventTypes types, EventTags tags) {
        return EventSourcingConfigurer.create()
                .registerEventStorageEngine(config -> engine)
                .registerTagResolver(config -> tags)
                .componentRegistry(registry -> registry.disableEnhancer(UpdateCheckerConfigurationEnhancer.class)
                        .registerComponent(MessageTypeResolver.class, config -> new StoredTypes(types))
                        .registerComponent(Converter.class, config -> new NoConversion())
                        .registerComponent(CorrelationDataProviderRegistry.class, config -> origins())
                        .registerComponent(
                                UnitOfWorkFactory.class,
                                config -> new SimpleUnitOfWorkFactory(
                                        new ConfigurationApplicationContext(config),
                                        work -> work.workScheduler(WORKERS))));
    }

    private static CorrelationDataProviderRegistry origins() {
        return new DefaultCorrelationDataProviderRegistry().registerProvider(config -> new Origin());
    }
}
