"""`python -m pejl`: the command line."""

from pejl.cli import main

if __name__ == "__main__":
    main()
