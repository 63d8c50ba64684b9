package dev.centime.budget.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.budget.MailAddresses;
import dev.centime.budget.Severity;
import dev.centime.budget.event.NotificationPreferencesSet;
import dev.centime.kit.Problem;
import dev.centime.kit.Problem.FieldError;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person's preferences shall be: the fields that were sent laid over what stands, null bringing a default back.
 *
 * @param email address; null for the default, and when it stays as it is
 * @param emailStays whether it does
 */
public record PreferencesBody(boolean enabled, @Nullable String email, boolean emailStays, Severity minimumSeverity) {

    /** @throws Problem 422 that names every field at fault */
    public static PreferencesBody read(JsonNode patch, NotificationPreferencesSet standing) {
        if (!(patch instanceof ObjectNode object)) {
            throw Problem.unprocessable("body", "must be an object");
        }
        var errors = new ArrayList<FieldError>();
        var fields = Fields.of(object, errors);
        var email = fields.text("email", 320);
        if (email.isPresent() && !MailAddresses.isOne(email.get())) {
            fields.wrong("email", "must be an e-mail address");
        }
        var read = new PreferencesBody(
                laid(fields, "enabled", fields.bool("enabled"), standing.enabled(), true),
                email.orElse(null),
                !fields.names("email"),
                laid(
                        fields,
                        "minimum_severity",
                        fields.oneOf("minimum_severity", Severity.class),
                        standing.minimumSeverity(),
                        Severity.INFO));
        if (!errors.isEmpty()) {
            throw Problem.unprocessable(errors);
        }
        return read;
    }

    private static <T> T laid(Fields fields, String name, Optional<T> sent, T standing, T usual) {
        return fields.names(name) ? sent.orElse(usual) : standing;
    }
}
