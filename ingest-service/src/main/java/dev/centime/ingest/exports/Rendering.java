package dev.centime.ingest.exports;

import java.util.List;

/**
 * Rows made into the bytes of a format, page by page. Of one export; holds what the format must hold back and no more.
 *
 * <p>{@link #begin} comes first, once, and {@link #end} last. Any of them may give nothing.
 */
interface Rendering<T> {
    byte[] begin();

    byte[] rows(List<T> rows);

    byte[] end();
}
