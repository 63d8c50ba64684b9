package dev.centime.eventstore.log;

import io.vertx.sqlclient.Row;

/** How a row of the log becomes an event. The columns come in this order wherever events are read. */
final class StoredEvents {
    static final String COLUMNS = "log_offset, id, type, version, happened_at, recorded_at, metadata, payload";

    private StoredEvents() {}

    static StoredEvent of(Row row, int partition, String organization) {
        return new StoredEvent(
                partition,
                row.getLong(0),
                row.getString(1),
                row.getString(2),
                row.getInteger(3),
                row.getOffsetDateTime(4).toInstant(),
                row.getOffsetDateTime(5).toInstant(),
                organization,
                row.getBuffer(7).getBytes(),
                Metadata.read(row.getString(6)));
    }
}
