package dev.maru.chat.presence;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON of {@code /topic/presence/{roomId}}, in UTF-8.
 *
 * <p>Safe for any thread.
 */
public final class PresenceJson {

    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private PresenceJson() {}

    /** {@code {"kind":"snapshot","version":12,"people":[…]}}. */
    public static byte[] snapshot(long version, List<String> people) {
        return render("snapshot", version, json -> {
            json.writeArrayPropertyStart("people");
            people.forEach(json::writeString);
            json.writeEndArray();
        });
    }

    /** {@code {"kind":"joined","version":13,"person":"…"}}. */
    public static byte[] joined(long version, String person) {
        return render("joined", version, json -> json.writeStringProperty("person", person));
    }

    /** {@code {"kind":"left","version":14,"person":"…"}}. */
    public static byte[] left(long version, String person) {
        return render("left", version, json -> json.writeStringProperty("person", person));
    }

    private static byte[] render(String kind, long version, Consumer<JsonGenerator> rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("kind", kind);
            json.writeNumberProperty("version", version);
            rest.accept(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
