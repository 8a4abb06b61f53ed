package dev.maru.chat.http;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the HTTP API. Confined to the thread that starts the application. */
@Configuration(proxyBeanMethods = false)
@Import({RoomController.class, MessageController.class, SearchController.class, ProblemAdvice.class})
public class ChatHttpConfiguration {}
