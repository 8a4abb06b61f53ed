package dev.maru.spring.configurer;

import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.TaskExecutorRegistration;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The registration of a channel that configurers see. It keeps the interceptors and, where there may be one, the
 * executor.
 *
 * <p>Confined to the thread that starts the application.
 */
final class RecordedChannel extends ChannelRegistration {
    private final @Nullable String inlineName;

    private RecordedChannel(@Nullable String inlineName) {
        this.inlineName = inlineName;
    }

    /** A channel whose messages are handled by an executor. */
    static RecordedChannel withExecutor() {
        return new RecordedChannel(null);
    }

    /** A channel whose messages are handled on their senders' threads. */
    static RecordedChannel inline(String name) {
        return new RecordedChannel(name);
    }

    List<ChannelInterceptor> interceptors() {
        return List.copyOf(getInterceptors());
    }

    @Nullable Executor executor() {
        return hasExecutor() ? getExecutor(() -> Runnable::run, executor -> {}) : null;
    }

    @Override
    public TaskExecutorRegistration taskExecutor(@Nullable ThreadPoolTaskExecutor taskExecutor) {
        refuseExecutor();
        return super.taskExecutor(taskExecutor);
    }

    @Override
    public ChannelRegistration executor(Executor executor) {
        refuseExecutor();
        return super.executor(executor);
    }

    private void refuseExecutor() {
        if (inlineName != null) {
            throw Unsupported.setting(
                    "an executor for " + inlineName, "messages keep the order of their senders, on their threads");
        }
    }
}
