package dev.centime.ingest.exports.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object on its way to a store, part by part, of which one is held in memory. It is there when it is finished and not before; what
 * fits into one part goes in one request.
 */
public final class Upload implements AutoCloseable {
    /** More the protocol does not take. */
    static final int MOST_PARTS = 10_000;

    private final Store store;
    private final String key;
    private final String contentType;
    private final Begun begun;
    private final byte[] part;
    private final List<String> etags = new ArrayList<>();
    private final int mostParts;
    private int held;
    private long sent;
    private @Nullable String uploadId;

    /** Is told what has to be removed unless somebody ends it. */
    public interface Begun {
        /** @param uploadId null when there is nothing any more */
        void upload(String key, @Nullable String uploadId);
    }

    Upload(Store store, String key, String contentType, Begun begun, int partBytes) {
        this(store, key, contentType, begun, partBytes, MOST_PARTS);
    }

    Upload(Store store, String key, String contentType, Begun begun, int partBytes, int mostParts) {
        this.store = store;
        this.key = key;
        this.contentType = contentType;
        this.begun = begun;
        this.part = new byte[partBytes];
        this.mostParts = mostParts;
    }

    /** @throws StoreFailure when the store does not take it, or it is larger than a store takes */
    public void write(byte[] bytes) {
        var from = 0;
        while (from < bytes.length) {
            if (held == part.length) {
                sendPart();
            }
            var fits = Math.min(bytes.length - from, part.length - held);
            System.arraycopy(bytes, from, part, held, fits);
            held += fits;
            from += fits;
        }
    }

    private void sendPart() {
        if (etags.size() == mostParts) {
            throw StoreFailure.hopeless("it is larger than " + mostParts + " parts of " + part.length
                    + " bytes, which is the most (CENTIME_EXPORTS_PART_SIZE)");
        }
        var id = id();
        var answer = store.done(StoreCall.part(key, id, etags.size() + 1, part, held));
        if (answer.etag() == null) {
            throw StoreFailure.lasting("the store does not say what it has stored");
        }
        etags.add(answer.etag());
        sent += held;
        held = 0;
    }

    private String id() {
        if (uploadId != null) {
            return uploadId;
        }
        var answer = store.done(StoreCall.begin(key, contentType));
        var id = Xml.text(answer.body(), "UploadId")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> StoreFailure.lasting("the store begins an upload without a name"));
        // From now on there is something to remove, also when it cannot be noted.
        uploadId = id;
        begun.upload(key, id);
        return id;
    }

    /** Gives it its name. @return its size in bytes */
    public long finish() {
        if (uploadId == null) {
            store.done(StoreCall.put(key, contentType, part, held));
            return held;
        }
        sendPart();
        store.done(StoreCall.complete(key, uploadId, parts()));
        uploadId = null;
        begun.upload(key, null);
        return sent;
    }

    private String parts() {
        var xml = new StringBuilder("<CompleteMultipartUpload>");
        for (int index = 0; index < etags.size(); index++) {
            xml.append("<Part><PartNumber>")
                    .append(index + 1)
                    .append("</PartNumber><ETag>")
                    .append(Xml.escaped(etags.get(index)))
                    .append("</ETag></Part>");
        }
        return xml.append("</CompleteMultipartUpload>").toString();
    }

    /** Removes what was stored of it unless it is finished. @throws StoreFailure when that fails: then it is still to be removed */
    @Override
    public void close() {
        if (uploadId != null) {
            store.abort(key, uploadId);
            uploadId = null;
            begun.upload(key, null);
        }
    }
}
