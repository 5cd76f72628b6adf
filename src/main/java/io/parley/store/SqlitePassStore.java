package io.parley.store;

import io.parley.identity.Pass;
import io.parley.identity.PassStore;
import io.parley.identity.SessionHash;
import io.parley.room.Write;
import io.parley.room.Written;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** What programs come by, beside their users; what is written goes through the committer. Thread-safe. */
final class SqlitePassStore implements PassStore {
    private final SqliteReaders readers;
    private final Function<Write, CompletionStage<Written>> committer;

    SqlitePassStore(SqliteReaders readers, Function<Write, CompletionStage<Written>> committer) {
        this.readers = readers;
        this.committer = committer;
    }

    @Override
    public Optional<Pass> bySecret(SessionHash hash) {
        return readers.read(connection -> {
            PreparedStatement select = connection.prepared(PassRows.BY_HASH);
            select.setBytes(1, hash.bytes());
            return PassRows.read(select).stream().findFirst();
        });
    }

    @Override
    public Optional<Pass> byPublicId(String publicId) {
        return readers.read(connection -> {
            PreparedStatement select = connection.prepared(PassRows.BY_PUBLIC_ID);
            select.setString(1, publicId);
            return PassRows.read(select).stream().findFirst();
        });
    }

    @Override
    public List<Pass> all() {
        return readers.read(connection -> PassRows.read(connection.prepared(PassRows.ALL)));
    }

    @Override
    public CompletionStage<Boolean> issue(Pass pass) {
        return committer.apply(new Write.Issue(pass)).thenApply(written -> {
            if (written instanceof Written.Refused refused && refused.reason() != Written.Reason.NAME_HELD) {
                throw new RejectedExecutionException("a pass could not be stored: " + refused.reason());
            }
            return written instanceof Written.Done;
        });
    }
}
