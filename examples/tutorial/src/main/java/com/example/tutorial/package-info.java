/** A chat: rooms to talk in, and a lobby for whoever names none. */
package com.example.tutorial;
