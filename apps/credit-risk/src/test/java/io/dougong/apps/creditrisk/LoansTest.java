package io.dougong.apps.creditrisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.manifest.Manifest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoansTest {

    private static final Path FOLDER = Path.of("");

    private static List<Loan> read(Book book, long seed) {
        return Loans.read(
                book,
                Manifest.read(book.manifest()).stream("applications")
                        .orElseThrow()
                        .definition()
                        .schema(),
                seed);
    }

    @Test
    void everyRealLoanIsReadWithItsMissingCellsMissing() {
        List<Loan> loans = read(Book.creditData(FOLDER), 7);
        assertThat(loans).hasSize(4454);
        assertThat(loans.stream().filter(Loan::bad)).hasSize(1254);
        long cells = loans.stream().mapToLong(loan -> loan.values().size()).sum();
        assertThat(4454L * 13 - cells).as("missing cells").isEqualTo(455);
        assertThat(read(Book.lendingClub(FOLDER), 7).stream().filter(Loan::bad)).hasSize(517);
        assertThat(read(Book.germanCredit(FOLDER), 7).stream().filter(Loan::bad))
                .hasSize(300);
    }

    @Test
    void theOrderOfArrivalIsAShuffleThatTheSeedRepeats() {
        List<String> first = ids(7);
        assertThat(ids(7)).isEqualTo(first);
        assertThat(ids(8)).isNotEqualTo(first).containsExactlyInAnyOrderElementsOf(first);
    }

    private static List<String> ids(long seed) {
        return read(Book.germanCredit(FOLDER), seed).stream().map(Loan::id).toList();
    }
}
