package io.parley.browser;

import io.parley.ParleyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One server for all tests of a class, which keep apart by their rooms and names. Confined to the test's thread. */
final class RunningParley implements BeforeAllCallback, AfterAllCallback {
    private @Nullable Path data;
    private @Nullable ParleyProcess process;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Path folder = Files.createTempDirectory("parley-page");
        data = folder;
        ParleyProcess started = new ParleyProcess(folder);
        process = started;
        started.start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
        if (process != null) {
            process.stop();
        }
        if (data != null) {
            try (Stream<Path> files = Files.walk(data)) {
                List<Path> inner = files.sorted(Comparator.reverseOrder()).toList();
                for (Path path : inner) {
                    Files.delete(path);
                }
            }
        }
    }

    String url() {
        return Objects.requireNonNull(process, "no server before the class has begun")
                .url();
    }

    /** The address of a room, as people send it to each other. */
    String url(String room) {
        return url() + "#/room/" + room;
    }
}
