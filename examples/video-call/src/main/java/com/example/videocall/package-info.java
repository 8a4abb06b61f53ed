/** Two pages that call each other: the signals go over STOMP, the pictures from browser to browser. */
@NullMarked
package com.example.videocall;

import org.jspecify.annotations.NullMarked;
