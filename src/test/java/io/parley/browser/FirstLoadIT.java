package io.parley.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.CDPSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the page costs whoever opens it for the first time. */
class FirstLoadIT {
    /** Compressed, with headers: a second on a slow telephone line. */
    private static final long MOST_BYTES = 150_000;

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final RunningParley parley = new RunningParley();

    @RegisterExtension
    final People people = new People(chromium);

    @Test
    void theFirstLoadIsSmallAndFetchesNothingFromAnywhereElse() {
        Person ada = Person.atDesk(chromium.browser());
        AtomicLong bytes = new AtomicLong();
        CDPSession network = ada.page().context().newCDPSession(ada.page());
        network.send("Network.enable");
        network.on(
                "Network.loadingFinished",
                event -> bytes.addAndGet(event.get("encodedDataLength").getAsLong()));
        List<String> foreign = new ArrayList<>();
        ada.page().onRequest(request -> {
            if (!request.url().startsWith(parley.url()) && !request.url().startsWith("data:")) {
                foreign.add(request.url());
            }
        });

        people.comes(ada, parley.url());

        assertTrue(bytes.get() > 0 && bytes.get() <= MOST_BYTES, bytes + " bytes");
        assertEquals(List.of(), foreign);
    }

    @Test
    void theLicencesOfWhatIsInTheScriptAreServedWithIt() {
        Person ada = Person.atDesk(chromium.browser());
        people.comes(ada, parley.url());
        String licences = String.valueOf(ada.page().evaluate("fetch('licences.txt').then((answer) => answer.text())"));
        for (String library : List.of("Google LLC", "Vitaly Puzrin", "Apache License", "Felix Böhm")) {
            assertTrue(licences.contains(library), library);
        }
    }
}
