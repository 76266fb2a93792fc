#!/usr/bin/env bash
# Make the lock files again from pyproject.toml; with --upgrade, with the newest versions it allows.
set -eu
cd "$(dirname "$0")/.."
lock() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --only-binary :all: --no-emit-index-url --no-emit-find-links \
        --custom-compile-command packaging/lock.sh "$@"
}
lock "$@" pyproject.toml packaging/build-requirements.in \
    --output-file packaging/requirements.lock
lock "$@" pyproject.toml packaging/build-requirements.in --extra test \
    --constraint packaging/requirements.lock --output-file packaging/requirements-test.lock
