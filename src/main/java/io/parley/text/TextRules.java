package io.parley.text;

import java.util.Locale;

/** Which characters a text may hold, the same at every door. Stateless. */
public final class TextRules {
    private static final int LEFT_TO_RIGHT_OVERRIDE = 0x202D;
    private static final int RIGHT_TO_LEFT_OVERRIDE = 0x202E;

    private TextRules() {}

    /**
     * Checks a text that may have several lines.
     *
     * @param field how the sender calls it
     * @param maxUnits the most UTF-16 code units, as JavaScript counts them
     * @return the text itself
     * @throws InvalidInput on a control character other than newline and tab, a lone surrogate, a bidi override, or too many units
     */
    public static String check(String field, String text, int maxUnits) {
        if (text.length() > maxUnits) {
            throw InvalidInput.tooLong(field, maxUnits);
        }
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (!allowed(unit)) {
                throw new InvalidInput(field, fault(field, unit));
            }
        }
        return text;
    }

    private static boolean allowed(char unit) {
        return unit >= ' ' ? allowedAboveControls(unit) : unit == '\n' || unit == '\t';
    }

    private static boolean allowedAboveControls(char unit) {
        return unit < 0x7F
                || (!Character.isISOControl(unit)
                        && !Character.isSurrogate(unit)
                        && unit != LEFT_TO_RIGHT_OVERRIDE
                        && unit != RIGHT_TO_LEFT_OVERRIDE);
    }

    private static String fault(String field, char unit) {
        String what = Character.isSurrogate(unit)
                ? "half of a surrogate pair"
                : String.format(Locale.ROOT, "the character U+%04X", (int) unit);
        return field + " holds " + what + ", which no text may hold";
    }
}
