package dev.centime.ingest.exports.scheduled;

import dev.centime.ingest.event.ExportScheduled.Bucket;
import dev.centime.ingest.event.ExportScheduled.Directory;
import dev.centime.ingest.exports.ExportFormat;
import dev.centime.ingest.exports.scheduled.ExportLeases.Key;
import dev.centime.ingest.exports.scheduled.ExportLeases.Taken;
import dev.centime.ingest.exports.scheduled.Leftover.Noted;
import dev.centime.ingest.exports.scheduled.Leftover.PartOfFile;
import dev.centime.ingest.exports.scheduled.Leftover.PartsInStore;
import dev.centime.ingest.exports.store.BucketAddress;
import dev.centime.ingest.exports.store.Credentials;
import dev.centime.ingest.exports.store.Store;
import dev.centime.ingest.exports.store.Stores;
import dev.centime.kit.secret.OpenedSecrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** Begins files where they go, and removes what nobody ended there. Blocks. */
@ApplicationScoped
class Destinations {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ExportDirectory directory;
    private final Stores stores;
    private final OpenedSecrets secrets;

    Destinations(ExportDirectory directory, Stores stores, OpenedSecrets secrets) {
        this.directory = directory;
        this.stores = stores;
        this.secrets = secrets;
    }

    /** @param noted told what there is to remove, before there is */
    Unfinished begin(Taken taken, String name, Noted noted) throws IOException {
        var waiting = taken.waiting();
        return switch (waiting.scheduled().destination()) {
            case Directory to ->
                ExportFile.begin(
                        directory.folder(taken.key().organization(), to.path()), to.path(), name, taken.epoch(), noted);
            case Bucket to -> {
                var format = ExportFormat.of(waiting.scheduled().format());
                yield ExportObject.begin(store(taken.key(), to), to, name, format.contentType(), noted);
            }
        };
    }

    /** Removes what a try left. What is not there is removed. */
    void remove(Key key, Leftover leftover) throws IOException {
        switch (leftover) {
            case PartOfFile part ->
                Files.deleteIfExists(
                        directory.folder(key.organization(), part.path()).resolve(part.name()));
            case PartsInStore parts -> store(key, parts.bucket()).abort(parts.key(), parts.uploadId());
        }
    }

    private Store store(Key key, Bucket bucket) throws IOException {
        var opened = secrets.of(key.partition(), key.organization(), List.of(key.exportId()))
                .await()
                .atMost(PATIENCE);
        var secret = opened.text(key.exportId());
        if (secret == null) {
            throw new IOException(
                    opened.faults().getOrDefault(key.exportId(), "the secret of the store was forgotten"));
        }
        var address =
                new BucketAddress(URI.create(bucket.endpoint()), bucket.region(), bucket.bucket(), bucket.pathStyle());
        return stores.of(address, new Credentials(bucket.accessKeyId(), secret));
    }
}
