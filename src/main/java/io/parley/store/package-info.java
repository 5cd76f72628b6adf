/** The log on disk: SQLite by JDBC, its schema and its migrations. */
@NullMarked
package io.parley.store;

import org.jspecify.annotations.NullMarked;
