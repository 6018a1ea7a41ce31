"""`python -m soket verify FILE` checks a dossier offline, `public` serves the newspaper; every other command is Django's."""
from __future__ import annotations

import os
import sys


def main(arguments: list[str]) -> int:
    """Run one command; `verify`, `verify_certificate` and `verify_page` import neither Django nor the settings, `public` only its own."""
    if arguments[:1] == ["verify"]:
        from soket.audit.verifier import main as verify

        return verify(arguments[1:])
    if arguments[:1] == ["verify_certificate"]:
        from soket.audit.verifier.certificate import main as verify_certificate

        return verify_certificate(arguments[1:])
    if arguments[:1] == ["verify_page"]:
        from soket.audit.verifier.page import main as verify_page

        return verify_page(arguments[1:])
    if arguments[:1] == ["public"]:
        from soket.publishing.outlet.serve import main as public

        return public(arguments[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "soket.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["soket", *arguments])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
