/** The example, driven by a client. */
@NullMarked
package com.example.plainjava;

import org.jspecify.annotations.NullMarked;
