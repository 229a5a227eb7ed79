package io.dougong.lake.iceberg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.iceberg.io.SeekableInputStream;

/** Reads a file from any position; small reads go through a buffer. */
final class LocalInputStream extends SeekableInputStream {

    private static final int BUFFER_BYTES = 1 << 13;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    /** Where in the file the buffer ends. */
    private long bufferEnd;

    LocalInputStream(Path path) throws IOException {
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
    }

    @Override
    public long getPos() {
        return bufferEnd - buffer.remaining();
    }

    @Override
    public void seek(long position) {
        buffer.limit(0);
        bufferEnd = position;
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!buffer.hasRemaining() && length >= BUFFER_BYTES) {
            int read = channel.read(ByteBuffer.wrap(bytes, offset, length), bufferEnd);
            bufferEnd += Math.max(read, 0);
            return read;
        }
        if (!fill()) {
            return -1;
        }
        int read = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, read);
        return read;
    }

    private boolean fill() throws IOException {
        if (buffer.hasRemaining()) {
            return true;
        }
        buffer.clear();
        int read = channel.read(buffer, bufferEnd);
        buffer.flip();
        bufferEnd += Math.max(read, 0);
        return read > 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
