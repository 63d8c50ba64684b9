package dev.centime.ingest.exports.scheduled;

import dev.centime.ingest.event.ExportScheduled.Bucket;
import dev.centime.ingest.event.ExportScheduled.Destination;
import dev.centime.ingest.event.ExportScheduled.Directory;
import dev.centime.kit.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where files are to go, with what is never shown again. */
@Schema(name = "ExportDestination")
record DestinationBody(
        @Schema(description = "directory or s3", required = true) @Nullable
        String type,

        @Schema(description = "Of a directory: below the one that the operator set aside; empty for that itself")
        @Nullable
        String path,

        @Schema(description = "Of a store that knows the S3 protocol, as https://s3.example.com") @Nullable
        String endpoint,

        @Schema(description = "us-east-1 by default") @Nullable
        String region,

        @Nullable String bucket,

        @Schema(description = "Before the names of files, apart from them by a slash; none by default") @Nullable
        String prefix,

        @Schema(
                description =
                        "Whether the bucket is the beginning of the path (the default), rather than of the host's name")
        @Nullable
        Boolean pathStyle,

        @Nullable String accessKeyId,

        @Schema(writeOnly = true, description = "Kept sealed, and shown to nobody") @Nullable
        String secretAccessKey) {

    private static final Pattern PATH = Pattern.compile("([A-Za-z0-9_][A-Za-z0-9 _.-]{0,79}(/(?!$)|$)){0,8}");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,50}");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
    private static final Pattern KEY_ID = Pattern.compile("[!-~&&[^/,]]{1,128}");
    private static final Pattern SECRET = Pattern.compile("[!-~]{1,256}");
    private static final int MOST_PREFIX = 500;
    private static final int MOST_ENDPOINT = 300;
    private static final String USUAL_REGION = "us-east-1";

    /** What is wrong with it, by field. @throws Problem 422 */
    void check() {
        switch (type) {
            case Destination.DIRECTORY -> checkDirectory();
            case Destination.S3 -> checkBucket();
            case null, default ->
                throw Problem.unprocessable(
                        "destination.type", "must be " + Destination.DIRECTORY + " or " + Destination.S3);
        }
    }

    private void checkDirectory() {
        require(
                path == null || PATH.matcher(path).matches(),
                "path",
                "must be names apart by /, of letters, digits, spaces, _ . or -, at most 8, none of which begins with a dot");
    }

    private void checkBucket() {
        require(
                isEndpoint(endpoint),
                "endpoint",
                "must be an http or https address of a host, without anything after it");
        require(region == null || REGION.matcher(region).matches(), "region", "must be a region such as eu-central-1");
        require(
                bucket != null
                        && BUCKET.matcher(bucket).matches()
                        && !bucket.contains("..")
                        && !bucket.contains(".-")
                        && !bucket.contains("-."),
                "bucket",
                "must be 3 to 63 small letters, digits, dots or hyphens, and begin and end with a letter or digit");
        require(
                isPrefix(prefix),
                "prefix",
                "must be names apart by /, at most " + MOST_PREFIX
                        + " characters, none of which is . or .., without control characters");
        require(accessKeyId != null && KEY_ID.matcher(accessKeyId).matches(), "access_key_id", "is required");
        require(
                secretAccessKey != null && SECRET.matcher(secretAccessKey).matches(),
                "secret_access_key",
                "is required");
        if (!inPath()) {
            require(
                    !String.valueOf(bucket).contains("."),
                    "bucket",
                    "must have no dots with path_style false, since no certificate is of such a name");
            require(hasName(URI.create(String.valueOf(endpoint))), "endpoint", "must be a name with path_style false");
        }
    }

    private static void require(boolean kept, String field, String otherwise) {
        if (!kept) {
            throw Problem.unprocessable("destination." + field, otherwise);
        }
    }

    private static boolean isEndpoint(@Nullable String text) {
        if (text == null || text.length() > MOST_ENDPOINT) {
            return false;
        }
        try {
            var uri = new URI(text);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                    && uri.getPort() != 0
                    && uri.getPort() <= 65_535;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean hasName(URI endpoint) {
        return !endpoint.getHost().startsWith("[")
                && !NUMBERS.matcher(endpoint.getHost()).matches();
    }

    private static boolean isPrefix(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return true;
        }
        return text.length() <= MOST_PREFIX
                && text.codePoints()
                        .noneMatch(
                                each -> Character.isISOControl(each) || Character.getType(each) == Character.SURROGATE)
                && java.util.Arrays.stream(text.split("/", -1))
                        .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
    }

    /** What is remembered of it, which holds no secret. It has been checked. */
    Destination destination() {
        return Destination.DIRECTORY.equals(type)
                ? new Directory(text(path))
                : new Bucket(
                        text(endpoint).replaceFirst("/$", ""),
                        region == null ? USUAL_REGION : region,
                        text(bucket),
                        text(prefix),
                        inPath(),
                        text(accessKeyId));
    }

    private boolean inPath() {
        return pathStyle == null || pathStyle;
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }

    /** Without the secret, wherever it is written. */
    @Override
    public String toString() {
        return "DestinationBody[" + type + "]";
    }
}
