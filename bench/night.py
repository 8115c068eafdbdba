"""How long a night takes by stage, and a second night with nothing new: `python bench/night.py`.

Builds the demo, drops every file of its year into one inbox, runs a first and a second night in processes of their
own, and prints the seconds of each stage and the ratio second/first. ``copies`` repeats the files under changed
content.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipeline.demo import replay
from pipeline.workspace import Workspace


def night(folder: Path, as_of: str) -> tuple[float, dict[str, object]]:
    """Wall seconds of one whole run, and its report."""
    command = [sys.executable, "-m", "pipeline", "run", "--workspace", str(folder), "--as-of", as_of, "--json"]
    began = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own command
    return time.perf_counter() - began, json.loads(done.stdout)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        demo = Workspace(Path(folder) / "demo")
        replay(demo.root)
        fresh = Workspace(Path(folder) / "fresh")
        shutil.copytree(demo.inbox, fresh.inbox)
        for file in (demo.settings_file, demo.directory_file):
            shutil.copy2(file, fresh.root)
        first, report = night(fresh.root, "2019-06-10T00:05")
        second, again = night(fresh.root, "2019-06-10T00:20")
        print(f"first night   {first:6.2f} s  {report['arrived']} files  {json.dumps(report['seconds'])}")
        print(f"second night  {second:6.2f} s  {again['unchanged']} known  {json.dumps(again['seconds'])}")
        print(f"ratio second/first {second / first:.3f}")


if __name__ == "__main__":
    main()
