package dev.centime.kit.secret;

import dev.centime.eventstore.log.EventLog;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Keeps and forgets secrets of an organization, for the door. */
@ApplicationScoped
public class KeptSecrets {
    private static final String INSERT = """
            INSERT INTO %s (partition, organization, secret_id, key_id, sealed, created_at)
            VALUES ($1, $2, $3, $4, $5, now()) ON CONFLICT DO NOTHING
            """;
    private static final String DELETE =
            "DELETE FROM %s WHERE partition = $1 AND organization = $2 AND secret_id = ANY ($3)";

    private final SealingKeys keys;
    private final SecretTable table;
    private final EventLog log;
    private final Tenants tenants;

    KeptSecrets(SealingKeys keys, SecretTable table, EventLog log, Tenants tenants) {
        this.keys = keys;
        this.table = table;
        this.log = log;
        this.tenants = tenants;
    }

    /** What a secret is sealed for: no other organization, no other row. */
    public static String place(String organization, String secretId) {
        return organization + "/" + secretId;
    }

    /**
     * Keeps new secrets, all of them or none. One whose id is there already stays as it is.
     *
     * @param texts by id
     * @throws dev.centime.kit.Problem 409 when there is no key to seal them with
     */
    public Uni<Void> keep(String organization, Map<String, String> texts) {
        if (texts.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var ring = keys.ring();
        return log.partitionOf(organization).chain(partition -> {
            var rows = texts.entrySet().stream()
                    .map(text -> {
                        var sealed = ring.seal(place(organization, text.getKey()), text.getValue());
                        return Tuple.of(
                                partition,
                                organization,
                                text.getKey(),
                                sealed.keyId(),
                                Buffer.buffer(sealed.bytes()).getDelegate());
                    })
                    .toList();
            return tenants.with(organization, connection -> connection
                    .preparedQuery(table.in(INSERT))
                    .executeBatch(rows)
                    .replaceWithVoid());
        });
    }

    /** Forgets them for good. */
    public Uni<Void> forget(String organization, Collection<String> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return log.partitionOf(organization)
                .chain(partition -> tenants.with(organization, connection -> connection
                        .preparedQuery(table.in(DELETE))
                        .execute(Tuple.of(
                                partition, organization, List.copyOf(ids).toArray(String[]::new)))
                        .replaceWithVoid()));
    }
}
