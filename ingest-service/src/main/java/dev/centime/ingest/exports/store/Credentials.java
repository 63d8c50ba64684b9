package dev.centime.ingest.exports.store;

/** What lets one write to a store. @param accessKeyId may be shown */
public record Credentials(String accessKeyId, String secretAccessKey) {

    /** Without the secret, wherever it is written. */
    @Override
    public String toString() {
        return "Credentials[" + accessKeyId + "]";
    }
}
