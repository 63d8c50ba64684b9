package dev.centime.budget.accept;

import dev.centime.budget.MailAddresses;
import dev.centime.budget.WebAddress;
import dev.centime.contracts.BudgetDefinition.Contacts;
import java.util.List;
import java.util.function.Predicate;

/** Where a budget's messages go. */
final class ContactsBody {
    static final String A_PERSONS = "must be the name of a channel: a person's would stay in the log for ever";

    private static final int MAX_LENGTH = WebAddress.MAX_LENGTH;

    private ContactsBody() {}

    static Contacts read(Fields body) {
        return body.fields("alert_contacts")
                .map(contacts -> new Contacts(
                        checked(contacts, "emails", MailAddresses::isOne, "must be an e-mail address"),
                        checked(contacts, "slack_channels", name -> !name.startsWith("@"), A_PERSONS),
                        checked(contacts, "webhooks", WebAddress::isOne, WebAddress.OTHERWISE)))
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
}
