#!/bin/sh
# Remake both lock files: exact versions with hashes for Python 3.11 to 3.13, no address of any index in them.
# Needs the environment (its uv); run through `make lock`.
set -eu
here=$(dirname "$0")
compile() {
    "$UV" pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
        --no-annotate --quiet --upgrade --output-file "$here/$1.lock.new" "$here/$1.in"
    mv "$here/$1.lock.new" "$here/$1.lock"
}
compile bootstrap
compile requirements
