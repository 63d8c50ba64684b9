package dev.centime.ingest.reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.centime.contracts.Contracts;
import dev.centime.contracts.PriceSet;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.price.GivenPrices;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.projection.NotThereYet;
import dev.centime.ingest.Api;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class TakenCallsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int CALLS = 400;

    @Inject
    TestOrganizations organizations;

    @Inject
    EventLog log;

    @Inject
    EventTypes types;

    private final List<String> seen = new ArrayList<>();
    private TakenCalls taken;
    private String organization;
    private Api api;
    private int partition;
    private List<Event> prices;

    @BeforeEach
    void aPrice_beforeManyCalls() {
        taken = new TakenCalls(log, types);
        organization = organizations.create("UTC");
        api = new Api(TestTokens.orgAdminToken(organization));
        partition = log.partitionOf(organization).await().atMost(SOON);
        api.record(call("older"));
        prices = List.of(priceSet(recordedAt("older").plusNanos(1000)));
        api.record(ids().map(TakenCallsTest::call).collect(Collectors.joining(",", "[", "]")));
    }

    @Test
    void allSinceThePrice_andNoneBefore() {
        lookThrough(begun(), organization::equals, this::see);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(ids().toList());
    }

    @Test
    void onlyOfThoseWhomThePriceConcerns() {
        lookThrough(begun(), whose -> !whose.equals(organization), this::see);

        assertThat(seen).doesNotContainAnyElementsOf(ids().toList());
    }

    @Test
    void whoIsInterrupted_goesOnWhereHeStood_howeverMuchCameMeanwhile() {
        var back = begun();
        assertThatThrownBy(() -> lookThrough(back, organization::equals, calls -> {
                    if (seen.size() < CALLS / 2) {
                        return see(calls);
                    }
                    return Uni.createFrom().failure(new NotThereYet("the view is late"));
                }))
                .isInstanceOf(NotThereYet.class);
        assertThat(seen).hasSizeBetween(CALLS / 2, CALLS - 1);
        api.record(call("later"));

        var again = begun();
        lookThrough(again, organization::equals, this::see);

        assertThat(again).isSameAs(back);
        assertThat(seen)
                .as("each of them once, and none that came later")
                .containsExactlyInAnyOrderElementsOf(ids().toList());
    }

    @Test
    void anotherPrice_andTheSameOnceItWasForgotten_looksFromTheHeadsOfThen() {
        var back = begun();
        lookThrough(back, organization::equals, this::see);
        taken.forget(back);
        api.record(call("later"));
        seen.clear();

        lookThrough(begun(), organization::equals, this::see);

        assertThat(seen).hasSize(CALLS + 1).contains("later");
        var more = List.of(prices.getFirst(), priceSet(Instant.now()));
        assertThat(taken.lookBack(more).await().atMost(SOON).isOf(prices)).isFalse();
    }

    private LookBack begun() {
        return taken.lookBack(prices).await().atMost(SOON);
    }

    private void lookThrough(LookBack back, Predicate<String> whose, Function<List<Event>, Uni<Void>> work) {
        taken.each(back, partition, whose, work).await().atMost(SOON);
    }

    private Uni<Void> see(List<Event> calls) {
        for (var call : calls) {
            if (call.payload() instanceof UsageRecorded usage) {
                seen.add(usage.recordId());
            }
        }
        return Uni.createFrom().voidItem();
    }

    private Instant recordedAt(String call) {
        var id = RecordIds.event(organization, "api", call);
        return log.find(organization, List.of(id)).await().atMost(SOON).get(id).recordedAt();
    }

    private static Stream<String> ids() {
        return IntStream.range(0, CALLS).mapToObj(i -> "call-" + i);
    }

    private static Event priceSet(Instant recordedAt) {
        var id = UUID.randomUUID().toString();
        var set = new PriceSet(id, null, null, GivenPrices.price("acme", "m", "2", "1"), "test");
        return new Event(
                new StoredEvent(
                        EventLog.PLATFORM_PARTITION,
                        1,
                        id,
                        "price-set",
                        1,
                        recordedAt,
                        recordedAt,
                        Contracts.PLATFORM,
                        new byte[0],
                        Map.of()),
                set);
    }

    private static String call(String id) {
        return """
                {"id": "%s", "timestamp": "2025-06-01T10:00:00Z", "provider": "acme", "model": "unpriced-m", "input_tokens": 1000}
                """.formatted(id);
    }
}
