package dev.centime.eventstore.projection;

import dev.centime.eventstore.log.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A roll-up and its detail rows, written set-wise as the services' projections are. */
class SalesByItem implements Projection {
    private record Cell(String organization, String item) {}

    @Override
    public String name() {
        return "sales";
    }

    @Override
    public List<String> tables() {
        return List.of("sales", "receipt");
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(Sold.class);
    }

    @Override
    public Uni<Void> apply(View view, List<Event> page) {
        return addToCells(view, page).chain(() -> keepReceipts(view, page));
    }

    private static Uni<Void> addToCells(View view, List<Event> page) {
        Map<Cell, long[]> cells = new LinkedHashMap<>();
        for (var event : page) {
            var sold = (Sold) event.payload();
            var sums = cells.computeIfAbsent(new Cell(event.stored().organization(), sold.item()), c -> new long[2]);
            sums[0]++;
            sums[1] += sold.cents();
        }
        return view.connection()
                .preparedQuery("""
                        INSERT INTO %s AS s (partition, organization, item, sold, cents)
                        SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[])
                        ON CONFLICT (partition, organization, item)
                        DO UPDATE SET sold = s.sold + EXCLUDED.sold, cents = s.cents + EXCLUDED.cents""".formatted(view.table("sales")))
                .execute(Tuple.from(List.of(
                        view.partition(),
                        cells.keySet().stream().map(Cell::organization).toArray(String[]::new),
                        cells.keySet().stream().map(Cell::item).toArray(String[]::new),
                        cells.values().stream().map(sums -> sums[0]).toArray(Long[]::new),
                        cells.values().stream().map(sums -> sums[1]).toArray(Long[]::new))))
                .replaceWithVoid();
    }

    private static Uni<Void> keepReceipts(View view, List<Event> page) {
        return view.connection()
                .preparedQuery("""
                        INSERT INTO %s (partition, organization, log_offset, sold_on, cents)
                        SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::date[], $5::bigint[])""".formatted(view.table("receipt")))
                .execute(Tuple.from(List.of(
                        view.partition(),
                        page.stream()
                                .map(event -> event.stored().organization())
                                .toArray(String[]::new),
                        page.stream().map(event -> event.stored().offset()).toArray(Long[]::new),
                        page.stream()
                                .map(event -> event.stored()
                                        .at()
                                        .atZone(ZoneOffset.UTC)
                                        .toLocalDate())
                                .toArray(LocalDate[]::new),
                        page.stream()
                                .map(event -> ((Sold) event.payload()).cents())
                                .toArray(Long[]::new))))
                .replaceWithVoid();
    }
}
