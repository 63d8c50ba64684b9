package dev.centime.ingest.reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallPageTest {
    private static final int PAGES = 100_000;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final List<String> corrected = new ArrayList<>();

    @Test
    void correctsEveryPage_inOrder_howeverManyThereAre() {
        CallPage.each(CallPageTest::page, this::correct).await().atMost(SOON);

        assertThat(corrected).hasSize(PAGES);
        assertThat(corrected.getFirst()).isEqualTo("call 0");
        assertThat(corrected.getLast()).isEqualTo("call " + (PAGES - 1));
    }

    @Test
    void begins_anew_eachTime() {
        var each = CallPage.each(CallPageTest::page, this::correct);
        each.await().atMost(SOON);
        each.await().atMost(SOON);

        assertThat(corrected).hasSize(2 * PAGES);
    }

    @Test
    void ends_whereACorrectionFails() {
        assertThatThrownBy(
                        () -> CallPage.each(CallPageTest::page, ids -> corrected.size() == 3 ? failure() : correct(ids))
                                .await()
                                .atMost(SOON))
                .hasMessage("no more");

        assertThat(corrected).hasSize(3);
    }

    private static Uni<CallPage<Integer>> page(@Nullable Integer from) {
        var next = from == null ? 0 : from;
        return Uni.createFrom()
                .item(new CallPage<>(next == PAGES ? List.of() : List.of("call " + next), Math.min(next + 1, PAGES)));
    }

    private Uni<Void> correct(List<String> ids) {
        corrected.addAll(ids);
        return Uni.createFrom().voidItem();
    }

    private static Uni<Void> failure() {
        return Uni.createFrom().failure(new IllegalStateException("no more"));
    }
}
