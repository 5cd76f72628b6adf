/** May they, and if not, why not: one policy, its rates and its refusals. */
@NullMarked
package io.parley.access;

import org.jspecify.annotations.NullMarked;
