/** A small shop with customers of its own, to which a support chat was added. */
@NullMarked
package com.example.shop;

import org.jspecify.annotations.NullMarked;
