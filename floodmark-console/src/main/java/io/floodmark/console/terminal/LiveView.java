package io.floodmark.console.terminal;

import io.floodmark.load.record.Interval;
import io.floodmark.load.record.RunInfo;
import io.floodmark.load.record.RunObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.ShutdownHooks;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/// A run on a terminal, redrawn in place when a second has passed.
///
/// It draws on the alternate screen with the cursor hidden and typed keys not echoed. [#close]
/// brings all of that back, also when the process ends by Ctrl-C, SIGTERM or an exception (a
/// shutdown hook closes it); a killed process (SIGKILL) leaves the terminal to `reset`. Notices
/// stay readable after the end: closing prints the newest ones on the main screen.
///
/// *Threads.* The observer's thread draws, the hook's thread may close; one lock guards both, and a
/// closed view draws no more. Ctrl-C keeps its meaning: the view handles no key.
public final class LiveView implements RunObserver {

    /// Longer than any drawing, shorter than a user's patience when the terminal hangs.
    private static final long RESTORE_WAIT_SECONDS = 2;

    private static final String WINDOW_CHANGED = "WINCH";

    private final Terminal terminal;
    private final boolean colored;
    private final Display display;
    private final Attributes before;
    private final RestoreTask task;
    private final ReentrantLock lock = new ReentrantLock();

    /// Guarded by `lock`, like the display; absent until the run has started.
    private @Nullable LiveState state;

    /// Guarded by `lock`.
    private boolean closed;

    /// The size is asked for again only after the window changed: asking may start a process.
    private volatile boolean resized = true;

    private @Nullable Object signalBefore;

    private LiveView(Terminal terminal, boolean colored, RestoreTask task) {
        this.terminal = terminal;
        this.colored = colored;
        this.task = task;
        this.display = new Display(terminal, true);
        this.before = terminal.getAttributes();
    }

    /// A view on this process's terminal, drawn through standard error so that standard output
    /// stays the result's; nothing when there is no terminal that can be redrawn.
    ///
    /// @param environment the process's environment, read for `NO_COLOR`
    public static Optional<LiveView> onSystemTerminal(Map<String, String> environment) {
        // JLine's tasks run in the order of their registration, and a system terminal registers
        // one that closes it; ours must come before, while the screen can still be given back.
        RestoreTask task = ShutdownHooks.add(new RestoreTask());
        try {
            Terminal terminal = systemTerminal();
            if (canRedraw(terminal)) {
                return Optional.of(on(terminal, environment, task));
            }
            terminal.close();
        } catch (IOException | IllegalStateException _) {
            // JLine says "no terminal" by exception; the caller falls back to plain lines.
        }
        ShutdownHooks.remove(task);
        return Optional.empty();
    }

    private static Terminal systemTerminal() throws IOException {
        return TerminalBuilder.builder()
                .system(true)
                .dumb(false)
                .nativeSignals(false)
                .systemOutput(TerminalBuilder.SystemOutput.SysErr)
                .build();
    }

    /// A view on `terminal`, which it owns from now on and closes.
    static LiveView on(Terminal terminal, Map<String, String> environment, RestoreTask task) {
        boolean colored = environment.getOrDefault("NO_COLOR", "").isEmpty();
        LiveView view = new LiveView(terminal, colored, task);
        task.watch(view);
        view.takeScreen();
        return view;
    }

    private static boolean canRedraw(Terminal terminal) {
        return !terminal.getType().startsWith("dumb")
                && terminal.getStringCapability(Capability.cursor_address) != null;
    }

    private void takeScreen() {
        // Only this signal: JLine's own handling would take Ctrl-C away from the process.
        signalBefore = Signals.register(WINDOW_CHANGED, this::windowChanged);
        Attributes silent = new Attributes(before);
        silent.setLocalFlag(Attributes.LocalFlag.ECHO, false);
        terminal.setAttributes(silent);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.puts(Capability.clear_screen);
        terminal.flush();
    }

    /// The next drawing asks for the window's size again.
    void windowChanged() {
        resized = true;
    }

    @Override
    public void started(RunInfo info) {
        locked(() -> show(LiveState.of(info)));
    }

    @Override
    public void interval(Interval interval) {
        change(shown -> shown.with(interval));
    }

    @Override
    public void notice(String sentence) {
        change(shown -> shown.withNotice(sentence));
    }

    private void change(UnaryOperator<LiveState> step) {
        locked(() -> {
            if (state != null) {
                show(step.apply(state));
            }
        });
    }

    private void show(LiveState next) {
        state = next;
        draw(next);
    }

    private void draw(LiveState shown) {
        if (closed) {
            return;
        }
        if (resized) {
            resized = false;
            Size size = terminal.getSize();
            boolean unknown = size.getColumns() <= 0 || size.getRows() <= 0;
            display.resize(unknown ? Size.of(80, 24) : size);
            display.clear();
        }
        List<AttributedString> lines = Frame.render(shown, display.getColumns(), display.getRows());
        display.update(colored ? lines : uncolored(lines), -1);
        terminal.flush();
    }

    private static List<AttributedString> uncolored(List<AttributedString> lines) {
        return lines.stream().map(line -> new AttributedString(line.toString())).toList();
    }

    @Override
    public void close() {
        restore();
        ShutdownHooks.remove(task);
        if (signalBefore != null) {
            Signals.unregister(WINDOW_CHANGED, signalBefore);
            signalBefore = null;
        }
    }

    /// Gives the screen back once, whoever comes first. The terminal is closed outside the lock:
    /// closing takes JLine's own lock, which the shutdown's thread holds while it waits for ours.
    private void restore() {
        try {
            if (lock.tryLock(RESTORE_WAIT_SECONDS, TimeUnit.SECONDS) && giveScreenBack()) {
                terminal.close();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the terminal: " + e.getMessage(), e);
        }
    }

    /// Releases the lock that the caller holds; whether there was something to give back.
    private boolean giveScreenBack() {
        try {
            if (closed) {
                return false;
            }
            closed = true;
            terminal.puts(Capability.exit_attribute_mode);
            terminal.puts(Capability.cursor_normal);
            terminal.puts(Capability.exit_ca_mode);
            if (state != null) {
                state.notices().forEach(notice -> terminal.writer().println("! " + notice));
            }
            terminal.flush();
            terminal.setAttributes(before);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /// What JLine runs at an abrupt end of the process.
    static final class RestoreTask implements ShutdownHooks.Task {

        private volatile @Nullable LiveView view;

        private void watch(LiveView watched) {
            view = watched;
        }

        @Override
        public void run() {
            LiveView watched = view;
            if (watched != null) {
                watched.restore();
            }
        }
    }
}
