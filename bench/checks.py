"""Checks per second: every check on every form of the demo, in one process.

./run bench checks
"""

import statistics
import time

from measuring import fingerprint, table

from gongzhi.city.forms import sample_forms
from gongzhi.core.audit import CHECKS, check_form
from gongzhi.rules.packs import guess_pack

ROUNDS = 7
SECONDS_A_ROUND = 1.0


def main() -> None:
    forms = [(sample.form, guess_pack(sample.form).pack) for sample in sample_forms()]
    rates = []
    for _ in range(ROUNDS):
        done, started = 0, time.perf_counter()
        while time.perf_counter() - started < SECONDS_A_ROUND:
            for form, pack in forms:
                check_form(form, pack=pack)
            done += len(forms)
        rates.append(done / (time.perf_counter() - started))
    rate = statistics.median(rates)
    spread = (max(rates) - min(rates)) / rate
    print(fingerprint())
    print(
        table(
            ["forms/s", "checks/s", "µs a form", "spread"],
            [[f"{rate:,.0f}", f"{rate * len(CHECKS):,.0f}", f"{1e6 / rate:.0f}", f"{spread:.0%}"]],
        )
    )


if __name__ == "__main__":
    main()
