package io.dougong.kernel;

/** Who may see a field's value. */
public enum Sensitivity {
    PUBLIC,
    /** About a person: encrypted under the key of the row's subject wherever it is stored, masked in logs. */
    PERSONAL,
    /** Never stored in clear, never printed. */
    SECRET
}
