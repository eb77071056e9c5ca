#!/usr/bin/env bash
# Installs the program that `requirements.txt` names; where the program stands in this folder itself, that one.
set -euo pipefail
pip install --quiet --disable-pip-version-check -r requirements.txt
if [ -f pyproject.toml ]; then
  pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation .
fi
