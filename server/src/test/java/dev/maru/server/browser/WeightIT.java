package dev.maru.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.ServerProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the page weighs on the way to a phone. */
@ExtendWith(SharedServerExtension.class)
class WeightIT {

    private static final int LIMIT = 60 * 1024;
    private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"(/[^\"]+\\.(?:js|css))\"");

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void isAtMostSixtyKibibytesOfScriptAndStyle(ServerProcess server) throws Exception {
        String origin = "http://localhost:" + server.port();
        List<String> assets = ASSET.matcher(new String(get(origin + "/"), StandardCharsets.UTF_8))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(assets).hasSize(2);
        int weight = 0;
        for (String asset : assets) {
            weight += zipped(get(origin + asset));
        }
        assertThat(weight).isBetween(1, LIMIT);
    }

    private byte[] get(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        return http.send(request, BodyHandlers.ofByteArray()).body();
    }

    private static int zipped(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.size();
    }
}
