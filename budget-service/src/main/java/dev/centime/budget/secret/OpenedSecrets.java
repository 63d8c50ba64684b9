package dev.centime.budget.secret;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Opens secrets for a message that goes out now. Nobody keeps what is opened. */
@ApplicationScoped
public class OpenedSecrets {
    private static final String SQL = """
            SELECT secret_id, key_id, sealed FROM budget.channel_secret
            WHERE partition = $1 AND organization = $2 AND secret_id = ANY ($3)
            """;

    private final Pool pool;
    private final ChannelKeys keys;

    public OpenedSecrets(@ReactiveDataSource("runner") Pool pool, ChannelKeys keys) {
        this.pool = pool;
        this.keys = keys;
    }

    /**
     * Texts by id; those that were forgotten are absent.
     *
     * @return fails with {@link IllegalStateException} when one does not open
     */
    public Uni<Map<String, String>> of(int partition, String organization, Collection<String> ids) {
        return pool.preparedQuery(SQL)
                .execute(Tuple.of(partition, organization, ids.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, String> opened = new HashMap<>();
                    for (var row : rows) {
                        var id = row.getString("secret_id");
                        var sealed = new Sealed(
                                row.getString("key_id"), row.getBuffer("sealed").getBytes());
                        opened.put(id, keys.ring().open(ChannelSecrets.place(organization, id), sealed));
                    }
                    return opened;
                });
    }
}
