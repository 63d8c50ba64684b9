package dev.centime.budget.accept;

import dev.centime.contracts.BudgetDefinition.Contacts;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.function.Predicate;

/** Where a budget's messages go. */
final class ContactsBody {
    private static final int MAX_LENGTH = 500;

    private ContactsBody() {}

    static Contacts read(Fields body) {
        return body.fields("alert_contacts")
                .map(contacts -> new Contacts(
                        checked(contacts, "emails", ContactsBody::email, "must be an e-mail address"),
                        contacts.texts("slack_channels", MAX_LENGTH).orElse(List.of()),
                        checked(contacts, "webhooks", ContactsBody::web, "must be an http or https address")))
                .orElse(Contacts.NONE);
    }

    private static List<String> checked(Fields contacts, String name, Predicate<String> valid, String otherwise) {
        var values = contacts.texts(name, MAX_LENGTH).orElse(List.of());
        for (int index = 0; index < values.size(); index++) {
            if (!valid.test(values.get(index))) {
                contacts.wrong(name + "[" + index + "]", otherwise);
            }
        }
        return values;
    }

    /** Something on both sides of one @; whether it can be delivered to is for the mail server to say. */
    private static boolean email(String text) {
        int at = text.indexOf('@');
        return at > 0 && at == text.lastIndexOf('@') && at < text.length() - 1 && text.indexOf(' ') < 0;
    }

    private static boolean web(String text) {
        try {
            var uri = new URI(text);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
