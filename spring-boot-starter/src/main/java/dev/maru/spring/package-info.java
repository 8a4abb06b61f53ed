/** The starter's front door: the annotation, the auto-configuration and its properties. */
@NullMarked
package dev.maru.spring;

import org.jspecify.annotations.NullMarked;
