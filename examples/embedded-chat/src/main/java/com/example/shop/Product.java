package com.example.shop;

/** Something to buy. */
record Product(String name, int price) {}
