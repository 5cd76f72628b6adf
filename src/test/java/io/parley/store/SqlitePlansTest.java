package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SqlitePlansTest {
    @TempDir
    Path data;

    @BeforeEach
    void makeTheTables() {
        SqliteStore.open(data, Clock.systemUTC(), new SecureRandom(), 1).close();
    }

    static Stream<String> keySelects() {
        return KeyRows.statements();
    }

    @ParameterizedTest
    @MethodSource("keySelects")
    void everyKeyIsFoundByItsIndex(String sql) throws Exception {
        String plan = plan(sql);
        assertTrue(plan.contains("SEARCH k USING PRIMARY KEY (hash=?)"), plan);
    }

    @Test
    void allKeysAreReadInTheirOrderAndNotSorted() throws Exception {
        String plan = plan(KeyScan.HASHES);
        assertTrue(plan.contains("SEARCH entry_key USING PRIMARY KEY (hash>?)") && !plan.contains("TEMP"), plan);
    }

    static Stream<String> pages() {
        return Stream.of(EntryRows.AFTER, MessagePages.BEFORE);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageIsReadFromWhereItBeginsAndIsNotSorted(String sql) throws Exception {
        String plan = plan(sql);
        assertTrue(plan.contains("SEARCH e USING INDEX sqlite_autoindex_entry_1 (room=? AND seq"), plan);
        assertFalse(plan.contains("SORT") || plan.contains("TEMP"), plan);
    }

    @Test
    void readMarksAndMentionsAreFoundByTheirIndexes() throws Exception {
        String marks = plan(MemberRows.MARKS);
        assertTrue(marks.contains("SEARCH m USING PRIMARY KEY (user=?)"), marks);
        String mentions = plan(MemberRows.MENTIONS);
        assertTrue(mentions.contains("USING PRIMARY KEY (user=? AND room=? AND seq>?)"), mentions);
        String ordinal = plan(MemberRows.ORDINAL);
        assertTrue(ordinal.contains("(room=? AND seq<?)") && !ordinal.contains("TEMP"), ordinal);
    }

    @Test
    void aThreadIsReadByItsIndexAndNotSorted() throws Exception {
        String plan = plan(MessagePages.OF_THREAD);
        assertTrue(plan.contains("SEARCH e USING INDEX entry_thread (room=? AND thread=? AND seq<?)"), plan);
        assertFalse(plan.contains("SORT") || plan.contains("TEMP"), plan);
    }

    @Test
    void whatIsErasedIsFoundByItsIndex() throws Exception {
        assertTrue(plan(StandingRows.ERASE_EDITS).contains("SEARCH entry USING INDEX entry_of (room=? AND of=?)"));
    }

    private String plan(String sql) throws Exception {
        return rows("EXPLAIN QUERY PLAN " + sql);
    }

    /** The last column of every row. */
    private String rows(String sql) throws Exception {
        StringBuilder found = new StringBuilder();
        try (SqliteConnection connection = new Database(data.resolve("parley.db")).reader();
                ResultSet rows = connection.prepared(sql).executeQuery()) {
            while (rows.next()) {
                found.append(rows.getString(rows.getMetaData().getColumnCount()))
                        .append('\n');
            }
        }
        return found.toString();
    }
}
