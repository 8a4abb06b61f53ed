package com.example.shop;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The shop's own users. */
@Repository
class Customers {
    private final JdbcClient jdbc;

    Customers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Customer> find(String login) {
        return jdbc.sql("SELECT login, password, full_name, agent FROM customer WHERE login = ?")
                .param(login)
                .query((row, number) ->
                        new Customer(row.getString(1), row.getString(2), row.getString(3), row.getInt(4) == 1))
                .optional();
    }
}
