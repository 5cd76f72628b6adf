package io.parley.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** A backup could not be made or restored; the message is one line for the operator. */
public final class BackupFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BackupFailure(String line) {
        super(line);
    }

    BackupFailure(String line, Throwable cause) {
        super(line, cause);
    }

    /** @param what what could not be done, to come before the reason */
    static BackupFailure of(String what, IOException cause) {
        return new BackupFailure(what + ": " + reason(cause), cause);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "access to " + denied.getFile() + " is denied";
        }
        if (e instanceof NoSuchFileException none) {
            return none.getFile() + " is not there";
        }
        if (e instanceof FileSystemException known && known.getReason() != null) {
            return known.getReason();
        }
        return String.valueOf(e.getMessage());
    }
}
