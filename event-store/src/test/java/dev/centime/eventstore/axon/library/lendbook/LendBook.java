package dev.centime.eventstore.axon.library.lendbook;

import org.axonframework.modelling.annotation.TargetEntityId;

/** A reader takes a copy home. */
public record LendBook(@TargetEntityId String book, String reader) {}
