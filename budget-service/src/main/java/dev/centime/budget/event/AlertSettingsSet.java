package dev.centime.budget.event;

import dev.centime.budget.AlertSettings;
import dev.centime.contracts.StoredAs;
import java.time.Instant;

/** Where an organization's alerts go from now on, whole. @param revision from 1. @param by who, as id */
@StoredAs(name = "alert-settings-set")
public record AlertSettingsSet(int revision, AlertSettings settings, String by, Instant at) {}
