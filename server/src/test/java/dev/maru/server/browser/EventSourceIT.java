package dev.maru.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.maru.server.support.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser's own event source, which comes back by itself and misses nothing. */
@InChromium
class EventSourceIT {
    private static final String READ = """
            () => {
                window.seen = [];
                const source = new EventSource('/sse?destination=/topic/public');
                source.onmessage = event => seen.push(JSON.parse(event.data).message);
                source.addEventListener('reset', () => seen.push('reset'));
                return new Promise(opened => { source.onopen = () => opened(true); });
            }""";
    private static final String TALK = """
            text => fetch('/api/rooms/lobby/messages', {
                method: 'POST',
                headers: {'Content-Type': 'application/json'},
                body: JSON.stringify({sender: '민수', message: text, clientMessageId: text}),
            }).then(answer => answer.status)""";

    @Test
    void missesNothingWhileTheServerIsKilledAndStartedAgain(Browsers browsers, @TempDir Path data) {
        ServerProcess first = ServerProcess.start(data);
        int port = first.port();
        Page reader = browsers.page(Look.DESKTOP);
        reader.navigate("http://localhost:" + port + "/v3/api-docs");
        reader.evaluate(READ);
        Page writer = browsers.page(Look.DESKTOP);
        writer.navigate("http://localhost:" + port + "/v3/api-docs");
        List<String> said = new ArrayList<>();

        talk(writer, said, "before");
        sees(reader, said);
        first.kill();
        try (ServerProcess second = ServerProcess.start(data, "--server.port=" + port)) {
            second.port();
            talk(writer, said, "meanwhile 1");
            talk(writer, said, "meanwhile 2");
            sees(reader, said);
            talk(writer, said, "after");
            sees(reader, said);
        }
    }

    private static void talk(Page writer, List<String> said, String text) {
        assertThat(writer.evaluate(TALK, text)).isEqualTo(201);
        said.add(text);
    }

    private static void sees(Page reader, List<String> said) {
        reader.waitForFunction("count => seen.length >= count", said.size());
        assertThat(reader.evaluate("() => seen")).isEqualTo(said);
    }
}
