package dev.centime.system;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The live line of an instance, open, and what was heard on it. */
final class LiveLine implements AutoCloseable {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CompletableFuture<HttpResponse<Stream<String>>> listening;

    private LiveLine(CompletableFuture<HttpResponse<Stream<String>>> listening) {
        this.listening = listening;
    }

    static LiveLine open(Api api) throws Exception {
        var request = api.request("/api/v1/live")
                .header("Accept", "text/event-stream")
                .build();
        var line = new LiveLine(api.http().sendAsync(request, BodyHandlers.ofLines()));
        var stream = line.listening.get(60, TimeUnit.SECONDS);
        if (stream.statusCode() != 200) {
            throw new AssertionError("the live line answers " + stream.statusCode());
        }
        Thread.ofVirtual().start(() -> stream.body().forEach(line.heard::add));
        return line;
    }

    /** Whether an event of a name was heard. */
    boolean heard(String event) {
        return heard.stream().anyMatch(line -> line.replace(" ", "").equals("event:" + event));
    }

    @Override
    public void close() {
        listening.cancel(true);
    }
}
