package dev.centime.kit.idempotency;

import java.util.UUID;

/**
 * The right to do a request.
 *
 * @param id tells this attempt from one that took over after it was given up
 * @param request a hash of method, path, query and body
 */
record Claim(UUID id, int partition, String organization, String caller, String key, byte[] request) {}
