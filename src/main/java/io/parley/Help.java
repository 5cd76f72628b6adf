package io.parley;

import io.parley.cli.CommandLine;
import io.parley.config.Setting;
import io.parley.config.SettingsTable;

/** What {@code --help} says. Stateless. */
final class Help {

    private Help() {}

    static String text() {
        StringBuilder text = new StringBuilder("""
                Parley %s, a chat server.

                  java -jar parley.war            serves the page, WebSocket and HTTP until it is told to end
                  java -jar parley.war --version
                  java -jar parley.war --help

                %s
                Commands find the server by the data folder; COMMAND --help says more. They end with 0 when they are done, 1 when not, 2
                when they were called wrongly, 3 when no server runs there.

                A setting is a system property (-Dparley.port=80, before -jar), a variable of the environment (PARLEY_PORT=80),
                or a line of parley.properties in the data folder, the first that has it winning:

                """.formatted(Version.current(), CommandLine.help()));
        new SettingsTable().all().forEach(setting -> append(text, setting));
        return text.toString();
    }

    private static void append(StringBuilder text, Setting<?> setting) {
        text.append("  %s, %s%n".formatted(setting.name(), setting.variable()))
                .append("      %s%n".formatted(setting.meaning()))
                .append("      %s%s%n"
                        .formatted(
                                setting.kind().allowed(),
                                setting.preset().isEmpty() ? "" : "; " + setting.preset() + " unless set"));
    }
}
