"""`python -m notegen` is the `notegen` command."""

from notegen.cli import main

main()
