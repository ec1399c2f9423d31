"""The style sheet that is compiled into the program is what tools/style gives, byte for byte."""

import subprocess

from phone import SOURCE


def test_the_committed_style_is_what_its_source_gives(tmp_path):
    made = tmp_path / "style.css"
    subprocess.run([SOURCE / "dev", "style", made], cwd=SOURCE, check=True)
    assert made.read_text() == (SOURCE / "service/web/style.css").read_text(), "run ./dev style"
    assert "@import" not in made.read_text() and "url(" not in made.read_text()
