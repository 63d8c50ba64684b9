package dev.centime.eventstore.projection;

import io.vertx.mutiny.sqlclient.SqlConnection;

/** Where a projection writes a page: the open transaction, and what its tables are called in this generation. */
public interface View {
    /** The transaction of the page; never committed or closed by the projection. */
    SqlConnection connection();

    /** The partition of every event of the page. */
    int partition();

    /** The name to use in SQL, with schema: the serving table, or its copy while a rebuild fills it. */
    String table(String name);

    /** Timers that stand when this page does. */
    Timers timers();

    /** Whether this is a rebuild: nothing outside the tables may be told of it. */
    boolean rebuilding();
}
