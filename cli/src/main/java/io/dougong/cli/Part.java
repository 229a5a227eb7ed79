package io.dougong.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A part of an application, written {@code APP/NAME}. */
record Part(String application, String name) {

    static final class Converter implements ITypeConverter<Part> {
        @Override
        public Part convert(String text) {
            String[] parts = text.split("/", -1);
            if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
                throw new TypeConversionException(
                        "'" + text + "' is not of the form APP/NAME, e.g. flight-delay/will-be-late");
            }
            return new Part(parts[0], parts[1]);
        }
    }

    @Override
    public String toString() {
        return application + "/" + name;
    }
}
