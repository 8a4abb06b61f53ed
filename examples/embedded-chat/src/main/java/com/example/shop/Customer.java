package com.example.shop;

/** Somebody who can log in: a customer, or an agent of the support. */
record Customer(String login, String password, String fullName, boolean agent) {}
