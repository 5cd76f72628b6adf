/** What every HTTP door shares: who asks, from whose page, bodies that come slowly, answers, problems. */
@NullMarked
package io.parley.http;

import org.jspecify.annotations.NullMarked;
