/** JSON as the REST contract has it: snake_case, exact decimals as strings, strict types. */
@org.jspecify.annotations.NullMarked
package dev.centime.kit.json;
