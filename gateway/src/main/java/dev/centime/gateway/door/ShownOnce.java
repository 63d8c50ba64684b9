package dev.centime.gateway.door;

/**
 * A new secret, shown to whoever made it and to nobody after.
 *
 * @param id of the key
 * @param key the secret
 */
public record ShownOnce(String id, String key) {}
