package dev.maru.chat;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * A field that takes a JSON string or null. By itself Jackson turns numbers and truth values into text, and an
 * application's own mapper is not ours to set.
 *
 * <p>Safe for any thread.
 */
@JacksonAnnotationsInside
@JsonDeserialize(using = JsonText.Strict.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface JsonText {

    /** Reads a string, and refuses whatever else stands in its place. Stateless; safe for any thread. */
    final class Strict extends StdScalarDeserializer<String> {
        Strict() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser json, DeserializationContext context) {
            return json.currentToken() == JsonToken.VALUE_STRING
                    ? json.getString()
                    : (String) context.handleUnexpectedToken(String.class, json);
        }
    }
}
