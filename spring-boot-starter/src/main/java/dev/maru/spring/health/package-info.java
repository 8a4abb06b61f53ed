/** Whether the engine takes clients, for applications that have Spring Boot's health. */
@NullMarked
package dev.maru.spring.health;

import org.jspecify.annotations.NullMarked;
