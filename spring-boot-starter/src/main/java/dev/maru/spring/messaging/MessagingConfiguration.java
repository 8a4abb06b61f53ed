package dev.maru.spring.messaging;

import dev.maru.engine.Engine;
import dev.maru.engine.session.ApplicationHandler;
import dev.maru.engine.session.SessionListener;
import dev.maru.spring.configurer.BrokerSettings;
import dev.maru.spring.configurer.Configurers;
import dev.maru.spring.drain.EngineLifecycle;
import dev.maru.spring.session.EngineUserRegistry;
import dev.maru.spring.session.SessionEvents;
import dev.maru.spring.session.SessionTasks;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.messaging.SubscribableChannel;
import org.springframework.messaging.converter.DefaultContentTypeResolver;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodReturnValueHandler;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.SimpSessionScope;
import org.springframework.messaging.simp.annotation.support.SimpAnnotationMethodMessageHandler;
import org.springframework.messaging.simp.broker.AbstractBrokerMessageHandler;
import org.springframework.messaging.simp.config.AbstractMessageBrokerConfiguration;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.messaging.simp.user.UserDestinationMessageHandler;
import org.springframework.messaging.simp.user.UserDestinationResolver;
import org.springframework.messaging.support.AbstractSubscribableChannel;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.ExecutorSubscribableChannel;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.util.MimeTypeUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.validation.Validator;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.messaging.DefaultSimpUserRegistry;
import org.springframework.web.socket.messaging.WebSocketAnnotationMethodMessageHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * The beans of Spring's messaging model under the names that Spring gives them, with Maru's engine as the broker.
 * Parameters are named as in Spring, too: they choose among several beans of one type. Executors and schedulers are no
 * candidates for injection by type, so that an application's own stay the only ones.
 *
 * <p>Confined to the thread that starts the application.
 */
@Configuration(proxyBeanMethods = false)
public class MessagingConfiguration extends AbstractMessageBrokerConfiguration {
    private static final int MOST_EVENTS_OF_A_SESSION = 1_000;

    private final List<WebSocketMessageBrokerConfigurer> configurers;
    private final boolean lenient;
    private final BrokerSettings settings;
    private final SingletonSupplier<Engine> engine;
    private final ObjectProvider<JsonMapper> json;
    private final EngineUserRegistry sessions = new EngineUserRegistry();

    MessagingConfiguration(
            Configurers configurers,
            BrokerSettings settings,
            ObjectProvider<Engine> engine,
            ObjectProvider<JsonMapper> json) {
        this.configurers = configurers.all();
        this.lenient = configurers.lenient();
        this.settings = settings;
        this.engine = SingletonSupplier.of(engine::getObject);
        this.json = json;
    }

    @Bean
    static CustomScopeConfigurer webSocketScopeConfigurer() {
        CustomScopeConfigurer configurer = new CustomScopeConfigurer();
        configurer.addScope("websocket", new SimpSessionScope());
        return configurer;
    }

    @Bean
    SessionTasks sessionTasks(@Qualifier("clientInboundChannelExecutor") Executor executor) {
        return new SessionTasks(executor, MOST_EVENTS_OF_A_SESSION);
    }

    @Bean
    InterceptedClients interceptedClients(
            SessionTasks tasks, @Qualifier("clientInboundChannel") AbstractSubscribableChannel channel) {
        return new InterceptedClients(settings, tasks, channel);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SessionEvents sessionEvents(
            SessionTasks tasks, ApplicationEventPublisher publisher, InterceptedClients interceptors) {
        return new SessionEvents(tasks, publisher, interceptors::show);
    }

    @Bean
    SubscribeMethods subscribeMethods(SessionTasks tasks, SimpAnnotationMethodMessageHandler methods) {
        return new SubscribeMethods(tasks, methods);
    }

    @Bean
    SessionReplies sessionReplies(@Qualifier("clientOutboundChannel") AbstractSubscribableChannel channel) {
        SessionReplies replies = new SessionReplies(sessions);
        channel.subscribe(replies);
        return replies;
    }

    @Bean
    InterceptedConnections interceptedConnections(
            @Qualifier("clientOutboundChannel") AbstractSubscribableChannel channel) {
        return new InterceptedConnections(settings, outboundExecutor(), channel);
    }

    @Bean
    ApplicationHandler applicationHandler(
            SessionTasks tasks,
            @Qualifier("clientInboundChannel") AbstractSubscribableChannel channel,
            ObjectProvider<ObservationRegistry> observations) {
        return new InboundFrames(
                tasks, channel, new FrameObservations(observations.getIfAvailable(() -> ObservationRegistry.NOOP)));
    }

    @Bean(defaultCandidate = false)
    @Override
    public Executor clientInboundChannelExecutor() {
        Executor executor = settings.channels().inboundExecutor();
        return executor != null ? executor : new VirtualThreadTaskExecutor("maru-app-");
    }

    /** Works on the sending thread, which is the application's already: a frame's receipt scope is bound there. */
    @Override
    public AbstractSubscribableChannel clientInboundChannel(
            @Qualifier("clientInboundChannelExecutor") Executor executor) {
        return super.clientInboundChannel(Runnable::run);
    }

    /** The relay sends from its connections' event loops; otherwise what is sent is handed on at once. */
    @Bean(defaultCandidate = false)
    @Override
    public Executor clientOutboundChannelExecutor() {
        return settings.relayed() ? outboundExecutor() : Runnable::run;
    }

    private Executor outboundExecutor() {
        Executor executor = settings.channels().outboundExecutor();
        return executor != null ? executor : new VirtualThreadTaskExecutor("maru-out-");
    }

    @Bean(defaultCandidate = false)
    @Override
    public Executor brokerChannelExecutor(
            AbstractSubscribableChannel clientInboundChannel, AbstractSubscribableChannel clientOutboundChannel) {
        return Runnable::run;
    }

    @Bean(
            name = {"messageBrokerTaskScheduler", "messageBrokerSockJsTaskScheduler"},
            defaultCandidate = false)
    @Override
    public TaskScheduler messageBrokerTaskScheduler() {
        return super.messageBrokerTaskScheduler();
    }

    @Override
    public @Nullable AbstractBrokerMessageHandler simpleBrokerMessageHandler(
            AbstractSubscribableChannel clientInboundChannel,
            AbstractSubscribableChannel clientOutboundChannel,
            AbstractSubscribableChannel brokerChannel,
            UserDestinationResolver userDestinationResolver) {
        if (settings.relayed()) {
            return super.simpleBrokerMessageHandler(
                    clientInboundChannel, clientOutboundChannel, brokerChannel, userDestinationResolver);
        }
        // Where nothing intercepts what clients send, the engine publishes it by itself; still the base class insists
        // on subscribing to a channel.
        SubscribableChannel inbound =
                settings.channels().inbound().isEmpty() ? new ExecutorSubscribableChannel() : clientInboundChannel;
        EngineBroker broker = new EngineBroker(
                inbound, clientOutboundChannel, brokerChannel, settings.brokerPrefixes(), engine::obtain);
        broker.setUserDestinationPredicate(destination -> destination.startsWith(UserDestinations.PREFIX));
        broker.setPhase(getPhase());
        return broker;
    }

    @Override
    public UserDestinationMessageHandler userDestinationMessageHandler(
            AbstractSubscribableChannel clientInboundChannel,
            AbstractSubscribableChannel clientOutboundChannel,
            AbstractSubscribableChannel brokerChannel,
            UserDestinationResolver userDestinationResolver) {
        if (settings.relayed()) {
            return super.userDestinationMessageHandler(
                    clientInboundChannel, clientOutboundChannel, brokerChannel, userDestinationResolver);
        }
        UserDestinations destinations = new UserDestinations(
                clientInboundChannel, brokerChannel, userDestinationResolver, sessions, engine::obtain);
        destinations.setPhase(getPhase());
        return destinations;
    }

    /** Ahead of the application's listeners, so that they find the users of the sessions that they are told of. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SessionListener sessionRegistration() {
        return sessions.listener();
    }

    @Override
    protected SimpUserRegistry createLocalUserRegistry(@Nullable Integer order) {
        if (!settings.relayed()) {
            return sessions;
        }
        DefaultSimpUserRegistry registry = new DefaultSimpUserRegistry();
        if (order != null) {
            registry.setOrder(order);
        }
        return registry;
    }

    @Override
    protected SimpAnnotationMethodMessageHandler createAnnotationMethodMessageHandler(
            AbstractSubscribableChannel clientInboundChannel,
            AbstractSubscribableChannel clientOutboundChannel,
            SimpMessagingTemplate template) {
        if (settings.relayed()) {
            WebSocketAnnotationMethodMessageHandler springs =
                    new WebSocketAnnotationMethodMessageHandler(clientInboundChannel, clientOutboundChannel, template);
            springs.setPhase(getPhase());
            return springs;
        }
        MappedMethods methods = new MappedMethods(clientInboundChannel, clientOutboundChannel, template, lenient);
        methods.setPhase(getPhase());
        return methods;
    }

    @Override
    protected void configureClientInboundChannel(ChannelRegistration registration) {
        registration.interceptors(settings.channels().inbound().toArray(ChannelInterceptor[]::new));
    }

    @Override
    protected void configureClientOutboundChannel(ChannelRegistration registration) {
        registration.interceptors(settings.channels().outbound().stream()
                .map(interceptor -> settings.relayed() ? interceptor : new OnDelivery(interceptor))
                .toArray(ChannelInterceptor[]::new));
    }

    @Override
    protected void configureMessageBroker(MessageBrokerRegistry registry) {
        if (settings.relayed()) {
            configurers.forEach(configurer -> configurer.configureMessageBroker(registry));
            registry.setPreservePublishOrder(true);
            return;
        }
        registry.setApplicationDestinationPrefixes(
                settings.applicationPrefixes().toArray(String[]::new));
        registry.configureBrokerChannel()
                .interceptors(settings.channels().broker().toArray(ChannelInterceptor[]::new));
        if (settings.pathMatcher() != null) {
            registry.setPathMatcher(settings.pathMatcher());
        }
    }

    /** Where there is no Spring MVC, the validator that Spring would make itself is never set up, and checks nothing. */
    @Override
    public @Nullable Validator getValidator() {
        ApplicationContext context = Objects.requireNonNull(getApplicationContext());
        if (context.containsBean("mvcValidator")) {
            return super.getValidator();
        }
        return context.containsBean("webFluxValidator")
                ? context.getBean("webFluxValidator", Validator.class)
                : context.getBeanProvider(Validator.class).getIfUnique();
    }

    @Override
    protected void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new SessionArgument());
        configurers.forEach(configurer -> configurer.addArgumentResolvers(resolvers));
    }

    @Override
    protected void addReturnValueHandlers(List<HandlerMethodReturnValueHandler> handlers) {
        configurers.forEach(configurer -> configurer.addReturnValueHandlers(handlers));
    }

    /** Asks every configurer, because each may add converters, and leaves the usual ones out if any of them says so. */
    @Override
    protected boolean configureMessageConverters(List<MessageConverter> converters) {
        return configurers.stream()
                .map(configurer -> configurer.configureMessageConverters(converters))
                .reduce(true, Boolean::logicalAnd);
    }

    /** With the application's own mapper, so that its settings for JSON hold here as they do over HTTP. */
    @Override
    protected JacksonJsonMessageConverter createJacksonJsonConverter() {
        JsonMapper mapper = json.getIfAvailable();
        JacksonJsonMessageConverter converter =
                mapper == null ? super.createJacksonJsonConverter() : new JacksonJsonMessageConverter(mapper);
        DefaultContentTypeResolver types = new DefaultContentTypeResolver();
        types.setDefaultMimeType(MimeTypeUtils.APPLICATION_JSON);
        converter.setContentTypeResolver(types);
        return converter;
    }

    @Override
    protected int initPhase() {
        return configurers.stream()
                .map(WebSocketMessageBrokerConfigurer::getPhase)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(EngineLifecycle.PHASE - 1);
    }
}
