package dev.centime.kit.idempotency;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a resource method that writes: honours {@code Idempotency-Key} for 24 hours. The service's migration calls
 * {@code kit.install_idempotency('SCHEMA')}.
 *
 * <p>Should the service die between the write and the keeping of its answer, the method runs again: it takes the ids of what it
 * makes from {@link IdempotencyKey}, so that the log knows them again.
 */
@NameBinding
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Idempotent {}
