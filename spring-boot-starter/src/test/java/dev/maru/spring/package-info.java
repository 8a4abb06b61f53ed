/** The starter in applications as others write them, over real sockets. */
@NullMarked
package dev.maru.spring;

import org.jspecify.annotations.NullMarked;
