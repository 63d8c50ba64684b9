package dev.centime.ingest.imports;

import dev.centime.kit.Problem;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A form with a file, received. The file lies on disk until it is read, under no name: it holds what was said to models, and nothing of
 * it stays when this process ends, however it ends.
 */
final class Upload implements AutoCloseable {
    private static final int MAX_NAME_LENGTH = 300;

    private final HttpServerRequest request;
    private final Vertx vertx;
    private final long maxBytes;
    private final Promise<Upload> received = Promise.promise();
    private @Nullable String name;
    private @Nullable FileChannel content;
    private Future<Void> written = Future.succeededFuture();
    private final MessageDigest digest = sha256();
    private long bytes;
    private Map<String, String> fields = Map.of();
    private byte[] whole = {};

    private Upload(HttpServerRequest request, Vertx vertx, long maxBytes) {
        this.request = request;
        this.vertx = vertx;
        this.maxBytes = maxBytes;
    }

    /**
     * Reads the request to its end.
     *
     * @return fails with a {@link Problem} when it is no form, has no file or too much of one
     */
    static Future<Upload> of(HttpServerRequest request, Vertx vertx, long maxBytes) {
        var upload = new Upload(request, vertx, maxBytes);
        request.setExpectMultipart(true);
        request.uploadHandler(upload::file);
        request.exceptionHandler(failure -> upload.fail(Problem.badRequest("body", "broke off, or is no form")));
        request.endHandler(end -> upload.end());
        request.resume();
        return upload.received.future();
    }

    private void file(HttpServerFileUpload part) {
        if (!part.name().equals("file") || name != null) {
            fail(Problem.unprocessable(part.name(), "must be one file, sent as the part named file"));
            return;
        }
        name = part.filename() == null || part.filename().isBlank() ? "file" : part.filename();
        part.pause();
        written = vertx.fileSystem().createTempFile("centime-import", "").compose(path -> open(path)
                .compose(file -> {
                    var whole = Promise.<Void>promise();
                    part.handler(buffer -> keep(buffer, file, part, whole));
                    part.exceptionHandler(whole::tryFail);
                    part.endHandler(end -> whole.tryComplete());
                    part.resume();
                    // Closed however it ended: what is open keeps its place on the disk, since it has no name any more.
                    return whole.future().transform(kept -> file.close()
                            .transform(closed -> kept.succeeded() ? asFuture(closed) : asFuture(kept)));
                }));
    }

    private static Future<Void> asFuture(AsyncResult<Void> result) {
        return result.succeeded() ? Future.succeededFuture() : Future.failedFuture(result.cause());
    }

    private void keep(Buffer buffer, AsyncFile file, HttpServerFileUpload part, Promise<Void> whole) {
        if (whole.future().isComplete()) {
            return;
        }
        bytes += buffer.length();
        if (bytes > maxBytes) {
            var tooLarge = Problem.tooLarge("a file may have at most " + (maxBytes >> 20) + " MB");
            whole.tryFail(tooLarge);
            fail(tooLarge);
            return;
        }
        digest.update(buffer.getBytes());
        file.write(buffer).onFailure(failure -> whole.tryFail(Problem.unavailable("the file cannot be kept now", 30)));
        if (file.writeQueueFull()) {
            part.pause();
            file.drainHandler(drained -> part.resume());
        }
    }

    /** Opened for reading first, which takes its name away. */
    private Future<AsyncFile> open(String path) {
        return vertx.fileSystem().open(path, new OpenOptions().setWrite(true)).map(file -> {
            try {
                content = FileChannel.open(Path.of(path), StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void end() {
        written.onComplete(done -> {
            if (done.failed()) {
                fail(done.cause());
            } else if (name == null) {
                fail(Problem.unprocessable("file", "is required: a form with a part named file that is a file"));
            } else {
                seal();
                received.tryComplete(this);
            }
        });
    }

    /** What is read later does not ask the request, which is answered by then. */
    private void seal() {
        var last = new TreeMap<String, String>();
        request.formAttributes().forEach(field -> last.put(field.getKey(), field.getValue()));
        last.forEach((field, value) -> digest.update((field + "\0" + value + "\0").getBytes(StandardCharsets.UTF_8)));
        fields = last;
        whole = digest.digest();
    }

    private void fail(Throwable failure) {
        if (received.tryFail(failure)) {
            close();
        }
    }

    /** As its sender calls it, without folders. */
    String name() {
        var readable = String.valueOf(name).replaceAll("\\p{Cntrl}", " ").replace('\\', '/');
        var simple = readable.substring(readable.lastIndexOf('/') + 1);
        var shown = simple.isBlank() ? "file" : simple;
        return shown.length() <= MAX_NAME_LENGTH ? shown : shown.substring(0, MAX_NAME_LENGTH);
    }

    long bytes() {
        return bytes;
    }

    /** The fields beside the file, the last of each. */
    Map<String, String> fields() {
        return fields;
    }

    /** Stands for the file and what came beside it: the same when the same is sent again. */
    byte[] digest() {
        return whole;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    InputStream content() {
        if (content == null) {
            throw new IllegalStateException("nothing was received");
        }
        return Channels.newInputStream(content);
    }

    @Override
    public void close() {
        if (content != null) {
            try {
                content.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
