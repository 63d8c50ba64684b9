package dev.centime.kit.idempotency;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * An answer kept for whoever asks again.
 *
 * @param headers the few that belong to the answer, with its media type
 * @param body as it went out; null for one too large to keep
 */
record KeptAnswer(int status, JsonObject headers, byte @Nullable [] body) {}
