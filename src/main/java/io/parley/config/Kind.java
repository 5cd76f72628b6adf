package io.parley.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a setting may be set to, and how it is written. */
public sealed interface Kind<T> {

    /** What is allowed, to follow "must be". */
    String allowed();

    /** The value that a text stands for; empty when it stands for none. */
    Optional<T> read(String text);

    /**
     * A whole number.
     *
     * @param unit what is counted; empty for a mere number
     */
    record Whole(int least, int most, String unit) implements Kind<Integer> {
        @Override
        public String allowed() {
            return "a whole number from " + least + " to " + most + (unit.isEmpty() ? "" : " (" + unit + ")");
        }

        @Override
        public Optional<Integer> read(String text) {
            try {
                int value = Integer.parseInt(text);
                return value < least || value > most ? Optional.empty() : Optional.of(value);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    /** Yes or no. */
    record Flag() implements Kind<Boolean> {
        @Override
        public String allowed() {
            return "true or false";
        }

        @Override
        public Optional<Boolean> read(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
            };
        }
    }

    /** A network address of this machine, or a name for one. */
    record Address() implements Kind<String> {
        private static final Pattern FORM = Pattern.compile("[\\p{Alnum}._:%-]+");

        @Override
        public String allowed() {
            return "an address of this machine or a name for it, without a port";
        }

        @Override
        public Optional<String> read(String text) {
            String address = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
            boolean withPort = address.chars().filter(c -> c == ':').count() == 1;
            return FORM.matcher(address).matches() && !withPort ? Optional.of(address) : Optional.empty();
        }
    }

    /** A folder; {@code ~/} at its beginning is the home of who runs Parley. */
    record Folder() implements Kind<Path> {
        @Override
        public String allowed() {
            return "the path of a folder";
        }

        @Override
        public Optional<Path> read(String text) {
            if (text.isEmpty()) {
                return Optional.empty();
            }
            try {
                boolean home = text.equals("~") || text.startsWith("~/");
                Path path = home
                        ? Path.of(System.getProperty("user.home"), text.substring(Math.min(2, text.length())))
                        : Path.of(text);
                return Optional.of(path.toAbsolutePath().normalize());
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        }
    }

    /** A file, by the rules of {@link Folder}; empty for none. */
    record File() implements Kind<Optional<Path>> {
        @Override
        public String allowed() {
            return "the path of a file";
        }

        @Override
        public Optional<Optional<Path>> read(String text) {
            Optional<Path> path = new Folder().read(text);
            return text.isEmpty() || path.isPresent() ? Optional.of(path) : Optional.empty();
        }
    }

    /** Any text; shown to nobody. */
    record Secret() implements Kind<String> {
        @Override
        public String allowed() {
            return "any text; better set in the environment or in parley.properties than on the command line";
        }

        @Override
        public Optional<String> read(String text) {
            return Optional.of(text);
        }
    }

    /**
     * A list, separated by commas; empty for none.
     *
     * @param item the form of one, in lower case
     * @param items what they are, to follow "must be"
     */
    record Words(Pattern item, String items) implements Kind<Set<String>> {
        @Override
        public String allowed() {
            return items + ", separated by commas";
        }

        @Override
        public Optional<Set<String>> read(String text) {
            Set<String> words = parts(text).collect(Collectors.toCollection(LinkedHashSet::new));
            boolean wellFormed =
                    words.stream().allMatch(word -> item.matcher(word).matches());
            return wellFormed ? Optional.of(words) : Optional.empty();
        }
    }

    /** Addresses and networks, separated by commas; empty for none. */
    record Networks() implements Kind<List<Network>> {
        @Override
        public String allowed() {
            return "addresses and networks such as 127.0.0.1, 10.0.0.0/8 or fd00::/8, separated by commas";
        }

        @Override
        public Optional<List<Network>> read(String text) {
            List<Optional<Network>> read = parts(text).map(Network::read).toList();
            return read.stream().allMatch(Optional::isPresent)
                    ? Optional.of(read.stream().map(Optional::orElseThrow).toList())
                    : Optional.empty();
        }
    }

    /** Addresses, networks and names of hosts, separated by commas; empty for none. */
    record Machines() implements Kind<HookTargets> {
        private static final Pattern NAME = Pattern.compile("(?![0-9.]+$)[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?");

        @Override
        public String allowed() {
            return "host names, addresses and networks such as ci.internal, 10.1.2.3 or 10.0.0.0/8, separated by commas";
        }

        @Override
        public Optional<HookTargets> read(String text) {
            List<Network> networks = new ArrayList<>();
            Set<String> names = new LinkedHashSet<>();
            for (String item : parts(text).toList()) {
                Optional<Network> network = Network.read(item);
                network.ifPresent(networks::add);
                if (network.isEmpty()) {
                    names.add(item);
                }
            }
            boolean wellFormed =
                    names.stream().allMatch(name -> NAME.matcher(name).matches());
            return wellFormed ? Optional.of(new HookTargets(names, networks)) : Optional.empty();
        }
    }

    private static Stream<String> parts(String text) {
        return Arrays.stream(text.split(","))
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty());
    }
}
