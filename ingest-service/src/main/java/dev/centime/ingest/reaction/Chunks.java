package dev.centime.ingest.reaction;

import java.util.ArrayList;
import java.util.List;

/** A list in pieces of a size. */
final class Chunks {
    private Chunks() {}

    static <T> List<List<T>> of(List<T> whole, int size) {
        var chunks = new ArrayList<List<T>>();
        for (int from = 0; from < whole.size(); from += size) {
            chunks.add(whole.subList(from, Math.min(from + size, whole.size())));
        }
        return chunks;
    }
}
