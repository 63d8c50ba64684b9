package dev.centime.budget.secret;

/**
 * A text as it lies in the database.
 *
 * @param keyId of the key that opens it
 * @param bytes the nonce, and behind it what AES-GCM made
 */
record Sealed(String keyId, byte[] bytes) {}
