package dev.centime.ingest.view;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Measures as columns of a set of rows: arrays in, {@code unnest} on the other side. */
public final class MeasureColumns {
    /** The types of the arrays, in the order of {@link Measures#ALL}. Amounts travel as text, which keeps every digit. */
    private static final List<String> TYPES = Measures.ALL.stream()
            .map(name -> Measures.COUNTS.contains(name) ? "bigint[]" : "text[]")
            .toList();

    private MeasureColumns() {}

    /**
     * The arrays as parameters, the first with this number, unnested under the names of their columns. In the list of a SELECT: as a
     * source of rows PostgreSQL would copy each of them once more.
     */
    public static String unnested(int first) {
        return IntStream.range(0, TYPES.size())
                .mapToObj(i -> "unnest($" + (first + i) + "::" + TYPES.get(i) + ") AS " + Measures.ALL.get(i))
                .collect(Collectors.joining(", "));
    }

    /** The columns read from an alias that unnested them, amounts turned back into numbers. */
    public static String read(String alias) {
        return Measures.ALL.stream()
                .map(name -> alias + "." + name + (Measures.AMOUNTS.contains(name) ? "::numeric" : ""))
                .collect(Collectors.joining(", "));
    }

    /** As {@link #read}, with null for nothing where a table has it so. */
    public static String readSparse(String alias) {
        return Measures.ALL.stream()
                .map(name -> Measures.SPARSE.contains(name)
                        ? "nullif(" + alias + "." + name + "::numeric, 0)"
                        : alias + "." + name + (Measures.AMOUNTS.contains(name) ? "::numeric" : ""))
                .collect(Collectors.joining(", "));
    }

    /** Columns of a table that has null for nothing. */
    public static String selectedSparse(List<String> columns) {
        return columns.stream()
                .map(name -> Measures.SPARSE.contains(name) ? "coalesce(" + name + ", 0) AS " + name : name)
                .collect(Collectors.joining(", "));
    }

    /** What a cell that is there already becomes: itself and what is added. @param cell its alias */
    public static String accumulated(String cell) {
        return Measures.ALL.stream()
                .map(name -> name + " = " + cell + "." + name + " + excluded." + name)
                .collect(Collectors.joining(", "));
    }

    public static String names() {
        return String.join(", ", Measures.ALL);
    }

    public static void add(Tuple tuple, List<Measures> rows) {
        for (int i = 0; i < Measures.COUNTS.size(); i++) {
            var index = i;
            tuple.addArrayOfLong(rows.stream().map(row -> row.count(index)).toArray(Long[]::new));
        }
        for (int i = 0; i < Measures.AMOUNTS.size(); i++) {
            var index = i;
            tuple.addArrayOfString(
                    rows.stream().map(row -> row.amount(index).toPlainString()).toArray(String[]::new));
        }
    }
}
