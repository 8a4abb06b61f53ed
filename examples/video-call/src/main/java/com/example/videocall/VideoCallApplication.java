package com.example.videocall;

import dev.maru.spring.EnableMaruMessageBroker;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
@EnableMaruMessageBroker
public class VideoCallApplication {

    public static void main(String[] args) {
        SpringApplication.run(VideoCallApplication.class, args);
    }
}
