/** The engine's sessions as Spring sees them: events, users, and one task at a time for each session. */
@NullMarked
package dev.maru.spring.session;

import org.jspecify.annotations.NullMarked;
