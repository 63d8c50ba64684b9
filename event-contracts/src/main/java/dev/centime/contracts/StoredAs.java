package dev.centime.contracts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name and version under which an event is stored: pinned here, so that renaming the class changes nothing. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface StoredAs {
    /** The stored name, such as {@code usage-recorded}; never reused for another meaning. */
    String name();

    /** The version that the class is today; older ones are upcast on read. */
    int version() default 1;
}
