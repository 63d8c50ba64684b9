package dev.centime.ingest.accept;

import dev.centime.ingest.Source;
import dev.centime.ingest.command.recordusage.RecordUsageHandler;
import dev.centime.ingest.command.recordusage.RecordUsageHandler.Recorded;
import dev.centime.ingest.command.recordusage.Submitted;
import dev.centime.ingest.command.recordusage.UsageAnswer;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Headers;
import dev.centime.kit.Problem;
import dev.centime.kit.idempotency.IdempotencyKey;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The way that every format takes: a body unpacked and read, its records appended for the caller at hand. */
@ApplicationScoped
public class Intake {
    /** What takes longer to read than an event loop may be held goes to a worker. */
    private static final int SMALL_BYTES = 32 * 1024;

    private final CurrentCaller current;
    private final IdempotencyKey key;
    private final RecordUsageHandler handler;

    Intake(CurrentCaller current, IdempotencyKey key, RecordUsageHandler handler) {
        this.current = current;
        this.key = key;
        this.handler = handler;
    }

    /**
     * @param contentEncoding the header, null without
     * @param reader of the unpacked body
     * @throws Problem (as a failure) what {@link UnpackedBody} and the reader throw
     */
    public <T> Uni<T> read(byte[] body, @Nullable String contentEncoding, Function<byte[], T> reader) {
        Supplier<T> read = () -> reader.apply(UnpackedBody.of(body, contentEncoding));
        var item = Uni.createFrom().item(read);
        return body.length <= SMALL_BYTES && contentEncoding == null
                ? item
                : item.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** Appends for the caller of the request at hand. Must be called, not subscribed, while the request is. */
    public Uni<Recorded> record(Source source, Uni<List<Submitted>> submitted) {
        var caller = current.get();
        var idempotencyKey = key.text().orElse(null);
        return submitted.chain(records -> handler.record(caller, source, records, idempotencyKey));
    }

    /** Reads a body, records what it tells of and answers record by record. */
    public Uni<RestResponse<UsageAnswer>> answer(
            Source source, byte[] body, @Nullable String contentEncoding, Function<byte[], List<Submitted>> reader) {
        return record(source, read(body, contentEncoding, reader)).map(Intake::answer);
    }

    private static RestResponse<UsageAnswer> answer(Recorded recorded) {
        var response = RestResponse.ResponseBuilder.ok(recorded.answer());
        if (recorded.position() != null) {
            response.header(Headers.POSITION, recorded.position());
        }
        return response.build();
    }
}
