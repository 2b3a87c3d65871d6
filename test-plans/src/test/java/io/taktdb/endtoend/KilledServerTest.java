package io.taktdb.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.bench.kill.KillCampaign;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code takt bench kill}: a packaged server is killed while it is written to. */
class KilledServerTest {
    private static final int KILLS = 2;

    @TempDir
    private Path work;

    @Test
    @Tag("ao_2:test_concurrent_transaction_logging")
    void shouldHaveEveryAcknowledgedWriteOnceWhenItWasKilled() throws Exception {
        final KillCampaign campaign = new KillCampaign(Path.of(System.getProperty("taktdb.home")), work, 2, 300, 1);
        for (int cycle = 0; cycle <= KILLS; cycle++) {
            campaign.cycle(cycle, cycle == KILLS);
        }
        assertEquals(List.of(), campaign.shown());
        assertEquals(0, campaign.lost() + campaign.invented() + campaign.doubled() + campaign.answeredAnew());
        assertTrue(campaign.repeated() >= 2 * 6 * KILLS, () -> "repeated=" + campaign.repeated());
        assertTrue(campaign.acknowledged() > 6 * KILLS, () -> "acknowledged=" + campaign.acknowledged());
    }
}
