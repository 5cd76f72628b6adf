/**
 * The benchmark: starts each server in turn, drives it, checks every stream as it counts, and writes the table. See {@code docs/performance.md}.
 */
@org.jspecify.annotations.NullMarked
package io.parley.bench;
