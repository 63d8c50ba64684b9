/** How many tokens a text has, as the model's provider would count it. Texts are counted and forgotten. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.tokenizer;
