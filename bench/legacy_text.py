"""What text of each encoding is taken for, with and without font names: `python bench/legacy_text.py [file.jsonl]`.

The strings are those of the tests: every text of the demo and short ones, in TCVN3, VNI, NFD and clean Unicode, and
clean text that looks like something else. A file of lines with a key "text" is measured beside them: of real, clean
text every line that is taken for a legacy encoding is a false alarm.
"""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "vietnamese"))
from legacy_strings import confusion, samples

from pipeline.vietnamese import read_legacy

KINDS = ("tcvn3", "vni", "nfd", "clean")
TAKEN_FOR = ("tcvn3", "vni", "clean", "misread")


def show(*, with_fonts: bool) -> None:
    """Print one confusion table."""
    found = confusion(with_fonts=with_fonts)
    print("with font names" if with_fonts else "without font names")
    print("  typed in   " + "".join(f"{name:>9}" for name in TAKEN_FOR))
    for kind in KINDS:
        print(f"  {kind:11}" + "".join(f"{found.get((kind, taken), 0):9}" for taken in TAKEN_FOR))


def main() -> None:
    """Print both tables, the time a string takes, and the false alarms of the files named."""
    clean = [sample.stored for sample in samples() if sample.kind == "clean"]
    started = time.process_time()
    taken = sum(read_legacy(text) is not None for text in clean)
    spent = (time.process_time() - started) / len(clean)
    show(with_fonts=True)
    show(with_fonts=False)
    print(f"{spent * 1e6:.0f} microseconds for a clean string, {taken} false alarms among them")
    for name in sys.argv[1:]:
        texts = [json.loads(line)["text"] for line in Path(name).read_text(encoding="utf-8").splitlines()]
        print(f"{name}: {sum(read_legacy(text) is not None for text in texts)} of {len(texts)} taken for legacy text")


if __name__ == "__main__":
    main()
