package dev.centime.benchmarks.costs;

import dev.centime.contracts.Attribution;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Cost;
import dev.centime.contracts.Model;
import dev.centime.contracts.Money;
import dev.centime.contracts.StoredAs;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageRecorded;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** So many calls of one organization, spread over the two years before now: whatever their number, of the same people and models, for none of which there is a price. */
final class CallsOfTwoYears {
    static final int DAYS = 730;

    private static final int BATCH = 5_000;

    /** No price is set after it, so that nobody looks for one. */
    private static final long ANY_PRICE = Long.MAX_VALUE;

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int CALLS_A_SESSION = 20;
    private static final String SOURCE = "api";

    private final EventLog log;
    private final EventTypes types;
    private final String organization;
    private final int size;
    private final Instant begin;
    private final Random random;

    /** @param until when the last call is made */
    CallsOfTwoYears(EventLog log, String organization, int size, Instant until) {
        this.log = log;
        this.organization = organization;
        this.size = size;
        this.begin = until.minus(Duration.ofDays(DAYS));
        this.random = new Random(size);
        var stored = UsageRecorded.class.getAnnotation(StoredAs.class);
        this.types = EventTypes.with(Contracts.mapper())
                .add(UsageRecorded.class, stored.name(), stored.version())
                .build();
    }

    /** Puts them into the log. @return what they cost, US dollars */
    BigDecimal append() {
        var total = BigDecimal.ZERO;
        var batch = new ArrayList<NewEvent>(BATCH);
        for (int i = 0; i < size; i++) {
            var cost = BigDecimal.valueOf(100 + random.nextInt(90_000), 6);
            total = total.add(cost);
            batch.add(event(i, cost));
            if (batch.size() == BATCH || i == size - 1) {
                log.append(organization, batch).await().atMost(LONG);
                batch.clear();
            }
        }
        return total;
    }

    private NewEvent event(int i, BigDecimal cost) {
        var at = begin.plusSeconds(
                (long) ((double) i / size * DAYS * Duration.ofDays(1).toSeconds()));
        var id = organization + "-" + i;
        var model = random.nextInt(Family.MODEL.size());
        var attribution = new Attribution(
                any(Family.USER),
                any(Family.PROJECT),
                null,
                "session-" + i / CALLS_A_SESSION,
                null,
                any(Family.OPERATION),
                Map.of("team", any(Family.TEAM)));
        var usage = new UsageRecorded(
                id,
                at,
                new Model(Family.PROVIDER.name(model), Family.MODEL.name(model), null, null),
                attribution,
                Tokens.of(100 + random.nextInt(20_000), 10 + random.nextInt(2_000)),
                new UsageRecorded.Outcome(UsageRecorded.Status.OK, null, null, 500L, false, Map.of()),
                UsageRecorded.Quantity.ONE_CALL,
                Cost.reported(Money.of(cost)),
                new UsageRecorded.Provenance(
                        SOURCE, null, null, null, List.of(), null, null, null, Money.of(cost), null),
                ANY_PRICE);
        return types.encode(eventId(id), at, usage, Map.of(), Set.of());
    }

    /** As ingest-service makes it of organization, source and record id: an export finds a call in the log by it. */
    private String eventId(String recordId) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : List.of("usage", organization, SOURCE, recordId)) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            var hash = ByteBuffer.wrap(digest.digest());
            return new UUID(
                            hash.getLong() & ~0xf000L | 0x8000L,
                            hash.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L)
                    .toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private String any(Family family) {
        return family.name(random.nextInt(family.size()));
    }
}
