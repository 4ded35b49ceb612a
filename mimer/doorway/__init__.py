"""What `bin/mimer` does once Python and its packages are there: builds, serves, tests and runs commands."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
