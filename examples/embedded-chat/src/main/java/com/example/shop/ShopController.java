package com.example.shop;

import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The shop's pages. */
@Controller
class ShopController {
    private final JdbcClient jdbc;
    private final Customers customers;
    private final SupportChat chat;

    ShopController(JdbcClient jdbc, Customers customers, SupportChat chat) {
        this.jdbc = jdbc;
        this.customers = customers;
        this.chat = chat;
    }

    @GetMapping("/")
    String shop(@Nullable Principal user, Model model) {
        model.addAttribute("products", products());
        if (user != null) {
            Customer customer = customers.find(user.getName()).orElseThrow();
            model.addAttribute("customer", customer);
            model.addAttribute("room", chat.roomOf(customer));
        }
        return "shop";
    }

    @GetMapping("/support")
    String support(Principal user, Model model) {
        model.addAttribute("customer", customers.find(user.getName()).orElseThrow());
        return "support";
    }

    private List<Product> products() {
        return jdbc.sql("SELECT name, price FROM product ORDER BY name")
                .query((row, number) -> new Product(row.getString(1), row.getInt(2)))
                .list();
    }
}
