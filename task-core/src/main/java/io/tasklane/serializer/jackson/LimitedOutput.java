package io.tasklane.serializer.jackson;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Collects UTF-8 text up to a limit, so that an argument too large is refused before it fills the memory. */
final class LimitedOutput extends OutputStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

    private final int limit;

    private boolean exceeded;

    LimitedOutput(int limit) {
        this.limit = limit;
    }

    @Override
    public void write(int value) {
        require(1);
        this.bytes.write(value);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        require(length);
        this.bytes.write(source, offset, length);
    }

    String text() {
        return this.bytes.toString(StandardCharsets.UTF_8);
    }

    /** Whether more was written than is allowed; what was thrown then may arrive wrapped. */
    boolean isExceeded() {
        return this.exceeded;
    }

    private void require(int more) {
        if (more > this.limit - this.bytes.size()) {
            this.exceeded = true;
            throw new IllegalStateException("More than %d bytes".formatted(this.limit));
        }
    }
}
