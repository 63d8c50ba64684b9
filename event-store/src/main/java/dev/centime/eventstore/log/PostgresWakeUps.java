package dev.centime.eventstore.log;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Wake-ups over NOTIFY, after the commit and outside it: within, every commit of the database would wait for one lock. One
 * connection of its own, directly to the server (a pooler would swallow LISTEN), tells and listens; it comes back by itself.
 */
public final class PostgresWakeUps implements WakeUps {
    private static final Logger LOG = Logger.getLogger(PostgresWakeUps.class);
    private static final String CHANNEL = "centime_log";
    private static final String NOTIFY = "SELECT pg_notify('" + CHANNEL + "', $1)";
    private static final long COALESCED_MS = Duration.ofMillis(20).toMillis();
    private static final long LONGEST_ANSWER_MS = Duration.ofSeconds(10).toMillis();
    private static final long RECONNECT_MS = Duration.ofMillis(500).toMillis();

    private final Vertx vertx;
    private final PgConnectOptions options;
    private final List<IntConsumer> listeners = new CopyOnWriteArrayList<>();
    private final Set<Integer> grown = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean telling = new AtomicBoolean();
    private volatile boolean closed;
    private volatile @Nullable PgConnection connection;

    private PostgresWakeUps(Vertx vertx, PgConnectOptions options) {
        this.vertx = vertx;
        this.options = options;
    }

    /** Begins to connect, and returns at once. */
    public static PostgresWakeUps on(io.vertx.mutiny.core.Vertx vertx, PgConnectOptions options) {
        var wakeUps = new PostgresWakeUps(vertx.getDelegate(), options);
        wakeUps.connect();
        return wakeUps;
    }

    @Override
    public void wake(int partition) {
        grown.add(partition);
        if (!closed && telling.compareAndSet(false, true)) {
            vertx.setTimer(COALESCED_MS, timer -> tell());
        }
    }

    private void tell() {
        telling.set(false);
        var partitions = Set.copyOf(grown);
        grown.removeAll(partitions);
        var current = connection;
        if (current == null) {
            // Nobody elsewhere hears it: they poll. Here it is heard all the same.
            partitions.forEach(this::heard);
            return;
        }
        var text = partitions.stream().map(String::valueOf).collect(Collectors.joining(","));
        current.preparedQuery(NOTIFY)
                .execute(Tuple.of(text))
                .timeout(LONGEST_ANSWER_MS, TimeUnit.MILLISECONDS)
                .onFailure(failure -> {
                    LOG.debugf("a wake-up was lost: %s", failure);
                    partitions.forEach(this::heard);
                    if (failure instanceof TimeoutException) {
                        // A network that swallows replies tells nobody that it does.
                        current.close();
                    }
                });
    }

    @Override
    public Listening listen(IntConsumer partition) {
        listeners.add(partition);
        return () -> listeners.remove(partition);
    }

    private void connect() {
        if (closed) {
            return;
        }
        PgConnection.connect(vertx, options).onComplete(connected -> {
            if (connected.succeeded()) {
                listenOn(connected.result());
            } else {
                LOG.debugf("wake-ups wait for the database: %s", connected.cause());
                reconnect();
            }
        });
    }

    /** Whatever ends a connection, and however many say so, one comes after it: else there would be none, or more each time. */
    private void listenOn(PgConnection fresh) {
        var over = new AtomicBoolean();
        fresh.notificationHandler(notification -> heard(notification.getPayload()));
        fresh.exceptionHandler(failure -> LOG.debugf("wake-ups lost the database: %s", failure));
        fresh.closeHandler(nothing -> reconnectAfter(over));
        fresh.query("LISTEN " + CHANNEL).execute().onComplete(listening -> {
            if (listening.failed() || closed) {
                LOG.debugf("wake-ups are not heard: %s", listening.cause());
                fresh.close();
                reconnectAfter(over);
            } else {
                connection = fresh;
            }
        });
    }

    private void reconnectAfter(AtomicBoolean over) {
        if (!over.getAndSet(true)) {
            reconnect();
        }
    }

    private void reconnect() {
        connection = null;
        if (!closed) {
            vertx.setTimer(RECONNECT_MS, timer -> connect());
        }
    }

    private void heard(String payload) {
        for (var partition : payload.split(",")) {
            heard(Integer.parseInt(partition));
        }
    }

    private void heard(int partition) {
        for (var listener : listeners) {
            listener.accept(partition);
        }
    }

    @Override
    public void close() {
        closed = true;
        var current = connection;
        if (current != null) {
            current.close();
        }
    }
}
