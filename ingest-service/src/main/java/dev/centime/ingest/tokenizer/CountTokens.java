package dev.centime.ingest.tokenizer;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import dev.centime.kit.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts prompts on threads of its own, few and with a short queue, so that no number of long texts keeps anything else waiting.
 * An encoding is loaded when it is first needed.
 */
@ApplicationScoped
public class CountTokens {
    private static final int WAITING = 64;

    /** Characters of all prompts at hand, so that waiting ones do not fill the memory. */
    private static final long HELD = 32L * 1024 * 1024;

    /** A token at each cut, of the fifty or so that 400 letters have at least. */
    private static final int TORN_PERCENT = 2;

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final EncodingRegistry encodings = Encodings.newLazyEncodingRegistry();
    private final ThreadPoolExecutor threads;
    private final AtomicLong held = new AtomicLong();
    private final MeterRegistry metrics;
    private final Timer counting;

    CountTokens(MeterRegistry metrics) {
        var processors = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.threads = new ThreadPoolExecutor(
                processors,
                processors,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().name("tokens-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
        this.metrics = metrics;
        this.counting = Timer.builder("centime.estimate.counting")
                .description("Counting the tokens of a prompt")
                .register(metrics);
    }

    void stop(@Observes ShutdownEvent event) {
        threads.shutdownNow();
    }

    /**
     * @param errorPercent by how much it is usually wrong at most; 0 when the provider would count the same
     */
    public record Counted(long tokens, int errorPercent) {
        public boolean exact() {
            return errorPercent == 0;
        }
    }

    /** @throws Problem (as a failure) 503 when too many wait, or a text takes too long */
    public Uni<Counted> of(Tokenizer tokenizer, Prompt prompt) {
        if (prompt.messages().isEmpty()) {
            return Uni.createFrom().item(new Counted(0, 0));
        }
        var characters = prompt.characters();
        return Uni.createFrom().deferred(() -> {
            if (held.addAndGet(characters) > HELD) {
                held.addAndGet(-characters);
                return Uni.createFrom().failure(busy());
            }
            return counted(tokenizer, prompt).onTermination().invoke(() -> held.addAndGet(-characters));
        });
    }

    private Uni<Counted> counted(Tokenizer tokenizer, Prompt prompt) {
        return Uni.createFrom()
                .item(() -> counting.record(() -> count(tokenizer, prompt)))
                .runSubscriptionOn(threads)
                .onFailure(RejectedExecutionException.class)
                .transform(full -> busy());
    }

    private Counted count(Tokenizer tokenizer, Prompt prompt) {
        var encoding = encodings.getEncoding(tokenizer.encoding());
        var until = System.nanoTime() + DEADLINE.toNanos();
        var encoded = 0L;
        var errorPercent = tokenizer.errorPercent();
        for (var message : prompt.messages()) {
            var pieces = new Pieces(message.content());
            encoded += tokens(encoding, pieces, until);
            errorPercent = pieces.torn() ? Math.max(TORN_PERCENT, errorPercent) : errorPercent;
            if (message.name() != null) {
                // A name stands in the prompt with a token that says so.
                encoded += 1 + encoding.countTokensOrdinary(message.name());
            }
        }
        return new Counted(tokenizer.tokens(encoded, prompt.messages().size()), errorPercent);
    }

    private long tokens(Encoding encoding, Pieces pieces, long until) {
        var tokens = 0L;
        for (var piece = pieces.next(); piece != null; piece = pieces.next()) {
            if (System.nanoTime() - until > 0) {
                throw refused("late", "the text takes too long to count now; send input_tokens instead");
            }
            tokens += encoding.countTokensOrdinary(piece);
        }
        return tokens;
    }

    private Problem busy() {
        return refused("busy", "too many texts are being counted");
    }

    private Problem refused(String why, String detail) {
        metrics.counter("centime.estimate.refused", "reason", why).increment();
        return Problem.unavailable(detail, 1);
    }
}
