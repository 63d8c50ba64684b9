/** A real trace as sixty days of usage, the same on every machine. */
@org.jspecify.annotations.NullMarked
package dev.centime.cli.demo;
