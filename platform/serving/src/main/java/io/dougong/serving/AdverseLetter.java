package io.dougong.serving;

import io.dougong.decisions.Decision;
import io.dougong.decisions.Reason;
import io.dougong.kernel.Times;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The letter that tells a person why an application was refused, after sample form C-1 of Appendix C to Regulation B (12 CFR 1002). It
 * holds nothing but what stands in the record and in the application's manifest, so the same decision always gives the same letter. It is
 * plain text; whether it satisfies the law of a place is for a lawyer of that place to say.
 */
public final class AdverseLetter {

    private static final DateTimeFormatter ENGLISH_DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CHINESE_DAY =
            DateTimeFormatter.ofPattern("yyyy年M月d日", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DIGEST_SHOWN = 12;

    private final AdverseAction adverse;
    private final boolean chinese;

    public AdverseLetter(AdverseAction adverse, boolean chinese) {
        this.adverse = adverse;
        this.chinese = chinese;
    }

    /** @param reasons principal reasons, the strongest first */
    public String of(Decision decision, List<Reason> reasons) {
        StringBuilder letter = new StringBuilder();
        AdverseAction.Said creditor = adverse.creditor();
        if (creditor != null) {
            paragraph(letter, creditor.in(chinese));
        }
        paragraph(letter, head(decision));
        paragraph(letter, said("NOTICE OF ACTION TAKEN", "拒绝信贷申请通知书"));
        paragraph(
                letter,
                said(
                        "Thank you for your application of " + asked(decision)
                                + ". We regret that we are unable to approve it.",
                        "感谢您于" + asked(decision) + "提出的申请。很遗憾，我们未能批准该申请。"));
        paragraph(letter, said("The principal reasons for our decision are:", "作出该决定的主要原因如下：") + list(reasons));
        AdverseAction.Said notice = adverse.notice();
        if (notice != null) {
            paragraph(letter, notice.in(chinese));
        }
        letter.append(trace(decision));
        return letter.append('\n').toString();
    }

    private String head(Decision decision) {
        String day = day(decision.decidedMicros());
        return said(
                "Date: " + day + "\nReference: " + decision.question().key(),
                "日期：" + day + "\n申请编号：" + decision.question().key());
    }

    private String asked(Decision decision) {
        return day(decision.question().askedMicros());
    }

    private String day(long micros) {
        return (chinese ? CHINESE_DAY : ENGLISH_DAY).format(Times.instant(micros));
    }

    private String list(List<Reason> reasons) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < reasons.size(); i++) {
            Reason reason = reasons.get(i);
            list.append("\n  ").append(i + 1).append(". ").append(said(reason.english(), reason.chinese()));
        }
        return list.toString();
    }

    private String trace(Decision decision) {
        String model = decision.model().name() + " v" + decision.model().version() + " ("
                + decision.model().digest().hex().substring(0, DIGEST_SHOWN) + ")";
        return said(
                "Decision " + decision.id() + ", model " + model + ".", "决定编号 " + decision.id() + "，模型 " + model + "。");
    }

    private String said(String english, String inChinese) {
        return chinese ? inChinese : english;
    }

    private static void paragraph(StringBuilder letter, String text) {
        letter.append(text.strip()).append("\n\n");
    }
}
