package com.example.tutorial;

import com.example.tutorial.Wire.Way;

/** The tutorial's application on one of the brokers, and clients that are closed after the test. */
interface Server {

    /** Where it listens. */
    int port();

    /** Opens a connection and sends nothing. */
    ChatClient open(Way way);

    /** Opens a STOMP session. */
    ChatClient connect(Way way);
}
