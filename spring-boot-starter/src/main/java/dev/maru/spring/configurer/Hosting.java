package dev.maru.spring.configurer;

/** Whose transport serves the endpoints that configurers register. */
public enum Hosting {
    /** Maru's: in WebFlux applications, and wherever the engine has a port of its own. */
    MARU,
    /** Spring's, in servlet applications: its registry is told of the endpoints and of what decorates them. */
    SPRING
}
