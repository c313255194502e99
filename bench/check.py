"""Forms per second and peak memory of `gongzhi check`, beside a script that only takes cells out.

    ./run bench check

Both run as whole programs on the same files, in turn; medians. The product reads each file in a
limited child process, scores it and checks it; the script does neither.
"""

import sys
import tempfile
from pathlib import Path

from measuring import Run, fingerprint, median, run, table

from gongzhi.city.forms import sample_forms
from gongzhi.city.sample_papers import WRITERS

ROUNDS = {1: 5, 10: 5, 100: 3}
PEER = Path(__file__).with_name("plain_extract.py")


def main() -> None:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        papers = written(Path(folder), count=max(ROUNDS))
        for count, rounds in ROUNDS.items():
            product, peer = measured([str(path) for path in papers[:count]], rounds=rounds)
            rows.append(line(count, "gongzhi check", product, peer))
            rows.append(line(count, "plain extract", peer, peer))
    print(fingerprint())
    print(
        table(["forms", "program", "s", "forms/s", "CPU s", "peak MB", "time ×", "memory ×"], rows)
    )


def written(folder: Path, *, count: int) -> list[Path]:
    """That many files, docx and xlsx in turn; with more files than forms the forms come again."""
    forms = [s.form for s in sample_forms() if s.form.form_type == "self_evaluation"]
    endings = list(WRITERS)
    paths = []
    for number in range(count):
        ending = endings[number % len(endings)]
        path = folder / f"{number:04}.{ending}"
        path.write_bytes(WRITERS[ending](forms[number % len(forms)]))
        paths.append(path)
    return paths


def measured(papers: list[str], *, rounds: int) -> tuple[Run, Run]:
    """Both programs in turn, so that a busy machine is busy for both."""
    product, peer = [], []
    for _ in range(rounds):
        product.append(run([sys.executable, "-m", "gongzhi", "check", "--json", *papers]))
        peer.append(run([sys.executable, str(PEER), *papers]))
    return median(product), median(peer)


def line(count: int, name: str, own: Run, peer: Run) -> list[str]:
    return [
        str(count),
        name,
        f"{own.wall_s:.2f}",
        f"{count / own.wall_s:.1f}",
        f"{own.cpu_s:.2f}",
        f"{own.peak_mb:.0f}",
        f"{own.wall_s / peer.wall_s:.2f}",
        f"{own.peak_mb / peer.peak_mb:.2f}",
    ]


if __name__ == "__main__":
    main()
