package dev.centime.eventstore.projection;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Collection;

/** A view in a page's transaction: the serving tables, or the copies that a rebuild fills. */
record OpenView(SqlConnection connection, int partition, Lane lane, String schema, TimerRows rows) implements View {
    @Override
    public String table(String name) {
        return schema + "." + (lane.serving() ? name : name + "__g" + lane.generation());
    }

    @Override
    public boolean rebuilding() {
        return !lane.serving();
    }

    @Override
    public Timers timers() {
        return new Timers() {
            @Override
            public Uni<Void> set(Collection<Timer> timers) {
                return rebuilding() ? Uni.createFrom().voidItem() : rows.set(connection, partition, timers);
            }

            @Override
            public Uni<Void> cancel(String name, String organization, Collection<String> keys) {
                return rebuilding()
                        ? Uni.createFrom().voidItem()
                        : rows.cancel(connection, partition, name, organization, keys);
            }
        };
    }
}
