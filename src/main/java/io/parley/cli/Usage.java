package io.parley.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a command is called, and what it does. Immutable.
 *
 * @param name one word or two
 * @param arguments what must follow, such as {@code FILE}, which stands for a path, or {@code SEQ}, for a number; in brackets what may
 * @param summary a few words
 * @param details whole sentences
 */
record Usage(String name, List<String> arguments, String summary, String details) {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,15}");
    private static final int MOST_CHARACTERS = 4_096;

    Usage {
        arguments = List.copyOf(arguments);
    }

    List<String> words() {
        return List.of(name.split(" ", -1));
    }

    /** Whether what was given is this command, whatever follows. */
    boolean begins(List<String> given) {
        return given.size() >= words().size()
                && given.subList(0, words().size()).equals(words());
    }

    /** Such as {@code backup FILE}. */
    String line() {
        return arguments.isEmpty() ? name : name + " " + String.join(" ", arguments);
    }

    String help() {
        return """
                java -jar parley.war %s

                %s
                """.formatted(line(), details);
    }

    /**
     * Checks what was given, and makes paths absolute: the server works in another folder.
     *
     * @throws CommandFailure when the command was called wrongly
     */
    List<String> check(List<String> given) {
        long needed =
                arguments.stream().filter(argument -> !argument.startsWith("[")).count();
        if (given.size() < needed || given.size() > arguments.size()) {
            throw CommandFailure.wrongCall("it is called as \"" + line() + "\"; " + name + " --help says more");
        }
        List<String> checked = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String argument = given.get(i);
            if (argument.isBlank()
                    || argument.length() > MOST_CHARACTERS
                    || CONTROL.matcher(argument).find()) {
                throw CommandFailure.wrongCall(arguments.get(i) + " is empty, too long, or has control characters");
            }
            if (arguments.get(i).equals("SEQ") && !NUMBER.matcher(argument).matches()) {
                throw CommandFailure.wrongCall("SEQ is a number, 1 or more");
            }
            checked.add(arguments.get(i).equals("FILE") ? absolute(argument) : argument);
        }
        return checked;
    }

    private static String absolute(String path) {
        try {
            return Path.of(path).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException e) {
            throw CommandFailure.wrongCall("FILE is no path: " + e.getReason());
        }
    }
}
