/** The example, driven in a real browser. */
@NullMarked
package com.example.videocall;

import org.jspecify.annotations.NullMarked;
