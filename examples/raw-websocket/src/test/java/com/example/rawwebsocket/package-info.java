/** The example, driven in a real browser. */
@NullMarked
package com.example.rawwebsocket;

import org.jspecify.annotations.NullMarked;
