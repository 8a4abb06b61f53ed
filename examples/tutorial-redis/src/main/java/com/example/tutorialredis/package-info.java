/** The tutorial's second part: a channel of Redis for each room. */
package com.example.tutorialredis;
