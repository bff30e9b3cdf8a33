"""`make picture`: the newest report of the demo as docs/img/report.png, drawn by rich and the system's Chromium."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from silkwire.report.console import show_report
from silkwire.report.publication import read_report
from silkwire.settings import ROOT
from silkwire.warehouse import runs
from silkwire.warehouse.engine import open_engine, transaction
from silkwire.warehouse.server import running_server

PICTURE = ROOT / "docs" / "img" / "report.png"


def main(home: Path) -> None:
    """Draw the report of the run that found the most articles: the first one."""
    with running_server(home) as server, transaction(open_engine(server.warehouse_url)) as connection:
        query = "select run_id from marts.run_reports where state = 'success' order by articles desc limit 1"
        stored = runs.report(connection, connection.exec_driver_sql(query).scalar_one())
    if stored is None:
        sys.exit("There is no report yet; first: make demo")
    with Path(os.devnull).open("w") as nowhere:
        console = Console(record=True, width=124, file=nowhere, highlight=False)
        show_report(console, read_report(stored))
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "report.svg")
        drawing = console.export_svg(title="make demo")
        page.write_text(drawing, encoding="utf-8")
        box = re.search(r'viewBox="0 0 (\d+)[.\d]* (\d+)', drawing)
        if box is None:
            sys.exit("rich draws SVG without a viewBox now; this command must follow")
        words = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]
        words += ["--disable-background-networking", f"--user-data-dir={folder}/profile"]
        size = f"--window-size={box[1]},{box[2]}"
        subprocess.run([*words, size, f"--screenshot={PICTURE}", page.as_uri()], check=True, capture_output=True)


if __name__ == "__main__":
    main(ROOT / ".demo")
