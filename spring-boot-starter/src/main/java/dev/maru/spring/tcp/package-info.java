/** STOMP over TCP in a Spring application: its properties, its port and its life. */
@NullMarked
package dev.maru.spring.tcp;

import org.jspecify.annotations.NullMarked;
