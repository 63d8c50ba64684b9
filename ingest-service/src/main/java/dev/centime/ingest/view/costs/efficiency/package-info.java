/** What calls achieved for their cost: by class of model, phase and milestone, what was wasted, and what could be saved. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.view.costs.efficiency;
