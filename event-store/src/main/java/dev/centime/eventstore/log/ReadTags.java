package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which of some tags the events of a stretch carry. */
final class ReadTags {
    private static final String SQL = "SELECT log_offset, tag FROM log.event_tag"
            + " WHERE partition = $1 AND tag = ANY ($2) AND log_offset > $3 AND log_offset <= $4";

    private final Pool pool;

    ReadTags(Pool pool) {
        this.pool = pool;
    }

    Uni<Map<Long, Set<Tag>>> execute(int partition, long after, long upTo, Set<Tag> wanted) {
        var byText = wanted.stream().collect(Collectors.toMap(Criteria::text, Function.identity()));
        var texts = byText.keySet().toArray(String[]::new);
        return UniHelper.toUni(pool.preparedQuery(SQL).execute(Tuple.of(partition, texts, after, upTo)))
                .map(rows -> {
                    Map<Long, Set<Tag>> tags = new HashMap<>();
                    for (var row : rows) {
                        tags.computeIfAbsent(row.getLong(0), offset -> new HashSet<>())
                                .add(byText.get(row.getString(1)));
                    }
                    return tags;
                });
    }
}
