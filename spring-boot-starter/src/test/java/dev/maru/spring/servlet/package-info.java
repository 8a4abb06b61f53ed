/** Tests that need a servlet container; they run with the servlet stack on the class path. */
@NullMarked
package dev.maru.spring.servlet;

import org.jspecify.annotations.NullMarked;
