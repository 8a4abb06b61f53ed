/** SockJS as its protocol's own test suite asks for it, over real sockets. */
@NullMarked
package dev.maru.spring.sockjs;

import org.jspecify.annotations.NullMarked;
