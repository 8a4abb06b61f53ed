/** Who is there: the people behind the subscriptions to some destinations, as a bean and as application events. */
@NullMarked
package dev.maru.spring.presence;

import org.jspecify.annotations.NullMarked;
