/** A chat in the two older styles: a WebSocket handler, and a class with annotations. */
@NullMarked
package com.example.rawwebsocket;

import org.jspecify.annotations.NullMarked;
