/** Maru's engine and transport in a program without Spring. */
@NullMarked
package com.example.plainjava;

import org.jspecify.annotations.NullMarked;
