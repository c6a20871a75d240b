"""What the arguments of our commands may be. What is wrong is said by argparse, with the name of the argument."""

from argparse import ArgumentTypeError
from ipaddress import ip_address
from pathlib import Path

HIGHEST_PORT = 65535


def a_place(text: str) -> str:
    """An empty one would be the folder in which one happens to be: a script's variable that was not set."""
    if not text.strip():
        raise ArgumentTypeError("it is empty; name a file or a folder.")
    return text


def a_path(text: str) -> Path:
    return Path(a_place(text))


def a_number(text: str) -> int:
    """Of processes or days."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is no whole number of 1 or more.")
    return int(text)


def a_port(text: str) -> int:
    number = a_number(text)
    if number > HIGHEST_PORT:
        raise ArgumentTypeError(f"{text!r} is no port; write a number from 1 to {HIGHEST_PORT}.")
    return number


def an_address(text: str) -> str:
    """Of a network card of this machine; a name may be that of several."""
    if text == "localhost":
        return "127.0.0.1"
    try:
        return str(ip_address(text))
    except ValueError:
        raise ArgumentTypeError(
            f"{text!r} is no IP address; write one of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them."
        ) from None
