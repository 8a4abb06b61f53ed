/** The application on two servers, and beside Maru. */
package com.example.tutorialredis;
