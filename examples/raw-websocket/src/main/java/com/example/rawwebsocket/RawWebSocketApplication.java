package com.example.rawwebsocket;

import dev.maru.spring.EnableMaruWebSocket;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
@EnableMaruWebSocket
public class RawWebSocketApplication {

    public static void main(String[] args) {
        SpringApplication.run(RawWebSocketApplication.class, args);
    }
}
