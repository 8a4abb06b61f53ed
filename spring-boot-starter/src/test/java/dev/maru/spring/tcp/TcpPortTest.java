package dev.maru.spring.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

class TcpPortTest {
    private static final char[] PASSWORD = "secret".toCharArray();

    @Test
    void listensNowhereUnlessAPortIsGiven() {
        try (ConfigurableApplicationContext context = RunningBroker.start("maru.stomp.tcp.port=")) {
            assertThat(context.getBean(TcpPort.class).address()).isNull();
        }
    }

    @Test
    void listensAtTheAddressOfTheWebServerUnlessItHasItsOwn() {
        try (ConfigurableApplicationContext context = RunningBroker.start()) {
            assertThat(RunningBroker.tcpAddress(context).getHostString()).isEqualTo("127.0.0.1");
        }
        try (ConfigurableApplicationContext context = RunningBroker.start("maru.stomp.tcp.address=127.0.0.2")) {
            assertThat(RunningBroker.tcpAddress(context).getHostString()).isEqualTo("127.0.0.2");
        }
    }

    @Test
    void letsGoOfItsPortAndItsClientsWhenTheApplicationEnds() throws Exception {
        ConfigurableApplicationContext context = RunningBroker.start();
        InetSocketAddress address = RunningBroker.tcpAddress(context);
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            assertThat(connected(client)).startsWith("CONNECTED\n");
            context.close();
            client.setSoTimeout(10_000);
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("ERROR\nmessage:server-shutdown\n");
        }
        assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void saysWhichPropertyToChangeWhenThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> RunningBroker.start("maru.stomp.tcp.port=" + taken.getLocalPort()))
                    .rootCause()
                    .hasMessageContaining("maru.stomp.tcp.port");
        }
    }

    @Test
    void speaksTlsWithABundleOfSpringBoots(@TempDir Path folder) throws Exception {
        Path keys = makeKeys(folder);
        try (ConfigurableApplicationContext context = RunningBroker.start(
                        "maru.stomp.tcp.ssl.bundle=stomp",
                        "spring.ssl.bundle.jks.stomp.keystore.location=file:" + keys,
                        "spring.ssl.bundle.jks.stomp.keystore.password=" + new String(PASSWORD));
                Socket client = trusting(keys)
                        .getSocketFactory()
                        .createSocket(InetAddress.getByName("127.0.0.1"), RunningBroker.tcpPort(context))) {
            assertThat(connected(client)).startsWith("CONNECTED\n");
        }
    }

    private static String connected(Socket client) throws IOException {
        client.setSoTimeout(10_000);
        client.getOutputStream().write("CONNECT\naccept-version:1.2\nhost:x\n\n\0".getBytes(StandardCharsets.UTF_8));
        InputStream in = client.getInputStream();
        StringBuilder frame = new StringBuilder();
        for (int c = in.read(); c > 0; c = in.read()) {
            frame.append((char) c);
        }
        return frame.toString();
    }

    private static Path makeKeys(Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder((keytool + " -genkeypair -keystore " + file
                                + " -storepass secret -alias localhost -keyalg EC" + " -dname CN=localhost")
                        .split(" "))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor()).isZero();
        return file;
    }

    private static SSLContext trusting(Path file) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("localhost", keys.getCertificate("localhost"));
        TrustManagerFactory manager = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        manager.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, manager.getTrustManagers(), null);
        return context;
    }
}
