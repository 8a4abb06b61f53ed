package dev.maru.chat.http;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.ProblemDocument;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers with a problem document for whatever ends a request to the chat's own controllers; those of the application
 * around it keep theirs.
 *
 * <p>Stateless; safe for any thread.
 */
@RestControllerAdvice(basePackageClasses = ProblemAdvice.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemAdvice {

    @ExceptionHandler(Throwable.class)
    ResponseEntity<byte[]> answer(Throwable failure) {
        Refusal refusal = Refusals.of(failure);
        return ResponseEntity.status(refusal.fault().httpStatus())
                .headers(Refusals.headersFor(failure))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDocument.render(refusal.fault(), refusal.detail()));
    }
}
