package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.parley.contract.Logbook;
import io.parley.room.RoomInfo;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container loads the same classes again and again, each time by a new class loader that must not be kept. */
class RedeployTest {
    private static final int MOST_COLLECTIONS = 50;

    @TempDir
    Path data;

    @Test
    void eachClassLoaderOpensTheStoreAndIsThenForgotten() throws Exception {
        for (int posts = 1; posts <= 3; posts++) {
            WeakReference<ClassLoader> loader = deployAndUndeploy();
            for (int i = 0; i < MOST_COLLECTIONS && loader.get() != null; i++) {
                System.gc();
            }
            assertNull(loader.get(), "something still holds the class loader");
        }
        try (SqliteStore store = SqliteStore.open(data, Clock.systemUTC(), new SecureRandom(), 1)) {
            assertEquals(3, new Logbook(store.roomLog()).open("lobby").head());
        }
    }

    private WeakReference<ClassLoader> deployAndUndeploy() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            loader.loadClass(Deployed.class.getName())
                    .getMethod("run", Path.class)
                    .invoke(null, data);
            return new WeakReference<>(loader);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] classPath() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(new File(element).toURI().toURL());
        }
        return urls.toArray(new URL[0]);
    }

    /** What is run by each class loader. */
    public static final class Deployed {
        private Deployed() {}

        public static void run(Path data) {
            try (SqliteStore store = SqliteStore.open(data, Clock.systemUTC(), new SecureRandom(), 1)) {
                Logbook book = new Logbook(store.roomLog());
                RoomInfo room = book.open("lobby");
                book.post(room, Logbook.guest("Ann"), "hello");
            }
        }
    }
}
