package com.example.videocall;

import org.jspecify.annotations.Nullable;

/**
 * What one browser has to say to another before they see each other.
 *
 * @param from who says it
 * @param type offer, answer, candidate or bye
 * @param content as the browser made it
 */
record Signal(String from, String type, @Nullable Object content) {}
