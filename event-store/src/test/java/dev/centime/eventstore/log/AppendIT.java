package dev.centime.eventstore.log;

import static dev.centime.eventstore.log.LogDatabase.SOON;
import static dev.centime.eventstore.log.LogDatabase.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AppendIT {
    static LogDatabase database;
    static PostgresEventLog log;

    @BeforeAll
    static void open() {
        database = new LogDatabase();
        log = database.log();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void numbersEventsWithoutGaps_andGivesThemBackByteForByte() {
        var odd = "{\"b\" : 1,  \"a\":\"\u20ac \ud83d\ude00 \\u0001\"}";
        var first = append("bytes", event("1"), event("2", "odd", odd));
        var second = append("bytes", event("3"));
        int partition = first.position().partition();
        long head = second.position().offset();

        assertThat(first.outcomes()).extracting(Appended.Outcome::duplicate).containsExactly(false, false);
        var stored = log.read(partition, 0, 10_000).await().atMost(SOON);
        assertThat(stored).extracting(StoredEvent::offset).isSorted().doesNotHaveDuplicates();
        var event = log.find("bytes", List.of("2")).await().atMost(SOON).get("2");
        assertThat(new String(event.payload(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(odd);
        assertThat(event.at()).isEqualTo(event("x").at());
        assertThat(event.offset()).isEqualTo(first.position().offset());
        assertThat(log.head(partition).await().atMost(SOON)).isGreaterThanOrEqualTo(head);
    }

    @Test
    void findsAgainWhatWasThere_inWholeOrInPart_alsoWithinOneAppend() {
        var first = append("again", event("a"), event("b"), event("c"));
        var same = append("again", event("a"), event("b"), event("c"));
        var mixed = append("again", event("d"), event("b"), event("d"), event("e"));

        assertThat(same.outcomes()).extracting(Appended.Outcome::offset).isEqualTo(offsets(first));
        assertThat(same.outcomes()).allMatch(Appended.Outcome::duplicate);
        assertThat(same.position()).isEqualTo(first.position());
        assertThat(mixed.outcomes()).extracting(Appended.Outcome::duplicate).containsExactly(false, true, true, false);
        long last = first.position().offset();
        assertThat(offsets(mixed)).containsExactly(last + 1, last - 1, last + 1, last + 2);
        assertThat(database.count("SELECT count(*) FROM log.event WHERE organization = 'again'"))
                .isEqualTo(5);
        assertThat(database.count("SELECT count(*) FROM log.event e JOIN log.event_id USING (partition, log_offset)"
                        + " WHERE organization = 'again'"))
                .isEqualTo(5);
    }

    @Test
    void countsAnIdOncePerOrganization() {
        append("one", event("same"));
        assertThat(append("two", event("same")).outcomes()).noneMatch(Appended.Outcome::duplicate);
    }

    @Test
    void refusesADecisionThatIsOutOfDate_andWritesNothing() {
        var tag = new Tag("budget", "b-1");
        var decided = log.source("deciding", Set.of(new Criterion(Set.of(tag), Set.of())), 0)
                .await()
                .atMost(SOON);
        append("deciding", event("x", tag));
        var condition = new AppendCondition(
                Set.of(new Criterion(Set.of(tag), Set.of())), decided.head().offset());

        assertThatThrownBy(() -> log.append("deciding", List.of(event("y", tag)), condition)
                        .await()
                        .atMost(SOON))
                .isInstanceOf(AppendRejected.class);
        assertThat(log.find("deciding", List.of("y")).await().atMost(SOON)).isEmpty();
        assertThat(database.count("SELECT count(*) FROM log.event_tag WHERE organization = 'deciding'"))
                .isEqualTo(1);
    }

    @Test
    void takesADecision_whenOnlyOtherTagsTypesOrOrganizationsCameInBetween() {
        var wanted = new Tag("budget", "b-2");
        var other = new Tag("budget", "b-3");
        append("calm", event("0", "spent", "{}", wanted));
        var head =
                log.head(log.partitionOf("calm").await().atMost(SOON)).await().atMost(SOON);
        append("calm", event("1", "spent", "{}", other), event("2", "renamed", "{}", wanted));

        var both = new Criterion(Set.of(wanted, other), Set.of());
        var spent = new Criterion(Set.of(wanted), Set.of("spent"));
        var condition = new AppendCondition(Set.of(both, spent), head);
        var appended = log.append("calm", List.of(event("3", "spent", "{}", wanted, other)), condition)
                .await()
                .atMost(SOON);

        assertThat(appended.outcomes()).noneMatch(Appended.Outcome::duplicate);
        assertThatThrownBy(() -> log.append("calm", List.of(event("4")), condition)
                        .await()
                        .atMost(SOON))
                .isInstanceOf(AppendRejected.class);
    }

    @Test
    void refusesADecisionThatWaitedTooLong_whateverCameMeanwhile() {
        var none = Set.of(new Criterion(Set.of(new Tag("budget", "b-5")), Set.of()));
        var partition = log.partitionOf("slow").await().atMost(SOON);
        var head = log.head(partition).await().atMost(SOON);
        var decided = new AppendCondition(none, head).within(Duration.ofMillis(200));
        var inTime = log.append("slow", List.of(event("nothing-came")), decided);
        assertThat(inTime.await().atMost(SOON).position().offset()).isEqualTo(head + 1);
        // That is what came since, and it grows old.
        var tries = new AtomicInteger();
        await().atMost(SOON).untilAsserted(() -> {
            var late = log.append("slow", List.of(event("late-" + tries.incrementAndGet())), decided);
            assertThatThrownBy(() -> late.await().atMost(SOON)).isInstanceOf(AppendRejected.class);
        });
        assertThat(log.append("slow", List.of(event("whenever")), new AppendCondition(none, head))
                        .await()
                        .atMost(SOON)
                        .outcomes())
                .noneMatch(Appended.Outcome::duplicate);
    }

    @Test
    void repeatsADecision_asSuccess_thoughItsConditionNoLongerHolds() {
        var tag = new Tag("budget", "b-4");
        var condition = new AppendCondition(Set.of(new Criterion(Set.of(tag), Set.of())), 0);
        var first = log.append("repeat", List.of(event("r", tag)), condition)
                .await()
                .atMost(SOON);
        var second = log.append("repeat", List.of(event("r", tag)), condition)
                .await()
                .atMost(SOON);
        assertThat(second.position()).isEqualTo(first.position());
    }

    @Test
    void sourcesWhatItsCriteriaMatch_inOrder_andTheHead() {
        var a = new Tag("a", "1");
        var b = new Tag("b", "1");
        append("sourced", event("0", a), event("1", b), event("2", a, b), event("3"), event("4", "late", "{}", a));

        var any = Set.of(new Criterion(Set.of(a, b), Set.of()), new Criterion(Set.of(a), Set.of("late")));
        var sourced = log.source("sourced", any, 0).await().atMost(SOON);

        assertThat(sourced.events()).extracting(StoredEvent::id).containsExactly("2", "4");
        assertThat(sourced.head().offset())
                .isGreaterThanOrEqualTo(sourced.events().getLast().offset());
        assertThat(sourced.head().timeline()).isEqualTo(log.timeline().await().atMost(SOON));
    }

    @Test
    void passesOverTypesOnTheServer_andSaysHowFarItLooked() {
        var events = IntStream.range(0, 100)
                .mapToObj(i -> event("t" + i, i % 10 == 0 ? "tenth" : "other", "{}"))
                .toArray(NewEvent[]::new);
        var appended = append("typed", events);
        long before = appended.position().offset() - 100;
        int partition = appended.position().partition();

        var all = log.read(partition, before, 1_000, Set.of("tenth")).await().atMost(SOON);
        assertThat(all.events()).hasSize(10);
        assertThat(all.upTo()).isGreaterThanOrEqualTo(appended.position().offset());
        var some = log.read(partition, before, 3, Set.of("tenth")).await().atMost(SOON);
        assertThat(some.upTo()).isEqualTo(before + 21);
        var none = log.read(partition, before, 3, Set.of("never")).await().atMost(SOON);
        assertThat(none.events()).isEmpty();
        assertThat(none.upTo()).isGreaterThanOrEqualTo(appended.position().offset());
    }

    @Test
    void keepsThePlatformApart() {
        assertThat(log.partitionOf("platform").await().atMost(SOON)).isZero();
        assertThat(log.partitionOf("somebody").await().atMost(SOON)).isBetween(1, 16);
        assertThat(log.partitions().await().atMost(SOON)).hasSize(17);
        assertThat(log.heads().await().atMost(SOON)).containsKey(0).hasSize(17);
    }

    @Test
    void metadataComesBack() {
        var given = Map.of("actor", "key-1", "correlation", "\u00e9\"\n");
        var event = new NewEvent("m", "t", 3, event("x").at(), new byte[] {'1'}, given, Set.of());
        append("meta", event);
        var found = log.find("meta", List.of("m", "absent")).await().atMost(SOON);
        assertThat(found).hasSize(1);
        assertThat(found.get("m").metadata()).isEqualTo(given);
        assertThat(found.get("m").version()).isEqualTo(3);
    }

    private static List<Long> offsets(Appended appended) {
        return appended.outcomes().stream().map(Appended.Outcome::offset).toList();
    }

    private static Appended append(String organization, NewEvent... events) {
        return log.append(organization, List.of(events)).await().atMost(SOON);
    }
}
