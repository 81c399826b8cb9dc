package io.floodmark.load.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class LinuxSchedulingTest {

    @Test
    void a_thread_that_asks_for_short_slices_gets_them_where_the_kernel_knows_them()
            throws IOException {
        assumeThat(kernel()).isGreaterThanOrEqualTo(6012);

        assertThat(LinuxScheduling.shortenSlice()).isTrue();
    }

    @Test
    void asking_leaves_the_niceness_as_it_was() throws IOException {
        long before = niceness();

        LinuxScheduling.shortenSlice();

        assertThat(niceness()).isEqualTo(before);
    }

    @Test
    void a_thread_that_drops_its_timer_slack_has_one_nanosecond() throws IOException {
        LinuxScheduling.dropTimerSlack();

        Path thread = Path.of("/proc/thread-self").toRealPath().getFileName();
        assertThat(Path.of("/proc", thread.toString(), "timerslack_ns")).hasContent("1");
    }

    private static long niceness() throws IOException {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
    }

    /// 6.12 as 6012.
    private static long kernel() throws IOException {
        String release = Files.readString(Path.of("/proc/sys/kernel/osrelease"));
        MatchResult version =
                Pattern.compile("(\\d+)\\.(\\d+)")
                        .matcher(release)
                        .results()
                        .findFirst()
                        .orElseThrow();
        return Long.parseLong(version.group(1)) * 1000 + Long.parseLong(version.group(2));
    }
}
