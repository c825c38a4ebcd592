package io.tasklane.sample.web;

import io.tasklane.NoSuchQueueException;
import io.tasklane.TaskPayloadException;
import io.tasklane.TaskStateException;
import io.tasklane.sample.order.OrderRefusedException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers mistakes with a status and a sentence. */
@RestControllerAdvice
class ErrorAdvice {

    @ExceptionHandler
    ProblemDetail refused(OrderRefusedException ex) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, String.valueOf(ex.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail notInThisState(TaskStateException ex) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, String.valueOf(ex.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail noSuchQueue(NoSuchQueueException ex) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, String.valueOf(ex.getMessage()));
    }

    @ExceptionHandler({TaskPayloadException.class, IllegalArgumentException.class})
    ProblemDetail badRequest(RuntimeException ex) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, String.valueOf(ex.getMessage()));
    }
}
