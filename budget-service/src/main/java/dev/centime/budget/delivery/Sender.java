package dev.centime.budget.delivery;

import dev.centime.budget.AlertDelivery;
import dev.centime.budget.Delivery;
import dev.centime.budget.channel.MessageChannel;
import dev.centime.budget.channel.Outcome;
import dev.centime.budget.channel.ReachableAddresses;
import dev.centime.contracts.BudgetDefinition.Channel;
import dev.centime.kit.Begins;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends what waits: a thread that looks and takes, and one for each message on its way. What a replica took and did not note, because it
 * died, is due again shortly and sent again under the same id, by whichever replica looks first.
 */
@ApplicationScoped
public class Sender implements Begins {
    private static final Logger LOG = Logger.getLogger(Sender.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration DATABASE = Duration.ofSeconds(10);
    private static final Duration LEAVE = Duration.ofSeconds(3);
    private static final long LOOKS_BETWEEN_FORGETTING = 1_200;
    private static final int ROUNDS = 8;

    private final DeliveryRows rows;
    private final Map<Channel, MessageChannel> channels = new EnumMap<>(Channel.class);
    private final AlertDelivery settings;
    private final Backoff backoff;
    private final DeliveryMetrics metrics;
    private final Semaphore wake = new Semaphore(0);
    private final Semaphore free;
    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();
    private volatile boolean ending;
    private long looks;

    public Sender(
            DeliveryRows rows, @All List<MessageChannel> channels, AlertDelivery settings, DeliveryMetrics metrics) {
        this.rows = rows;
        channels.forEach(channel -> this.channels.put(channel.name(), channel));
        this.settings = settings;
        this.backoff = new Backoff(settings.firstPause(), settings.longestPause());
        this.metrics = metrics;
        this.free = new Semaphore(settings.parallel());
    }

    @Override
    public Uni<Void> begin() {
        Thread.ofVirtual().name("alert-sender").start(this::run);
        return Uni.createFrom().voidItem();
    }

    /** Lets what is on its way arrive, for a moment: what is noted now is not sent again by another. */
    @Override
    public void end() {
        ending = true;
        wake();
        try {
            if (!free.tryAcquire(settings.parallel(), LEAVE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("messages under way are left to whoever looks next");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** There may be something to send. */
    public void wake() {
        wake.release();
    }

    private void run() {
        while (!ending) {
            try {
                wake.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
                wake.drainPermits();
                look();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                if (!ending) {
                    LOG.debugf("messages cannot be looked for now: %s", e);
                }
            }
        }
    }

    private void look() {
        var waiting = rows.waiting().await().atMost(DATABASE);
        metrics.waiting(waiting.stream().mapToLong(DeliveryRows.Waiting::number).sum());
        for (var partition : waiting) {
            if (partition.due()) {
                takeOfEach(partition.partition());
            }
        }
        if (looks++ % LOOKS_BETWEEN_FORGETTING == 0) {
            rows.forget(settings.kept()).await().atMost(DATABASE);
        }
    }

    /** Those of whom something was taken are passed over then: one with very many waiting hides nobody who came after. */
    private void takeOfEach(int partition) {
        var served = new HashSet<String>();
        for (int round = 0; round < ROUNDS && !ending; round++) {
            if (!served.addAll(take(partition, served))) {
                return;
            }
        }
    }

    /** @return whose messages were taken */
    private Set<String> take(int partition, Set<String> served) {
        var most = free.availablePermits();
        if (most == 0) {
            return Set.of();
        }
        var busy = new HashSet<>(served);
        underWay.forEach((organization, number) -> {
            if (number >= settings.parallelOfOne()) {
                busy.add(organization);
            }
        });
        var taken = rows.take(partition, most, settings.parallelOfOne(), hold(), busy)
                .await()
                .atMost(DATABASE);
        for (var delivery : taken) {
            free.acquireUninterruptibly();
            underWay.merge(delivery.organization(), 1, Integer::sum);
            Thread.ofVirtual().name("alert-message").start(() -> deliver(delivery));
        }
        return taken.stream().map(Delivery::organization).collect(Collectors.toSet());
    }

    /** Longer than an attempt can take with all that comes before and after it. */
    private Duration hold() {
        return settings.patience().multipliedBy(3).plus(DATABASE);
    }

    private void deliver(Delivery delivery) {
        try {
            note(delivery, attempt(delivery));
        } catch (RuntimeException e) {
            LOG.warnf("what became of message %s cannot be noted now, so it is sent again: %s", delivery.id(), e);
        } finally {
            underWay.merge(delivery.organization(), -1, (now, one) -> now + one == 0 ? null : now + one);
            free.release();
            wake();
        }
    }

    private Outcome attempt(Delivery delivery) {
        var channel = channels.get(delivery.channel());
        if (channel == null) {
            return new Outcome.Hopeless("nobody sends by " + delivery.channel().text(), null);
        }
        try {
            return channel.send(delivery);
        } catch (ReachableAddresses.Unreachable e) {
            return new Outcome.Hopeless(String.valueOf(e.getMessage()), null);
        } catch (Exception e) {
            return Outcome.Failed.because(e);
        }
    }

    private void note(Delivery delivery, Outcome outcome) {
        var channel = delivery.channel();
        var noted =
                switch (outcome) {
                    case Outcome.Delivered delivered ->
                        noted(
                                rows.end(delivery, "delivered", delivered.status(), null),
                                () -> metrics.delivered(channel));
                    case Outcome.Hopeless hopeless -> dead(delivery, hopeless.status(), hopeless.reason());
                    case Outcome.Failed failed
                    when delivery.attempt() >= settings.attempts() -> dead(delivery, failed.status(), failed.reason());
                    case Outcome.Failed failed -> {
                        var pause = backoff.after(
                                delivery.attempt(),
                                failed.pause(),
                                ThreadLocalRandom.current().nextDouble());
                        yield noted(
                                rows.retry(delivery, pause, failed.status(), failed.reason()),
                                () -> metrics.retried(channel));
                    }
                };
        if (!noted) {
            metrics.late(channel);
        }
    }

    private boolean dead(Delivery delivery, @Nullable Integer status, String reason) {
        LOG.warnf(
                "message %s by %s of organization %s is dead after %d attempts: %s",
                delivery.id(), delivery.channel().text(), delivery.organization(), delivery.attempt(), reason);
        return noted(rows.end(delivery, "dead", status, reason), () -> metrics.dead(delivery.channel()));
    }

    private static boolean noted(Uni<Boolean> writing, Runnable counted) {
        var noted = writing.await().atMost(DATABASE);
        if (noted) {
            counted.run();
        }
        return noted;
    }
}
