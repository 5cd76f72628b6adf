/** What each port promises: one suite for each, run on every implementation. */
@NullMarked
package io.parley.contract;

import org.jspecify.annotations.NullMarked;
