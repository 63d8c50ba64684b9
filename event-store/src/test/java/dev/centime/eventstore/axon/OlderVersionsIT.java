package dev.centime.eventstore.axon;

import static dev.centime.eventstore.log.LogDatabase.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.LogDatabase;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.messaging.core.unitofwork.StubProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.junit.jupiter.api.Test;

/** Axon's handlers see events of older versions as the newest, also in what their type says. */
class OlderVersionsIT {
    private static final EventTypes TYPES = EventTypes.with(new JsonMapper())
            .add(LampSet.class, "lamp-set", 2)
            .upcast(
                    "lamp-set",
                    1,
                    node -> node.put("on", node.remove("state").textValue().equals("on")))
            .build();

    record LampSet(String room, boolean on) {}

    @Test
    void sourcesThemAsTheNewest() throws Exception {
        try (var database = new LogDatabase()) {
            var log = database.log();
            var room = new dev.centime.eventstore.log.Tag("room", "hall");
            log.append(
                            "house",
                            List.of(
                                    LogDatabase.event("1", "lamp-set", "{\"room\":\"hall\",\"state\":\"on\"}", room),
                                    LogDatabase.event("2", "bell-rung", "{}", room)))
                    .await()
                    .atMost(SOON);

            var context = new StubProcessingContext().withResource(Tenancy.ORGANIZATION, "house");
            var messages = new CentimeEventStorageEngine(log, TYPES)
                    .source(SourcingCondition.conditionFor(EventCriteria.havingTags(Tag.of("room", "hall"))), context)
                    .reduce(new ArrayList<EventMessage>(), (all, entry) -> {
                        all.add(entry.message());
                        return all;
                    })
                    .get();

            assertThat(messages.getFirst().payload()).isEqualTo(new LampSet("hall", true));
            assertThat(messages.getFirst().type().version()).isEqualTo("2");
            // Of a type that nobody here knows: its bytes, under the version it was stored with.
            assertThat(messages.get(1).payload()).isEqualTo("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(messages.get(1).type().version()).isEqualTo("1");
        }
    }
}
