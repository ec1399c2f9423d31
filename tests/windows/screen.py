"""What stands on the screen, and the keyboard."""
import contextlib, json, subprocess

from service_fixture import wait_for

from conftest import PATIENCE, PROGRAMS


TITLES = ("School rules", "Rheolau'r ysgol")


class Window:
    """What stands in the window, read as a screen reader would."""
    HEADING, TEXT, HINT, CONFIRM, PROBLEM, LEAVE, FIRST = 100, 101, 102, 103, 104, 105, 200

    def __init__(self, said):
        self.title, self.box, self.focus = said["title"], said["box"], said["focus"]
        self.by_id = {child["id"]: child for child in said["children"]}
        self.heading, self.text = self.by_id[self.HEADING]["text"], self.by_id[self.TEXT]["text"]

    def choices(self):
        return sorted(number for number in self.by_id if number >= self.FIRST)

    def buttons(self):
        return [self.by_id[number]["text"] for number in self.choices()]

    def is_placed(self, number):
        left, _, right, _ = self.by_id[number]["box"]
        return right > left

    def is_enabled(self, number):
        return self.by_id[number]["enabled"]


class Screen:
    def __init__(self, wine):
        self.wine, self.eyes = wine, None

    def asked(self, line):
        """What the probe says; a logoff ends it, as it ends every program."""
        for _ in range(2):
            if self.eyes is None or self.eyes.poll() is not None:
                self.eyes = self.wine.start(PROGRAMS / "window_probe.exe", stdin=subprocess.PIPE,
                                            stdout=subprocess.PIPE, text=True)
            with contextlib.suppress(BrokenPipeError):
                self.eyes.stdin.write(line + "\n")
                self.eyes.stdin.flush()
                if said := self.eyes.stdout.readline():
                    return json.loads(said)
            self.eyes.wait(PATIENCE)
        raise AssertionError("the probe does not stay")

    def wait_for_end_of_session(self):
        """wine ends programs one by one after a logoff, and takes its screen away: what is started
        meanwhile may get none."""
        def is_ending():
            return subprocess.run(["pgrep", "-f", "wineboot.*--end-session"], capture_output=True).stdout
        wait_for("the session has ended", lambda: not is_ending(), PATIENCE)

    def close(self):
        if self.eyes is not None and self.eyes.poll() is None:
            self.eyes.communicate(timeout=PATIENCE)

    def look(self, *posted):
        """The window, or nothing; `posted` are controls that get a message nobody sent by hand."""
        said = self.asked(" ".join(map(str, posted)))
        placed = {child["id"] for child in said["children"] if child["box"][2] > child["box"][0]}
        return Window(said) if {Window.TEXT, Window.FIRST} <= placed else None  # or it comes or goes

    def window(self, is_right=lambda window: True, has=""):
        """Waits for a window with `has` in its text."""
        def found():
            window = self.look()
            return window if window and has in window.text and is_right(window) else None
        return wait_for("a window that says " + repr(has), found, PATIENCE)

    def no_window(self):
        wait_for("no window is there", lambda: not self.look(), PATIENCE)

    def keys(self, *keys):
        environment = self.wine.environment
        found = subprocess.run(["xdotool", "search", "--name", f"^({'|'.join(TITLES)})$"], env=environment,
                               capture_output=True, text=True, check=True).stdout.split()
        subprocess.run(["xdotool", "windowfocus", "--sync", found[-1]], env=environment, check=True)
        for key in keys:
            subprocess.run(["xdotool", "key", key], env=environment, check=True)

    def press(self, number):
        """As a click does, where the control is enabled."""
        window = self.look()
        assert window.is_enabled(number), (number, window.by_id)
        self.look(number)

    def picture(self, path):
        subprocess.run(["import", "-window", "root", path], env=self.wine.environment, check=True,
                       timeout=PATIENCE)
