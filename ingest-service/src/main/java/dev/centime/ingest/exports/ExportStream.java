package dev.centime.ingest.exports;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Pages made into bytes, each when it is asked for: what one export holds is a page and what its format holds back. */
final class ExportStream<T> {
    private final Pages<T> pages;
    private final Rendering<T> rendering;
    private final IntConsumer counted;
    private @Nullable List<String> end;
    private boolean begun;

    private ExportStream(Pages<T> pages, Rendering<T> rendering, IntConsumer counted) {
        this.pages = pages;
        this.rendering = rendering;
        this.counted = counted;
    }

    /**
     * A chunk for each page, the first with what begins the format and the last with what ends it.
     *
     * @param rendering made anew for each subscription
     * @param counted told how many rows each page had
     */
    static <T> Multi<byte[]> of(Pages<T> pages, Supplier<Rendering<T>> rendering, IntConsumer counted) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new ExportStream<T>(pages, rendering.get(), counted), stream -> stream.next())
                .whilst(chunk -> !chunk.last())
                .map(Chunk::bytes);
    }

    private record Chunk(byte[] bytes, boolean last) {}

    private Uni<Chunk> next() {
        return pages.next(end).emitOn(Infrastructure.getDefaultWorkerPool()).map(this::rendered);
    }

    private Chunk rendered(Pages.Slice<T> slice) {
        var bytes = new ByteArrayOutputStream();
        if (!begun) {
            begun = true;
            bytes.writeBytes(rendering.begin());
        }
        bytes.writeBytes(rendering.rows(slice.rows()));
        counted.accept(slice.rows().size());
        end = slice.end();
        if (end == null) {
            bytes.writeBytes(rendering.end());
        }
        return new Chunk(bytes.toByteArray(), end == null);
    }
}
