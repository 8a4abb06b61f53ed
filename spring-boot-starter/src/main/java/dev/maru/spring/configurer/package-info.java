/** Reads what an application's WebSocketMessageBrokerConfigurers ask for, and says what cannot be had. */
@NullMarked
package dev.maru.spring.configurer;

import org.jspecify.annotations.NullMarked;
