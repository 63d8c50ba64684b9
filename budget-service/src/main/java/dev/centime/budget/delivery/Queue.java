package dev.centime.budget.delivery;

import dev.centime.budget.delivery.Queued.Message;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Where messages wait for their sender. */
@ApplicationScoped
public class Queue {
    private final Pool pool;
    private final Sender sender;
    private final DeliveryMetrics metrics;

    public Queue(@ReactiveDataSource("runner") Pool pool, Sender sender, DeliveryMetrics metrics) {
        this.pool = pool;
        this.sender = sender;
        this.metrics = metrics;
    }

    /** Queues messages, each once however often it is said. */
    public Uni<Void> add(List<Message> messages) {
        var done = Uni.createFrom().voidItem();
        for (var message : messages) {
            done = done.chain(() -> Queued.execute(pool, message))
                    .invoke(heldBack -> {
                        if (heldBack) {
                            metrics.suppressed(message.destination().channel());
                        }
                    })
                    .replaceWithVoid();
        }
        return done.invoke(sender::wake);
    }

    /** An alert of which nobody is told. */
    public void silent() {
        metrics.silent();
    }
}
