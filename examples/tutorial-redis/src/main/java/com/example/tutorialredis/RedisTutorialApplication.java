package com.example.tutorialredis;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class RedisTutorialApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(RedisTutorialApplication.class, arguments);
    }
}
