/** Accounts, their log-ins and tokens, the admin's token and API keys, and the HTTP API for all of them. */
@NullMarked
package dev.maru.server.account;

import org.jspecify.annotations.NullMarked;
