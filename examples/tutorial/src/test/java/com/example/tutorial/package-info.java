/** The page of the tutorial, in real browsers. */
package com.example.tutorial;
