/** The application of the well-known tutorial, with corners of Spring's messaging model beside it. */
@NullMarked
package dev.maru.spring.tutorial;

import org.jspecify.annotations.NullMarked;
