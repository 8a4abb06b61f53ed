/** Tests of the ports that clients connect at. */
@NullMarked
package dev.maru.spring.web;

import org.jspecify.annotations.NullMarked;
