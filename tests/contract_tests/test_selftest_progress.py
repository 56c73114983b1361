"""The self-test shows how far it is: in one line on a terminal, and in a line now and then elsewhere."""

from io import StringIO

from contract_tests.selftest.progress import Progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_one_line_and_clears_it() -> None:
    terminal = Terminal()
    progress = Progress(2, terminal)
    progress("empty-success")
    progress("uuid-cut")
    assert terminal.getvalue() == "\r\x1b[K1/2  empty-success\r\x1b[K"


def test_a_file_has_a_line_for_each_tenth() -> None:
    file = StringIO()
    progress = Progress(824, file)
    for _ in range(824):
        progress("uuid-cut")
    assert file.getvalue().splitlines()[:2] == ["83/824 servers judged", "165/824 servers judged"]
    assert len(file.getvalue().splitlines()) == 10
