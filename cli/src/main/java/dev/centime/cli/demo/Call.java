package dev.centime.cli.demo;

/**
 * One call of a trace.
 *
 * @param number its place in the trace, from 0
 * @param atMs when, from the trace's first call on
 * @param inputTokens all of the prompt
 * @param cachedTokens of these, what stood in a prefix seen shortly before
 */
record Call(int number, long atMs, long inputTokens, long cachedTokens, long outputTokens) {}
