package io.taktdb.bench.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.persistence.storage.FileKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of {@code takt bench faults}. */
class FaultCampaignsTest {
    private static void assertRight(final Tally tally, final long least) {
        assertEquals(List.of(), tally.shown(), tally::toString);
        assertTrue(tally.cases() >= least, tally::toString);
    }

    @Test
    void shouldDetectDamageOrGiveTheSameWorld() throws Exception {
        assertRight(new ByteCampaign(12).run(997), 200);
    }

    @Test
    void shouldDetectDamageOfEncryptedFiles() throws Exception {
        final FileKeys keys = FileKeys.parse(FileKeys.newKey(), "test");
        assertRight(new ByteCampaign(12, keys).run(1_999), 100);
        assertRight(new CallCampaign(keys).run(31, 40), 20);
    }

    @Test
    void shouldKeepWhatWasAcknowledgedWhenCallsFail() throws Exception {
        assertRight(new CallCampaign().run(7, 80), 40);
    }

    @Test
    void shouldFindEverythingWhenStartsCrash() {
        assertRight(new RestartCampaign().run(40), 40);
    }
}
