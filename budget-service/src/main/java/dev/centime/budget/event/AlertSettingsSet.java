package dev.centime.budget.event;

import dev.centime.budget.AlertSettings;
import dev.centime.contracts.StoredAs;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an organization's alerts go from now on, whole.
 *
 * @param revision from 1
 * @param by who, as id
 * @param nextReport when the first weekly report is due, of those that are wanted now and were not before; null otherwise
 */
@StoredAs(name = "alert-settings-set")
public record AlertSettingsSet(
        int revision,
        AlertSettings settings,
        String by,
        Instant at,
        @Nullable Instant nextReport) {}
