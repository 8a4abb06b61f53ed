/** What the tutorial's application does over real sockets, on Spring's own broker and on Maru. */
package com.example.tutorial;
