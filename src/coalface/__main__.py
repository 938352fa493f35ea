"""`python -m coalface` is the same as `coalface`."""

from coalface.console import main

if __name__ == "__main__":
    main()
