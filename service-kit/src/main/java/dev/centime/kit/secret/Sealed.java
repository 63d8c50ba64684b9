package dev.centime.kit.secret;

/**
 * A text as it lies in the database.
 *
 * @param keyId of the key that opens it
 * @param bytes the nonce, and behind it what AES-GCM made
 */
public record Sealed(String keyId, byte[] bytes) {}
