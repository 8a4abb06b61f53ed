/** What an application declares about its destinations, as beans: history, snapshots, aliases. */
@NullMarked
package dev.maru.spring.destination;

import org.jspecify.annotations.NullMarked;
