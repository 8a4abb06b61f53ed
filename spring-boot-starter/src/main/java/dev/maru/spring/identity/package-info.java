/** Who clients are: bearer tokens at the handshake, in CONNECT and for renewal, and JSON Web Tokens among them. */
@NullMarked
package dev.maru.spring.identity;

import org.jspecify.annotations.NullMarked;
