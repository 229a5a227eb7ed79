package io.dougong.manifest;

/** What applying a {@link Change} brings about. */
public enum Consequence {
    OPENS_STREAM("its log is opened"),
    EXTENDS_EVENTS("events stored before keep their form; new ones follow the new schema"),
    CHANGES_SEALING("events stored before stay as they were sealed; the new sensitivity holds for new ones"),
    CHANGES_RETENTION("the new retention holds from the next clean-up"),
    CHANGES_LATENESS("the new lateness holds for events from now on"),
    CLOSES_STREAM("no more events are accepted; those stored stay until their retention ends"),
    BUILDS_STATE("its state is built from the log"),
    REBUILDS_STATE("its state is rebuilt from the log"),
    FORGETS_STATE("its state is forgotten"),
    NEEDS_TRAINING("a version must be trained before it can serve"),
    NEEDS_NEW_TRAINING("it must be trained again; versions trained before do not fit the new definition"),
    CHANGES_GATES("the new gates hold for the next evaluation; no training is needed"),
    KEEPS_VERSIONS("its registered versions are kept, but no longer asked"),
    STARTS_DECIDING("it decides once its model has a champion"),
    DECIDES_ANEW("the new definition holds from the next question"),
    AWAITS_MODEL("it uses the new version of its model once that has passed its gates"),
    STOPS_DECIDING("it stops deciding; its records are kept"),
    WATCHES_ANEW("monitors and healing follow the new definition from now on"),
    DESCRIBES("only words for people change");

    private final String sentence;

    Consequence(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
