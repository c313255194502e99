"""Layers point down, the core is pure, nothing goes in circles (DESIGN.md §3)."""

import os
import subprocess
import sys

from django.apps import apps

from house.tree import REPOSITORY

LINT = "from importlinter.cli import lint_imports_command as lint; lint()"
# Apps from the lowest to the highest.
APPS = ("trust", "parties", "desk", "cycle", "forum", "web")


def test_imports_keep_their_contracts():
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), "COLUMNS": "100"}
    command = [sys.executable, "-c", LINT]
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr


def test_tables_refer_to_tables_of_lower_rooms():
    upward = [
        f"{model._meta.label}.{field.name}"
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if field.many_to_one and field.concrete
        if (other := field.related_model._meta.app_label) in APPS
        if APPS.index(other) > APPS.index(label)
    ]
    assert upward == []
