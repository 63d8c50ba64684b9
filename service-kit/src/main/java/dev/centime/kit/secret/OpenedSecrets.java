package dev.centime.kit.secret;

import dev.centime.kit.Problem;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens secrets for what is done with them now. Nobody keeps what is opened. */
@ApplicationScoped
public class OpenedSecrets {
    private static final String SQL = """
            SELECT secret_id, key_id, sealed FROM %s
            WHERE partition = $1 AND organization = $2 AND secret_id = ANY ($3)
            """;

    private final Pool pool;
    private final SealingKeys keys;
    private final SecretTable table;

    public OpenedSecrets(@ReactiveDataSource("runner") Pool pool, SealingKeys keys, SecretTable table) {
        this.pool = pool;
        this.keys = keys;
        this.table = table;
    }

    /**
     * What could be opened, and why others could not.
     *
     * @param texts by id; those that were forgotten are absent here and there
     * @param faults by id
     */
    public record Opened(Map<String, String> texts, Map<String, String> faults) {
        public @Nullable String text(String id) {
            return texts.get(id);
        }

        /** Why one of them is not there. */
        public String whyNot(Collection<String> ids) {
            return ids.stream()
                    .map(faults::get)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("the settings changed at this moment");
        }
    }

    /** Opens each by itself: one whose key is gone keeps no other from being opened. */
    public Uni<Opened> of(int partition, String organization, Collection<String> ids) {
        return pool.preparedQuery(table.in(SQL))
                .execute(Tuple.of(partition, organization, ids.toArray(String[]::new)))
                .map(rows -> {
                    var opened = new Opened(new HashMap<>(), new HashMap<>());
                    for (var row : rows) {
                        var id = row.getString("secret_id");
                        var sealed = new Sealed(
                                row.getString("key_id"), row.getBuffer("sealed").getBytes());
                        open(KeptSecrets.place(organization, id), id, sealed, opened);
                    }
                    return opened;
                });
    }

    private void open(String place, String id, Sealed sealed, Opened opened) {
        try {
            opened.texts().put(id, keys.ring().open(place, sealed));
        } catch (IllegalStateException | Problem e) {
            opened.faults().put(id, String.valueOf(e.getMessage()));
        }
    }
}
