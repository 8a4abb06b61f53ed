package dev.maru.spring.annotated;

import dev.maru.spring.socket.SocketApplication;
import dev.maru.spring.socket.SocketListener;
import dev.maru.spring.socket.SocketSession;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** One class with {@code @ServerEndpoint}, and the sessions of its clients. Safe for any thread. */
final class AnnotatedEndpoint implements SocketApplication {
    private final PathTemplate template;
    private final EndpointMethods methods;
    private final Supplier<Object> instances;
    private final Set<EndpointSession> open = ConcurrentHashMap.newKeySet();

    AnnotatedEndpoint(PathTemplate template, EndpointMethods methods, Supplier<Object> instances) {
        this.template = template;
        this.methods = methods;
        this.instances = instances;
    }

    String path() {
        return template.path();
    }

    @Override
    public SocketListener open(SocketSession client) {
        EndpointSession session = new EndpointSession(
                client, template.variables(client.handshake().path()), open);
        AnnotatedListener listener = new AnnotatedListener(methods, instances.get(), session, open);
        open.add(session);
        return listener;
    }
}
