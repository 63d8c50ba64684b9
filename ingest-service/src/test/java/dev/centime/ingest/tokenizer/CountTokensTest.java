package dev.centime.ingest.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.centime.ingest.tokenizer.CountTokens.Counted;
import dev.centime.ingest.tokenizer.Prompt.Message;
import dev.centime.kit.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CountTokensTest {
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final CountTokens count = new CountTokens(metrics);

    @Test
    void countsSpecialMarksAsText_andNamesAsMessagesHaveThem() {
        assertThat(await(count.of(Tokenizer.OPENAI, prompt("<|endoftext|>"))).tokens())
                .isGreaterThan(8);
        var named = new Prompt(List.of(new Message("ada", "Hello")));
        assertThat(await(count.of(Tokenizer.OPENAI, named)).tokens())
                .isGreaterThan(
                        await(count.of(Tokenizer.OPENAI, prompt("Hello"))).tokens());
        assertThat(await(count.of(Tokenizer.OPENAI, Prompt.NONE))).isEqualTo(new Counted(0, 0));
    }

    @Test
    void refusesMoreThanItCanHold_countsThat_andGoesOn() {
        assertThatThrownBy(() -> await(count.of(Tokenizer.OPENAI, prompt("a".repeat(33 * 1024 * 1024)))))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(503);
                    assertThat(problem.retryAfterSeconds()).isEqualTo(1);
                });
        assertThat(metrics.counter("centime.estimate.refused", "reason", "busy").count())
                .isEqualTo(1);
        assertThat(await(count.of(Tokenizer.OPENAI, prompt("Hello")))).isEqualTo(new Counted(8, 0));
    }

    @Test
    void refusesWhatItsQueueDoesNotTake() {
        var outcomes = IntStream.range(0, 500)
                .mapToObj(i -> count.of(Tokenizer.OPENAI, prompt("word ".repeat(10_000)))
                        .map(Counted::tokens)
                        .onFailure(Problem.class)
                        .recoverWithItem(-1L))
                .toList();
        var tokens = Uni.join().all(outcomes).andFailFast().await().atMost(Duration.ofMinutes(1));
        assertThat(tokens).contains(-1L).anyMatch(counted -> counted > 10_000);
        assertThat(metrics.counter("centime.estimate.refused", "reason", "busy").count())
                .isEqualTo(tokens.stream().filter(counted -> counted < 0).count());
    }

    @Test
    void aPromptDoesNotWriteItselfOut() {
        assertThat(prompt("a secret").toString()).doesNotContain("secret");
        assertThat(prompt("a secret").messages().toString()).doesNotContain("secret");
    }

    private static Prompt prompt(String text) {
        return new Prompt(List.of(new Message(null, text)));
    }

    private static Counted await(Uni<Counted> counted) {
        return counted.await().atMost(Duration.ofSeconds(60));
    }
}
