package dev.centime.ingest.exports.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * A store with one bucket, that takes objects whole or in parts from whoever signs as the library of Amazon Web Services would, by which
 * every request is verified. It can be told to behave badly.
 */
public final class TestStore implements AutoCloseable {
    public static final String BUCKET = "acme.finance";
    public static final Credentials CREDENTIALS = new Credentials("test-key", "test/secret+of=the+store");

    private static final String REGION = "eu-test-1";
    private static final Pattern SIGNED = Pattern.compile(".*SignedHeaders=([^,]+),\\s*Signature=([0-9a-f]{64})");
    private static final Pattern PART = Pattern.compile("<PartNumber>(\\d+)</PartNumber><ETag>([^<]+)</ETag>");
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** What it does with a request instead of answering it. */
    public enum Fault {
        BUSY,
        CUTS_THE_CONNECTION,
        SENDS_ELSEWHERE,
        FORBIDS,
        /** Its clock is three hours ahead. */
        OTHER_TIME,
        /** An upload ends with 200, and an error in the body. */
        FAILS_AT_THE_END
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final Map<String, TreeMap<Integer, byte[]>> uploads = new ConcurrentHashMap<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<Instant> moments = new ArrayList<>();

    private TestStore(HttpServer server) {
        this.server = server;
    }

    public static TestStore start() {
        try {
            var store = new TestStore(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            store.server.createContext("/", store::handle);
            store.server.setExecutor(store.threads);
            store.server.start();
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public BucketAddress address() {
        return new BucketAddress(URI.create(endpoint()), REGION, BUCKET, true);
    }

    public static String region() {
        return REGION;
    }

    /** The next requests, one each. */
    public synchronized void behaves(Fault... badly) {
        faults.addAll(Arrays.asList(badly));
    }

    /** Null when there is none. */
    public byte @Nullable [] object(String key) {
        return objects.get(key);
    }

    public Map<String, byte[]> objects() {
        return objects;
    }

    /** Uploads that nobody ended. */
    public int unfinished() {
        return uploads.size();
    }

    /** Methods and queries of what came. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** For when requests were signed. */
    public synchronized List<Instant> moments() {
        return List.copyOf(moments);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var query = query(exchange.getRequestURI().getRawQuery());
            var fault = noted(exchange, query);
            if (fault == Fault.CUTS_THE_CONNECTION) {
                return;
            }
            if (fault != null && fault != Fault.FAILS_AT_THE_END) {
                misbehave(exchange, fault);
            } else if (!genuine(exchange, body)) {
                error(exchange, 403, "SignatureDoesNotMatch");
            } else {
                serve(exchange, query, body, fault != null);
            }
        }
    }

    private synchronized @Nullable Fault noted(HttpExchange exchange, Map<String, String> query) {
        requests.add(exchange.getRequestMethod() + " " + String.join("&", query.keySet()));
        moments.add(moment(exchange));
        var end = exchange.getRequestMethod().equals("POST") && query.containsKey("uploadId");
        return faults.peek() == Fault.FAILS_AT_THE_END && !end ? null : faults.poll();
    }

    private static Instant moment(HttpExchange exchange) {
        return MOMENT.parse(exchange.getRequestHeaders().getFirst("x-amz-date"), Instant::from);
    }

    private static void misbehave(HttpExchange exchange, Fault fault) throws IOException {
        switch (fault) {
            case BUSY -> error(exchange, 503, "SlowDown");
            case FORBIDS -> error(exchange, 403, "AccessDenied");
            case SENDS_ELSEWHERE -> {
                exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
                error(exchange, 307, "TemporaryRedirect");
            }
            case OTHER_TIME ->
                answer(
                        exchange,
                        403,
                        "<Error><Code>RequestTimeTooSkewed</Code><ServerTime>"
                                + Instant.now().plusSeconds(3 * 3600) + "</ServerTime></Error>");
            case CUTS_THE_CONNECTION, FAILS_AT_THE_END -> throw new IllegalArgumentException("not here");
        }
    }

    private void serve(HttpExchange exchange, Map<String, String> query, byte[] body, boolean fails)
            throws IOException {
        var path = exchange.getRequestURI().getPath();
        if (!path.startsWith("/" + BUCKET + "/")) {
            error(exchange, 404, "NoSuchBucket");
            return;
        }
        var key = path.substring(BUCKET.length() + 2);
        var upload = query.get("uploadId");
        if (query.containsKey("uploads")) {
            var id = UUID.randomUUID() + "/+=";
            uploads.put(id, new TreeMap<>());
            answer(
                    exchange,
                    200,
                    "<InitiateMultipartUploadResult><UploadId>" + id + "</UploadId></InitiateMultipartUploadResult>");
        } else if (upload == null) {
            objects.put(key, body);
            exchange.getResponseHeaders().set("ETag", etag(body));
            answer(exchange, 200, "");
        } else if (!uploads.containsKey(upload)) {
            error(exchange, 404, "NoSuchUpload");
        } else {
            serveUpload(exchange, key, upload, query, body, fails);
        }
    }

    private void serveUpload(
            HttpExchange exchange, String key, String upload, Map<String, String> query, byte[] body, boolean fails)
            throws IOException {
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                uploads.get(upload).put(Integer.valueOf(query.get("partNumber")), body);
                exchange.getResponseHeaders().set("ETag", etag(body));
                answer(exchange, 200, "");
            }
            case "DELETE" -> {
                uploads.remove(upload);
                exchange.sendResponseHeaders(204, -1);
            }
            default -> {
                if (fails) {
                    answer(exchange, 200, "\n\n<Error><Code>InternalError</Code></Error>");
                    return;
                }
                var parts = uploads.get(upload);
                if (!named(body).equals(etags(parts))) {
                    error(exchange, 400, "InvalidPart");
                    return;
                }
                var whole = new ByteArrayOutputStream();
                parts.values().forEach(whole::writeBytes);
                objects.put(key, whole.toByteArray());
                uploads.remove(upload);
                answer(exchange, 200, "<CompleteMultipartUploadResult/>");
            }
        }
    }

    private static List<String> named(byte[] body) {
        return PART.matcher(new String(body, StandardCharsets.UTF_8))
                .results()
                .map(part -> part.group(1) + part.group(2))
                .toList();
    }

    private static List<String> etags(TreeMap<Integer, byte[]> parts) {
        return parts.entrySet().stream()
                .map(part -> part.getKey() + etag(part.getValue()))
                .toList();
    }

    private static String etag(byte[] bytes) {
        return "\"" + Integer.toHexString(Arrays.hashCode(bytes)) + "\"";
    }

    /** Whether it is signed as the library would sign it, over this very body. */
    private static boolean genuine(HttpExchange exchange, byte[] body) {
        var signed = SIGNED.matcher(exchange.getRequestHeaders().getFirst("authorization"));
        if (!signed.matches()) {
            return false;
        }
        var uri = URI.create("http://" + exchange.getRequestHeaders().getFirst("host") + exchange.getRequestURI());
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(exchange.getRequestMethod()))
                .uri(uri);
        for (var name : signed.group(1).split(";")) {
            if (!name.equals(Signature.BODY_HASH) && !name.equals(Signature.DATE)) {
                request.putHeader(name, exchange.getRequestHeaders().getFirst(name));
            }
        }
        var again = AwsV4HttpSigner.create().sign(wanted -> wanted.identity(
                        AwsCredentialsIdentity.create(CREDENTIALS.accessKeyId(), CREDENTIALS.secretAccessKey()))
                .request(request.build())
                .payload(() -> new ByteArrayInputStream(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, REGION)
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(moment(exchange), ZoneOffset.UTC)));
        var authorization = again.request().firstMatchingHeader("Authorization").orElse("");
        return authorization.endsWith("Signature=" + signed.group(2));
    }

    private static Map<String, String> query(@Nullable String raw) {
        var query = new HashMap<String, String>();
        if (raw != null) {
            for (var pair : raw.split("&")) {
                var name = pair.substring(0, pair.indexOf('='));
                query.put(name, URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
            }
        }
        return new TreeMap<>(query);
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        answer(
                exchange,
                status,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code
                        + "</Code><Message>No</Message></Error>");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
