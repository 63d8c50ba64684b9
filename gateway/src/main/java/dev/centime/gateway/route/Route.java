package dev.centime.gateway.route;

import dev.centime.kit.Role;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A call that a service answers.
 *
 * @param template the path with {@code {names}}, as in the REST contract
 * @param path what of a request's path fits
 * @param target the path at the service: the same, save for aliases
 */
public record Route(String method, String template, Pattern path, String target, Service service, Set<Role> roles) {
    /** The path to ask the service for. @param asked one that fits */
    String targetOf(String asked) {
        return target.equals(template) ? asked : target;
    }
}
