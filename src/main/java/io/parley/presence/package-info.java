/** Who is here: presence of a room, coalesced into versions. */
@NullMarked
package io.parley.presence;

import org.jspecify.annotations.NullMarked;
