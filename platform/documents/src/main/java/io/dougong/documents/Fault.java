package io.dougong.documents;

/**
 * One mistake in a document.
 *
 * @param line counted from 1; 0 if it was written in code
 * @param column counted from 1; 0 if it was written in code
 * @param path where in the document, e.g. {@code streams.arrivals.key} or {@code models.late.gates[1]}; empty for the whole
 * @param message what is wrong, with the value that is wrong
 * @param advice what may help; empty if there is nothing to add
 */
public record Fault(int line, int column, String path, String message, String advice) {

    /** One line, as a compiler prints it: {@code 12:5 streams.arrivals.key: …}. */
    public String text() {
        String where = line == 0 ? "" : line + ":" + column + " ";
        String what = path.isEmpty() ? "" : path + ": ";
        return where + what + message + (advice.isEmpty() ? "" : " " + advice);
    }
}
