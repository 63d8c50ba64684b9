/** LiteLLM's generic API callback: the payloads that its proxy logs, of calls that went well or not. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.accept.litellm;
