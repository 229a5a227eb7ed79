package io.dougong.lake.iceberg;

import io.dougong.kernel.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;

/**
 * Files of the lake's folder. What is written is on disk, name and content, when its stream is closed: so everything that a
 * catalog commit points to is durable before that commit. Names are {@code file:} URIs, as other engines expect them.
 */
final class LocalFiles implements FileIO {

    private static final long serialVersionUID = 1L;

    static String location(Path path) {
        return "file://" + path.toAbsolutePath().normalize();
    }

    /** Locations are not percent-encoded: a partition's folder name may hold escapes of its own. */
    static Path path(String location) {
        String path = location.startsWith("file:") ? location.substring("file:".length()) : location;
        return Path.of(path).normalize();
    }

    @Override
    public InputFile newInputFile(String location) {
        return new LocalInput(location);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new LocalOutput(location);
    }

    @Override
    public void deleteFile(String location) {
        try {
            Files.deleteIfExists(path(location));
        } catch (IOException failed) {
            throw new RuntimeIOException(failed, "Cannot delete %s", location);
        }
    }

    private record LocalInput(String location) implements InputFile {

        @Override
        public long getLength() {
            try {
                return Files.size(path(location));
            } catch (IOException failed) {
                throw unreadable(location, failed);
            }
        }

        @Override
        public SeekableInputStream newStream() {
            try {
                return new LocalInputStream(path(location));
            } catch (IOException failed) {
                throw unreadable(location, failed);
            }
        }

        @Override
        public boolean exists() {
            return Files.exists(path(location));
        }
    }

    private static RuntimeException unreadable(String location, IOException failed) {
        return failed instanceof NoSuchFileException
                ? new NotFoundException(failed, "There is no file %s", location)
                : new RuntimeIOException(failed, "Cannot read %s", location);
    }

    private record LocalOutput(String location) implements OutputFile {

        @Override
        public PositionOutputStream create() {
            return open(false);
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return open(true);
        }

        private PositionOutputStream open(boolean overwrite) {
            Path path = path(location);
            try {
                DurableFiles.createFolders(Objects.requireNonNull(path.getParent()));
                return new DurableOutputStream(path, overwrite);
            } catch (IOException failed) {
                throw new RuntimeIOException(failed, "Cannot create %s", location);
            }
        }

        @Override
        public InputFile toInputFile() {
            return new LocalInput(location);
        }
    }
}
