package dev.centime.budget;

import dev.centime.eventstore.log.EventLog;
import dev.centime.kit.Caller;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whose rows a read is about.
 *
 * @param organization {@code *} for all
 * @param partition where its rows lie, null for all
 */
public record Tenancy(String organization, @Nullable Integer partition) {

    /** Reads as a caller, under row-level security. */
    @ApplicationScoped
    public static class Reads {
        private final EventLog log;
        private final Tenants tenants;

        Reads(EventLog log, Tenants tenants) {
            this.log = log;
            this.tenants = tenants;
        }

        public <T> Uni<T> as(Caller caller, BiFunction<SqlConnection, Tenancy, Uni<T>> read) {
            return of(caller).chain(tenancy -> tenants.with(caller, connection -> read.apply(connection, tenancy)));
        }

        /** As {@link #as}, all of one moment. @param tables that are read */
        public <T> Uni<T> atOneMoment(
                Caller caller, List<String> tables, BiFunction<SqlConnection, Tenancy, Uni<T>> read) {
            return of(caller)
                    .chain(tenancy ->
                            tenants.atOneMoment(caller, tables, connection -> read.apply(connection, tenancy)));
        }

        private Uni<Tenancy> of(Caller caller) {
            return caller.allOrganizations()
                    ? Uni.createFrom().item(new Tenancy(caller.organization(), null))
                    : log.partitionOf(caller.organization())
                            .map(partition -> new Tenancy(caller.organization(), partition));
        }
    }
}
