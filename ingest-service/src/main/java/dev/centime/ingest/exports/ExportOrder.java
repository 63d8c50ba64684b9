package dev.centime.ingest.exports;

import dev.centime.contracts.Organization;
import dev.centime.contracts.Scope;
import dev.centime.kit.Period;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is to be taken out, and how it is to look.
 *
 * @param focus calls in the columns of FOCUS, null for Centime's own
 * @param scope filters, users as subject ids
 * @param today on which it is taken, in the organization's zone
 */
public record ExportOrder(
        Organization organization,
        ExportLayout layout,
        ExportFormat format,
        @Nullable FocusVersion focus,
        Period period,
        Scope scope,
        LocalDate today) {

    /** What a file of it is called; the same for the same order, whenever it is taken. */
    public String fileName() {
        return "centime-" + what() + when();
    }

    /**
     * What a file of it is called among those of other orders.
     *
     * @param name what they all may begin with
     * @param mark what tells this order from others of what it is of
     */
    public String fileName(String name, String mark) {
        return name + "-" + what() + "-" + mark + when();
    }

    private String what() {
        return layout.text() + (focus == null ? "" : "-focus-" + focus.text());
    }

    private String when() {
        return "-" + period.start() + "-" + period.end() + "." + format.text();
    }
}
