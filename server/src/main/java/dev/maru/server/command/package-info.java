/** What the jar does beside being the server: backup, restore, export, and preparing itself. */
@NullMarked
package dev.maru.server.command;

import org.jspecify.annotations.NullMarked;
