package dev.centime.budget.command.reservespend;

import dev.centime.budget.event.ReservationReleased;
import dev.centime.budget.event.SpendReserved;
import dev.centime.budget.limit.Call;
import dev.centime.contracts.Attribution;
import dev.centime.contracts.Cost;
import dev.centime.contracts.Model;
import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageRecorded;
import dev.centime.database.TestPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A replica in a process of its own whose callers reserve and spend at random until it is killed: they settle at the true cost, at more
 * than that, name what is held for others, release, leave to expire, and spend without having reserved.
 */
final class SpendingProcess implements AutoCloseable {
    static final String ORGANIZATION = "hot";
    static final List<String> PERSONS = List.of("s-ada", "s-bob", "s-eve");
    private static final int CALLERS = 24;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Process process;

    private SpendingProcess(Process process) {
        this.process = process;
    }

    static SpendingProcess start(TestPostgres.Database database, long seed) throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SpendingProcess.class.getName(),
                database.host(),
                String.valueOf(database.port()),
                database.name(),
                String.valueOf(seed));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        return new SpendingProcess(builder.start());
    }

    public static void main(String[] args) throws IOException {
        var database = new TestPostgres.Database(args[0], Integer.parseInt(args[1]), args[2], "", "");
        try (var replica = new Replica(database).start()) {
            for (int caller = 0; caller < CALLERS; caller++) {
                var random = new Random(Long.parseLong(args[3]) * CALLERS + caller);
                Thread.ofVirtual().start(() -> spend(replica, random));
            }
            while (System.in.read() >= 0) {
                // Nothing is ever written to it; it ends with the process that started this one.
            }
        }
        System.exit(0);
    }

    private static void spend(Replica replica, Random random) {
        while (true) {
            try {
                one(replica, random);
            } catch (RuntimeException refused) {
                // Nothing is held, or nobody knows: as with a caller who got no answer. The next one is another.
            }
        }
    }

    private static void one(Replica replica, Random random) {
        var cents = 1 + random.nextInt(40);
        var person = PERSONS.get(random.nextInt(PERSONS.size()));
        if (random.nextInt(20) == 0) {
            append(replica, usage(person, 1, null));
            return;
        }
        var command = new ReserveSpend(
                UUID.randomUUID().toString(),
                cents(cents),
                Call.of(Map.of("user", person)),
                "any",
                "key",
                Instant.now(),
                Duration.ofSeconds(1 + random.nextInt(2)),
                false);
        var made = replica.handler()
                .handle(ORGANIZATION, command)
                .await()
                .atMost(SOON)
                .made();
        if (made != null) {
            close(replica, random, made, person, cents);
        }
    }

    private static void close(Replica replica, Random random, SpendReserved made, String person, int cents) {
        var fate = random.nextInt(10);
        if (fate < 5) {
            append(replica, usage(person, 1 + cents / 20, made.reservationId()));
        } else if (fate == 5) {
            append(replica, usage(person, cents + 5, made.reservationId()));
        } else if (fate == 6) {
            // Somebody else's call names it: it stays held.
            var other = PERSONS.get((PERSONS.indexOf(person) + 1) % PERSONS.size());
            append(replica, usage(other, 1, made.reservationId()));
        } else if (fate < 9) {
            append(replica, new ReservationReleased(made.reservationId(), "key", Instant.now()));
        }
    }

    private static UsageRecorded usage(String person, int cents, String settles) {
        return usage(person, Instant.now(), cents(cents), settles);
    }

    /** @param settles the reservation that it names; null for none */
    static UsageRecorded usage(String person, Instant at, Money cost, String settles) {
        return new UsageRecorded(
                UUID.randomUUID().toString(),
                at,
                new Model("anthropic", "claude-haiku", null, null),
                new Attribution(person, null, null, null, null, null, Map.of()),
                Tokens.of(1, 1),
                new UsageRecorded.Outcome(UsageRecorded.Status.OK, null, null, null, false, Map.of()),
                UsageRecorded.Quantity.ONE_CALL,
                Cost.reported(cost),
                new UsageRecorded.Provenance("test", null, null, null, List.of(), null, null, settles, null, null),
                0);
    }

    private static Money cents(int cents) {
        return new Money(BigDecimal.valueOf(cents, 2));
    }

    private static void append(Replica replica, Object payload) {
        var event = replica.types().encode(UUID.randomUUID().toString(), Instant.now(), payload, Map.of(), Set.of());
        replica.log().append(ORGANIZATION, List.of(event)).await().atMost(SOON);
    }

    void kill() throws InterruptedException {
        close();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
