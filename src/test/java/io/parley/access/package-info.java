/** Who may come in and do what. */
@NullMarked
package io.parley.access;

import org.jspecify.annotations.NullMarked;
