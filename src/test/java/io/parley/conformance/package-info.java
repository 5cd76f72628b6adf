/** One suite over a real socket that says what docs/protocol.md says; each server runs it in a class of its own. */
@NullMarked
package io.parley.conformance;

import org.jspecify.annotations.NullMarked;
