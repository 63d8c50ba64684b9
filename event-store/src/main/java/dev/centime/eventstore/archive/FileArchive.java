package dev.centime.eventstore.archive;

import dev.centime.eventstore.log.EventKey;
import dev.centime.eventstore.log.LogArchive;
import dev.centime.eventstore.log.LogGap;
import dev.centime.eventstore.log.StoredEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;

/** The log's archive in a directory: the database says which file holds what, the file is read on a thread that may wait. */
public final class FileArchive implements LogArchive {
    /** Looked at for one page, however few of them are wanted: then somebody else has a turn. */
    private static final int STRETCH = 20_000;

    /** A manifest of ten million events is a few megabytes. */
    private static final int REMEMBERED = 4;

    private static final String COLUMNS = "SELECT partition, first_offset, end_offset - 1, archive_name, archive_hash"
            + " FROM log.event_range WHERE partition = $1 AND archived_at IS NOT NULL ";
    private static final String HOLDING = COLUMNS + "AND first_offset <= $2 AND end_offset > $2";
    private static final String HAPPENED_SINCE = COLUMNS + "AND newest_event >= $2 ORDER BY first_offset";
    private static final String OFFSETS = "SELECT * FROM log.archived_offsets($1, $2)";

    private final Path directory;
    private final Pool runner;
    private final Counter read;
    private final Timer reading;
    private final Map<String, RangeFile> files = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RangeFile> eldest) {
            return size() > REMEMBERED;
        }
    };

    private FileArchive(Path directory, Pool runner, MeterRegistry metrics) {
        this.directory = directory;
        this.runner = runner;
        this.read = Counter.builder("centime.log.archive.events.read")
                .description("Events that were read from archived files")
                .register(metrics);
        this.reading = Timer.builder("centime.log.archive.read")
                .description("Time of reading some of an archived file")
                .register(metrics);
    }

    /** @param runner of the login that reads whole partitions */
    public static FileArchive in(Path directory, Pool runner, MeterRegistry metrics) {
        ArchiveTotals.show(runner, metrics);
        return new FileArchive(directory, runner, metrics);
    }

    @Override
    public Uni<Stretch> read(int partition, long after, int limit, Predicate<StoredEvent> wanted) {
        return range(partition, after + 1)
                .map(range -> range.orElseThrow(() -> new LogGap(partition, after)))
                .chain(range -> onWorker(() -> stretch(open(range), after, limit, wanted)));
    }

    @Override
    public Uni<List<StoredEvent>> find(int partition, String organization, Collection<String> ids) {
        var keys = ids.stream().map(id -> EventKey.of(organization, id)).toArray(UUID[]::new);
        return runner.preparedQuery(OFFSETS)
                .execute(Tuple.of(partition, keys))
                .chain(rows -> {
                    var offsets = new TreeSet<Long>();
                    rows.forEach(row -> offsets.add(row.getLong(0)));
                    return find(partition, offsets);
                })
                .map(found -> found.stream()
                        .filter(event -> event.organization().equals(organization) && ids.contains(event.id()))
                        .toList());
    }

    private Uni<List<StoredEvent>> find(int partition, TreeSet<Long> offsets) {
        var found = new ArrayList<StoredEvent>();
        return Multi.createBy()
                .repeating()
                .uni(() -> nextOf(partition, offsets, found))
                .whilst(more -> more)
                .collect()
                .last()
                .replaceWith(found);
    }

    /** Those of one range. @return whether there are more */
    private Uni<Boolean> nextOf(int partition, TreeSet<Long> offsets, List<StoredEvent> found) {
        if (offsets.isEmpty()) {
            return Uni.createFrom().item(false);
        }
        var first = offsets.first();
        return range(partition, first)
                .map(range -> range.orElseThrow(() -> new LogGap(partition, first - 1)))
                .chain(range -> {
                    var here = new TreeSet<>(offsets.headSet(range.lastOffset(), true));
                    offsets.removeAll(here);
                    return onWorker(() -> at(open(range), here));
                })
                .map(events -> {
                    found.addAll(events);
                    return true;
                });
    }

    @Override
    public Uni<Optional<Long>> before(int partition, Instant at) {
        return ranges(HAPPENED_SINCE, Tuple.of(partition, at.atOffset(ZoneOffset.UTC)))
                .chain(ranges -> ranges.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : onWorker(() -> before(open(ranges.getFirst()), at)));
    }

    private Uni<Optional<ArchivedRange>> range(int partition, long offset) {
        return ranges(HOLDING, Tuple.of(partition, offset))
                .map(found -> found.stream().findFirst());
    }

    private Uni<List<ArchivedRange>> ranges(String sql, Tuple tuple) {
        return runner.preparedQuery(sql).execute(tuple).map(rows -> {
            var ranges = new ArrayList<ArchivedRange>();
            for (Row row : rows) {
                ranges.add(new ArchivedRange(
                        row.getInteger(0), row.getLong(1), row.getLong(2), row.getString(3), row.getString(4)));
            }
            return ranges;
        });
    }

    private RangeFile open(ArchivedRange range) throws IOException {
        synchronized (files) {
            var known = files.get(range.hash());
            if (known != null) {
                return known;
            }
        }
        var file = RangeFile.open(directory, range);
        synchronized (files) {
            files.put(range.hash(), file);
        }
        return file;
    }

    private Stretch stretch(RangeFile file, long after, int limit, Predicate<StoredEvent> wanted) throws IOException {
        var events = new ArrayList<StoredEvent>();
        var upTo = after;
        for (int place = file.blockOf(after + 1); place < file.blocks() && upTo - after < STRETCH; place++) {
            for (var event : block(file, place)) {
                if (event.offset() <= after) {
                    continue;
                }
                if (wanted.test(event)) {
                    events.add(event);
                }
                upTo = event.offset();
                if (events.size() == limit) {
                    return new Stretch(events, upTo);
                }
            }
        }
        return new Stretch(events, upTo);
    }

    private List<StoredEvent> at(RangeFile file, Collection<Long> offsets) throws IOException {
        var byBlock = new TreeMap<Integer, List<Long>>();
        offsets.forEach(offset -> byBlock.computeIfAbsent(file.blockOf(offset), _ -> new ArrayList<>())
                .add(offset));
        var events = new ArrayList<StoredEvent>(offsets.size());
        for (var part : byBlock.entrySet()) {
            var block = block(file, part.getKey());
            for (var offset : part.getValue()) {
                events.add(block.get(Math.toIntExact(offset - block.getFirst().offset())));
            }
        }
        return events;
    }

    private Optional<Long> before(RangeFile file, Instant at) throws IOException {
        for (int place = 0; place < file.blocks(); place++) {
            for (var event : block(file, place)) {
                if (!event.at().isBefore(at)) {
                    return Optional.of(event.offset() - 1);
                }
            }
        }
        return Optional.empty();
    }

    private List<StoredEvent> block(RangeFile file, int place) throws IOException {
        var sample = Timer.start();
        var events = file.read(place);
        sample.stop(reading);
        read.increment(events.size());
        return events;
    }

    @FunctionalInterface
    private interface FromFile<T> {
        T get() throws IOException;
    }

    private static <T> Uni<T> onWorker(FromFile<T> work) {
        return Uni.createFrom()
                .item(() -> {
                    try {
                        return work.get();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
