"""Both commands of a new installation in one process: python -m tests.fleet.founding ORGANISATION EMAIL."""

import sys


def main(organisation: str, email: str) -> None:
    import django  # noqa: PLC0415 -- the environment comes first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("create_organisation", organisation, advisor=email, name="Hanneke")


if __name__ == "__main__":
    main(*sys.argv[1:])
