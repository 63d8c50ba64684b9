package dev.centime.kit.secret;

import dev.centime.kit.Begins;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * When the service begins, what an older key sealed is sealed with the newest, so that the older one can be taken out of the file
 * after the next start. What no key opens stays as it is: it is logged, and counted by {@code centime.alerts.secrets.lost}.
 */
@ApplicationScoped
public class SealedAnew implements Begins {
    private static final Logger LOG = Logger.getLogger(SealedAnew.class);
    private static final int AT_ONCE = 100;
    private static final String SELECT = """
            SELECT partition, organization, secret_id, key_id, sealed FROM %s
            WHERE key_id <> $1 AND (partition, organization, secret_id) > ($2, $3, $4)
            ORDER BY partition, organization, secret_id LIMIT $5
            """;
    private static final String COUNT = "SELECT count(*) FROM %s";
    private static final String UPDATE = """
            UPDATE %s SET key_id = $5, sealed = $6
            WHERE partition = $1 AND organization = $2 AND secret_id = $3 AND key_id = $4
            """;

    private final Pool pool;
    private final SealingKeys keys;
    private final SecretTable table;
    private final AtomicLong lost = new AtomicLong();

    public SealedAnew(
            @ReactiveDataSource("runner") Pool pool, SealingKeys keys, SecretTable table, MeterRegistry metrics) {
        this.pool = pool;
        this.keys = keys;
        this.table = table;
        metrics.gauge("centime.alerts.secrets.lost", lost);
    }

    @Override
    public Uni<Void> begin() {
        if (!table.isThere()) {
            return Uni.createFrom().voidItem();
        }
        if (!keys.areThere()) {
            return pool.query(table.in(COUNT))
                    .execute()
                    .map(rows -> rows.iterator().next().getLong(0))
                    .invoke(lost::set)
                    .replaceWithVoid();
        }
        Map<String, Long> byKey = new TreeMap<>();
        return after(keys.ring(), Tuple.of(keys.ring().sealingKey(), -1, "", "", AT_ONCE), byKey)
                .invoke(() -> tell(byKey));
    }

    /** One line for a key, however many organizations it is about. */
    private void tell(Map<String, Long> lostByKey) {
        lostByKey.forEach((key, number) -> LOG.errorf(
                "%d secrets of channels are sealed with the key %s, which does not open them: what they are for waits until that key is back or they are set anew",
                number, key));
        lost.set(lostByKey.values().stream().mapToLong(Long::longValue).sum());
    }

    private Uni<Void> after(KeyRing ring, Tuple from, Map<String, Long> lostByKey) {
        return pool.preparedQuery(table.in(SELECT)).execute(from).chain(found -> {
            var rows = StreamSupport.stream(found.spliterator(), false).toList();
            var done = Uni.createFrom().voidItem();
            for (var row : rows) {
                done = done.chain(() -> anew(ring, row, lostByKey));
            }
            return rows.size() < AT_ONCE ? done : done.chain(() -> after(ring, next(ring, rows), lostByKey));
        });
    }

    private static Tuple next(KeyRing ring, List<Row> rows) {
        var last = rows.getLast();
        return Tuple.of(
                ring.sealingKey(),
                last.getInteger("partition"),
                last.getString("organization"),
                last.getString("secret_id"),
                AT_ONCE);
    }

    private Uni<Void> anew(KeyRing ring, Row row, Map<String, Long> lostByKey) {
        var organization = row.getString("organization");
        var id = row.getString("secret_id");
        var before = new Sealed(row.getString("key_id"), row.getBuffer("sealed").getBytes());
        Sealed sealed;
        try {
            var place = KeptSecrets.place(organization, id);
            sealed = ring.seal(place, ring.open(place, before));
        } catch (IllegalStateException e) {
            lostByKey.merge(before.keyId(), 1L, Long::sum);
            return Uni.createFrom().voidItem();
        }
        return pool.preparedQuery(table.in(UPDATE))
                .execute(Tuple.from(List.of(
                        row.getInteger("partition"),
                        organization,
                        id,
                        before.keyId(),
                        sealed.keyId(),
                        Buffer.buffer(sealed.bytes()).getDelegate())))
                .replaceWithVoid();
    }
}
