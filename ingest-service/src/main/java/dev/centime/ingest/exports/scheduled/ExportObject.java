package dev.centime.ingest.exports.scheduled;

import dev.centime.ingest.event.ExportScheduled.Bucket;
import dev.centime.ingest.exports.scheduled.Leftover.Noted;
import dev.centime.ingest.exports.scheduled.Leftover.PartsInStore;
import dev.centime.ingest.exports.store.Store;
import dev.centime.ingest.exports.store.Upload;

/** An object in a bucket. */
final class ExportObject implements Unfinished {
    private final String key;
    private final Upload upload;

    private ExportObject(String key, Upload upload) {
        this.key = key;
        this.upload = upload;
    }

    static ExportObject begin(Store store, Bucket bucket, String name, String contentType, Noted noted) {
        var key = bucket.prefix().isEmpty() ? name : bucket.prefix() + "/" + name;
        return new ExportObject(
                key,
                store.upload(
                        key,
                        contentType,
                        (object, id) -> noted.left(id == null ? null : new PartsInStore(bucket, object, id))));
    }

    @Override
    public void write(byte[] bytes) {
        upload.write(bytes);
    }

    @Override
    public Written finish() {
        return new Written(key, upload.finish());
    }

    @Override
    public void close() {
        upload.close();
    }
}
