/** What holds for every file and every package. */
@NullMarked
package io.parley.architecture;

import org.jspecify.annotations.NullMarked;
