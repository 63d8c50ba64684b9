package dev.centime.ingest.exports.store;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** A bucket as one upload sees it. Its methods block: they are for threads that may wait. */
public final class Store {
    private static final int RETRIES = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
    private static final double JITTER = 0.5;
    private static final String HOST = "host";

    private final BucketAddress bucket;
    private final Credentials credentials;
    private final Stores shared;

    /** What the store's clock is ahead of ours, known when it refused a request for its moment. */
    private volatile Duration ahead = Duration.ZERO;

    Store(BucketAddress bucket, Credentials credentials, Stores shared) {
        this.bucket = bucket;
        this.credentials = credentials;
        this.shared = shared;
    }

    /** Begins to write an object. @param begun told before anything is there that is to be removed when nobody ends it */
    public Upload upload(String key, String contentType, Upload.Begun begun) {
        return new Upload(this, key, contentType, begun, shared.partBytes());
    }

    /**
     * Removes what was stored of an object that nobody ended. One that is not there, or no more, is removed.
     *
     * @throws StoreFailure when the store cannot be asked, or refuses
     */
    public void abort(String key, String uploadId) {
        var answer = send(StoreCall.abort(key, uploadId));
        if (!answer.done() && !answer.knowsNoUpload()) {
            throw refused(answer);
        }
    }

    /** @throws StoreFailure when it is not done after all tries */
    StoreAnswer done(StoreCall call) {
        var answer = send(call);
        if (!answer.done()) {
            throw refused(answer);
        }
        return answer;
    }

    private StoreFailure refused(StoreAnswer answer) {
        shared.refused();
        return StoreFailure.lasting(answer.reason());
    }

    /** Sends it again when it failed by chance, more and more slowly; each time signed anew. */
    private StoreAnswer send(StoreCall call) {
        var hash = Signature.hash(call.body(), call.length());
        return Uni.createFrom()
                .deferred(() -> once(call, hash))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure(Store::passes)
                .invoke(shared::retried)
                .onFailure(Store::passes)
                .retry()
                .withBackOff(shared.firstPause(), LONGEST_PAUSE)
                .withJitter(JITTER)
                .atMost(RETRIES)
                .invoke(shared::sent)
                .await()
                .indefinitely();
    }

    private static boolean passes(Throwable failure) {
        return failure instanceof StoreFailure known && known.isPassing();
    }

    private Uni<StoreAnswer> once(StoreCall call, String hash) {
        var server = shared.networks().of(bucket);
        var now = shared.clock().instant();
        return shared.connection()
                .exchange(bucket, server, call, signed(call, hash, now.plus(ahead)))
                .invoke(answer -> judge(answer, now));
    }

    private SortedMap<String, String> signed(StoreCall call, String hash, Instant at) {
        var headers = new TreeMap<>(call.headers());
        headers.put(Signature.BODY_HASH, hash);
        headers.put(Signature.DATE, Signature.moment(at));
        headers.put(HOST, bucket.authority());
        var authorization = Signature.of(
                credentials, bucket.region(), call.method(), bucket.path(call.key()), call.query(), headers);
        headers.put("authorization", authorization);
        headers.put("content-length", String.valueOf(call.length()));
        // Whoever connects says it himself.
        headers.remove(HOST);
        return headers;
    }

    /** @throws StoreFailure a passing one, for what is worth another try */
    private void judge(StoreAnswer answer, Instant sentAt) {
        if (answer.skewed() && ahead.isZero()) {
            ahead = answer.at().map(theirs -> Duration.between(sentAt, theirs)).orElse(Duration.ZERO);
            throw StoreFailure.passing(answer.reason());
        }
        if (!answer.done() && answer.passing()) {
            throw StoreFailure.passing(answer.reason());
        }
    }
}
