package dev.centime.ingest.reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.centime.ingest.reaction.WaitingCalls.End;
import dev.centime.ingest.reaction.WaitingCalls.Page;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitingCallsTest {
    private static final int PAGES = 100_000;
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2025-06-01T12:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(60);

    private final List<String> corrected = new ArrayList<>();

    @Test
    void correctsEveryPage_inOrder_howeverManyThereAre() {
        WaitingCalls.each(WaitingCallsTest::page, this::correct).await().atMost(SOON);

        assertThat(corrected).hasSize(PAGES);
        assertThat(corrected.getFirst()).isEqualTo("call 0");
        assertThat(corrected.getLast()).isEqualTo("call " + (PAGES - 1));
    }

    @Test
    void begins_anew_eachTime() {
        var each = WaitingCalls.each(WaitingCallsTest::page, this::correct);
        each.await().atMost(SOON);
        each.await().atMost(SOON);

        assertThat(corrected).hasSize(2 * PAGES);
    }

    @Test
    void ends_whereACorrectionFails() {
        assertThatThrownBy(() -> WaitingCalls.each(
                                WaitingCallsTest::page, ids -> corrected.size() == 3 ? failure() : correct(ids))
                        .await()
                        .atMost(SOON))
                .hasMessage("no more");

        assertThat(corrected).hasSize(3);
    }

    private static Uni<Page> page(@Nullable End from) {
        var next = from == null ? 0 : Integer.parseInt(from.eventId());
        var end = new End(NOON, String.valueOf(Math.min(next + 1, PAGES)));
        return Uni.createFrom().item(new Page(next == PAGES ? List.of() : List.of("call " + next), end));
    }

    private Uni<Void> correct(List<String> ids) {
        corrected.addAll(ids);
        return Uni.createFrom().voidItem();
    }

    private static Uni<Void> failure() {
        return Uni.createFrom().failure(new IllegalStateException("no more"));
    }
}
