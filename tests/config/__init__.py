"""The settings of an installation, and what `check --deploy` says of them."""
