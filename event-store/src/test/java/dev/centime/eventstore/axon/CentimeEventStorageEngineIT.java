package dev.centime.eventstore.axon;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.LogDatabase;
import org.axonframework.eventsourcing.eventstore.StorageEngineTestSuite;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.core.unitofwork.StubProcessingContext;
import org.junit.jupiter.api.AfterAll;

/** Axon's own suite, whole. */
class CentimeEventStorageEngineIT extends StorageEngineTestSuite<CentimeEventStorageEngine> {
    private static LogDatabase database;
    private final ProcessingContext context = new StubProcessingContext().withResource(Tenancy.ORGANIZATION, "suite");

    @Override
    protected CentimeEventStorageEngine buildStorageEngine() {
        database = new LogDatabase();
        var types =
                EventTypes.with(new JsonMapper()).add(String.class, "event", 1).build();
        return new CentimeEventStorageEngine(database.log(), types);
    }

    @Override
    protected ProcessingContext processingContext() {
        return context;
    }

    @AfterAll
    static void close() {
        database.close();
    }
}
