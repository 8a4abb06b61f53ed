package com.example.tutorial;

import dev.maru.testkit.ReceivedFrame;
import dev.maru.testkit.StompTestClient;
import java.net.URI;
import java.util.List;

/** What carries STOMP frames to a server and back. */
interface Wire {

    /** The ways to connect that the tests go. */
    enum Way {
        WEBSOCKET {
            @Override
            Wire open(URI endpoint) {
                return new WebSocketWire(StompTestClient.open(URI.create(endpoint + "/websocket")));
            }
        },
        SOCKJS_WEBSOCKET {
            @Override
            Wire open(URI endpoint) {
                return new WebSocketWire(StompTestClient.at(endpoint).sockJs().open());
            }
        },
        SOCKJS_XHR_STREAMING {
            @Override
            Wire open(URI endpoint) {
                return new XhrStreamingWire(endpoint);
            }
        };

        /** Opens a connection at this {@code http} address. */
        abstract Wire open(URI endpoint);
    }

    /** Sends a message: a frame with its NUL, several, or a piece of one. */
    void send(String message);

    /** What has come, in order. */
    List<ReceivedFrame> frames();

    /** Ends the connection without a farewell. */
    void abort();

    /** Ends the connection. */
    void close();

    /** Over a WebSocket, with or without SockJS around the frames. */
    record WebSocketWire(StompTestClient client) implements Wire {

        @Override
        public void send(String message) {
            client.sendText(message);
        }

        @Override
        public List<ReceivedFrame> frames() {
            return client.frames();
        }

        @Override
        public void abort() {
            client.abort();
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
