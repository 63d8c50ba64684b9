package dev.centime.ingest.view.costs.efficiency;

import dev.centime.ingest.view.costs.efficiency.Block.Told;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What {@link SelectTasks} found, by block. */
final class TaskBlocks {
    private final Map<Block, List<TaskSum>> blocks = new EnumMap<>(Block.class);

    private TaskBlocks() {}

    static TaskBlocks of(RowSet<Row> rows) {
        var found = new TaskBlocks();
        for (var row : rows) {
            found.blocks
                    .computeIfAbsent(Block.valueOf(row.getString("block")), _ -> new ArrayList<>())
                    .add(TaskSum.of(row));
        }
        return found;
    }

    List<TaskSum> of(Block block) {
        return blocks.getOrDefault(block, List.of());
    }

    /** The sum of a block that has at most one, nothing when it has none. */
    TaskSum one(Block block) {
        return of(block).stream().findFirst().orElse(TaskSum.NOTHING);
    }

    /** The sum of a key, nothing when there is none. */
    TaskSum one(Block block, String key) {
        return of(block).stream()
                .filter(sum -> sum.key().equals(key))
                .findFirst()
                .orElse(TaskSum.NOTHING);
    }

    /** Whether any single call says so. */
    boolean isTold(Told what) {
        return one(Block.TOLD, what.name()).tasks() > 0;
    }
}
