/** The web page as the gateway serves it; the page itself is in {@code src/main/resources/web}. */
@NullMarked
package dev.centime.gateway.page;

import org.jspecify.annotations.NullMarked;
